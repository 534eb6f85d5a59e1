from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ae_studio.gui.trash_question import TrashQuestion


def asked(qtbot, names):
    question = TrashQuestion(names)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(question)
    question.open()
    return question


def test_it_names_what_would_go(qtbot):
    assert "this run to the trash?\n\na" in asked(qtbot, ["a"]).text()
    text = asked(qtbot, list("abcde")).text()
    assert "these 5 runs" in text
    assert text.endswith("a\nb\nc\nand 2 more")


def test_return_and_escape_answer_no(qtbot):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        question = asked(qtbot, ["a"])
        with qtbot.assertNotEmitted(question.trash_chosen):
            qtbot.keyClick(question, key)
        assert not question.isVisible()


def test_its_button_answers_yes(qtbot):
    question = asked(qtbot, ["a"])
    button = next(each for each in question.findChildren(QPushButton) if each.text() == "Move to trash")
    with qtbot.waitSignal(question.trash_chosen):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
