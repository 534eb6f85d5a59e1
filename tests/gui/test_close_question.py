import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.close_question import CloseQuestion


def texts(question):
    return {button.text().replace("&", "") for button in question.buttons()}


def press(qtbot, question, text):
    button = next(each for each in question.buttons() if each.text().replace("&", "") == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def ask(qtbot):
    def ask(apart):
        question = CloseQuestion(apart)
        qtbot.addWidget(question)
        question.open()
        return question

    return ask


def test_a_training_in_the_window_can_be_stopped_or_kept_on(ask):
    assert texts(ask(False)) == {"Stop and close", "Keep training"}


def test_one_in_its_own_process_can_also_be_left(ask):
    question = ask(True)
    assert texts(question) == {"Stop and close", "Let it run and close", "Cancel"}
    assert "opened again, its run is watched" in question.informativeText()


@pytest.mark.parametrize(
    ("text", "signal"), [("Stop and close", "stop_chosen"), ("Let it run and close", "leave_chosen")]
)
def test_each_answer_is_told(ask, qtbot, text, signal):
    question = ask(True)
    with qtbot.waitSignal(getattr(question, signal)):
        press(qtbot, question, text)


def test_the_safe_answer_is_the_default_and_tells_nothing(ask, qtbot):
    question = ask(True)
    assert question.defaultButton().text().replace("&", "") == "Cancel"
    with qtbot.assertNotEmitted(question.stop_chosen), qtbot.assertNotEmitted(question.leave_chosen):
        press(qtbot, question, "Cancel")
