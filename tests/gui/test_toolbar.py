import pytest

from ae_studio.gui.theme import DARK
from ae_studio.gui.toolbar import Possible, TopBar


@pytest.fixture
def bar(qtbot):
    made = TopBar()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(1600, made.sizeHint().height())
    made.show()
    return made


IDLE = Possible(train="", steer="Nothing is being trained", paused=False, keep="There is no finished run")
RUNNING = Possible(train="A training is running", steer="", paused=False, keep="Not yet")
PAUSED = Possible(train="A training is running", steer="", paused=True, keep="Not yet")


def enabled(bar):
    names = ("train", "pause", "step", "stop", "open", "pictures")
    return {name for name in names if getattr(bar, f"{name}_button").isEnabled()}


def test_only_what_can_be_done_can_be_pressed(bar):
    bar.show_possible(IDLE)
    assert enabled(bar) == {"train", "open"}
    bar.show_possible(RUNNING)
    assert enabled(bar) == {"pause", "step", "stop"}


def test_what_cannot_be_done_says_why(bar):
    bar.show_possible(IDLE)
    assert bar.stop_button.toolTip() == "Nothing is being trained"
    assert bar.pictures_button.toolTip() == "There is no finished run"
    assert "Ctrl+T" in bar.train_button.toolTip()


def test_pause_becomes_resume_and_keeps_its_shortcut(bar):
    bar.show_possible(RUNNING)
    shortcut = bar.pause_button.shortcut()
    bar.show_possible(PAUSED)
    assert bar.pause_button.text() == "Resume"
    assert bar.pause_button.accessibleName() == "Resume"
    assert bar.pause_button.shortcut() == shortcut
    bar.show_possible(RUNNING)
    assert bar.pause_button.text() == "Pause"


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        *(("train", "train_requested"), ("pause", "pause_toggled"), ("step", "step_requested")),
        *(("stop", "stop_requested"), ("open", "open_requested"), ("pictures", "pictures_requested")),
    ],
)
def test_every_button_asks_for_its_own_thing(bar, qtbot, button, signal):
    bar.show_possible(RUNNING if button in ("pause", "step", "stop") else Possible("", "idle", False, ""))
    with qtbot.waitSignal(getattr(bar, signal)):
        getattr(bar, f"{button}_button").click()


def test_no_two_shortcuts_are_the_same(bar):
    keys = [getattr(bar, f"{name}_button").shortcut().toString() for name in ("train", "pause", "step", "stop", "open")]
    assert len(set(keys)) == len(keys)
    assert bar.train_button.shortcut().toString() == "Ctrl+T"


def test_buttons_give_up_their_words_where_there_is_no_room_for_them(qtbot, bar):
    bar.resize(1600, bar.height())
    assert bar.continue_button.text() == "Continue…"
    bar.resize(780, bar.height())
    assert bar.pictures_button.text() == ""
    assert bar.sizeHint().width() <= 780 or bar.continue_button.text() == ""
    assert bar.pictures_button.accessibleName() == "Save pictures"
    bar.resize(1600, bar.height())
    assert bar.pictures_button.text() == "Save pictures"
