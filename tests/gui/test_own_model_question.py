import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.own_model_question import OwnModelQuestion
from ae_studio.models.own_file import read_source
from tests.models.own_files import written


@pytest.fixture
def ask(qtbot, tmp_path):
    def ask(of_a_run=False, name="mine.py"):
        question = OwnModelQuestion(read_source(written(tmp_path, "x = 'my code'\n", name, trusted=False)), of_a_run)
        qtbot.addWidget(question)
        question.open()
        return question

    return ask


def button(question, text):
    return next(each for each in question.buttons() if each.text().replace("&", "") == text)


def test_it_shows_the_path_what_it_means_and_the_code(ask, tmp_path):
    question = ask()
    assert str(tmp_path / "mine.py") in question.text()
    assert "is Python code" in question.text()
    assert "with your rights" in question.informativeText()
    assert "my code" in question.detailedText()


def test_of_a_run_it_says_what_there_is_without_an_answer(ask):
    assert "nothing is decoded" in ask(of_a_run=True).informativeText()
    assert "nothing is decoded" not in ask().informativeText()


def test_a_files_name_is_no_markup(ask):
    question = ask(name="<b>bold<b>.py")
    assert question.textFormat() == Qt.TextFormat.PlainText
    assert "<b>bold<b>.py" in question.text()


def test_cancel_is_the_default_and_what_escape_answers(ask, qtbot):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        question = ask()
        assert question.defaultButton().text().replace("&", "") == "Cancel"
        with qtbot.assertNotEmitted(question.run_chosen):
            qtbot.keyClick(question, key)
        assert not question.isVisible()


def test_run_it_is_told(ask, qtbot):
    question = ask()
    with qtbot.waitSignal(question.run_chosen):
        qtbot.mouseClick(button(question, "Run it"), Qt.MouseButton.LeftButton)
