import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton

from ae_studio.gui.message_bar import MessageBar


@pytest.fixture
def bar(qtbot):
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_it_is_not_there_until_there_is_something_to_say(bar):
    assert bar.isHidden()
    assert bar.text == ""
    bar.show_message("error", "The disk is full.")
    assert bar.isVisible()
    assert bar.text == "The disk is full."
    assert bar.property("kind") == "error"


def test_details_unfold_and_fold(bar, qtbot):
    bar.show_message("error", "It failed.", details="line 31")
    details, button = bar.findChild(QPlainTextEdit), bar.findChild(QPushButton, "message_details_button")
    assert not details.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert details.isVisible()
    assert details.toPlainText() == "line 31"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not details.isVisible()


def test_a_message_without_details_has_no_button_for_them(bar):
    bar.show_message("error", "It failed.", details="line 31")
    bar.show_message("info", "Saved.")
    assert not bar.findChild(QPushButton, "message_details_button").isVisible()
    assert bar.text == "Saved."


def test_it_can_be_closed(bar, qtbot):
    bar.show_message("info", "Saved.")
    qtbot.mouseClick(bar.findChild(QToolButton, "message_close_button"), Qt.MouseButton.LeftButton)
    assert bar.text == ""


def test_a_screen_reader_is_told_what_it_says(bar):
    bar.show_message("warning", "The posterior has collapsed.")
    assert bar.accessibleName() == "The posterior has collapsed."
