import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.queue_question import QueueQuestion


@pytest.mark.parametrize(
    ("at_work", "waiting", "text", "buttons"),
    [
        (
            1,
            3,
            "In the queue 1 run is being trained and 3 wait.",
            {"Close", "Copy commands and close", "Stop and close"},
        ),
        (2, 0, "In the queue 2 runs are being trained.", {"Close", "Stop and close"}),
        (0, 1, "In the queue 1 run waits.", {"Close", "Copy commands and close"}),
    ],
)
def test_it_says_what_becomes_of_the_queue_and_offers_what_there_is(qtbot, at_work, waiting, text, buttons):
    question = QueueQuestion(at_work, waiting)
    qtbot.addWidget(question)
    assert question.text() == text
    assert {each.text() for each in question.buttons()} - {"Cancel", "&Cancel"} == buttons
    assert ("goes on by itself" in question.informativeText()) is bool(at_work)
    assert ("is dropped" in question.informativeText()) is bool(waiting)


@pytest.mark.parametrize(
    ("text", "signal"),
    [("Close", "close_chosen"), ("Copy commands and close", "copy_chosen"), ("Stop and close", "stop_chosen")],
)
def test_each_button_is_an_answer_of_its_own(qtbot, text, signal):
    question = QueueQuestion(1, 1)
    qtbot.addWidget(question)
    question.open()
    with qtbot.waitSignal(getattr(question, signal)):
        qtbot.mouseClick(next(b for b in question.buttons() if b.text() == text), Qt.MouseButton.LeftButton)
