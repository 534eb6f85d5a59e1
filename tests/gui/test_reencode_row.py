import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.reencode_row import NOTHING_YET, ReencodeRow


@pytest.fixture
def window(qtbot):
    """Shortcuts belong to windows."""
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def row(window):
    made = ReencodeRow(window)
    window.layout().addWidget(made)
    made.show()
    return made


@pytest.fixture
def button(row):
    return row.findChild(QPushButton, "reencode_button")


@pytest.fixture
def box(row):
    return row.findChild(QCheckBox, "reencode_repeat_box")


def test_before_a_run_it_is_greyed_with_the_reason(button, box):
    assert not button.isEnabled()
    assert not box.isEnabled()
    assert button.toolTip() == box.toolTip() == NOTHING_YET


def test_a_click_and_the_key_ask_once(row, button, qtbot):
    row.allow("")
    with qtbot.waitSignal(row.requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(row.requested):
        qtbot.keyClick(row.window(), Qt.Key.Key_R)


def test_the_box_says_whether_to_repeat(row, box, qtbot):
    row.allow("")
    box.setFocus()
    with qtbot.waitSignal(row.repeat_toggled) as told:
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert told.args == [True]


def test_words_come_and_go_without_moving_anything(row, button):
    words = row.findChild(QLabel, "reencode_words")
    before = row.sizeHint().height()
    row.show_words("agrees with itself")
    assert words.text() == "agrees with itself"
    assert row.sizeHint().height() == before
    row.show_words("")
    assert words.text() == ""
