import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ae_studio.gui.welcome import Welcome


@pytest.fixture
def welcome(qtbot):
    made = Welcome({"talk-linear": ("The talk: linear", "One layer in, one out.")})
    qtbot.addWidget(made)
    made.show()
    return made


def test_train_and_the_presets_are_one_click_away(welcome, qtbot):
    with qtbot.waitSignal(welcome.train_requested):
        qtbot.mouseClick(welcome.findChild(QPushButton, "welcome_train_button"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(welcome.preset_chosen) as chosen:
        qtbot.mouseClick(welcome.findChild(QPushButton, "preset_talk_linear_button"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["talk-linear"]


def test_while_nothing_can_begin_every_button_says_why(welcome):
    welcome.allow_training("Loading the engine…")
    buttons = welcome.findChildren(QPushButton)
    assert len(buttons) == 2
    assert all(not button.isEnabled() and button.toolTip() == "Loading the engine…" for button in buttons)
    welcome.allow_training("")
    assert all(button.isEnabled() for button in buttons)
    assert welcome.findChild(QPushButton, "preset_talk_linear_button").toolTip() == "One layer in, one out."
