import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from ae_studio.gui.icons import icon
from ae_studio.gui.theme import DARK, LIGHT, apply
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
    names = ("train", "pause", "step", "epoch", "slow_motion", "stop", "open", "pictures")
    return {name for name in names if getattr(bar, f"{name}_button").isEnabled()}


def test_only_what_can_be_done_can_be_pressed(bar):
    bar.show_possible(IDLE)
    assert enabled(bar) == {"train", "open"}
    bar.show_possible(RUNNING)
    assert enabled(bar) == {"pause", "step", "epoch", "slow_motion", "stop"}


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


def test_the_icon_says_whether_a_click_pauses_or_goes_on(bar):
    bar.set_theme(LIGHT)
    drawn = []
    for possible in (RUNNING, PAUSED, RUNNING):
        bar.show_possible(possible)
        drawn.append(bar.pause_button.icon().pixmap(16).toImage())
    assert drawn[0] != drawn[1]
    assert drawn[0] == drawn[2]
    bar.show_possible(PAUSED)
    bar.set_theme(DARK)
    assert bar.pause_button.icon().pixmap(16).toImage() == icon("play", DARK.text).pixmap(16).toImage()


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        *(("train", "train_requested"), ("pause", "pause_toggled"), ("step", "step_requested")),
        *(("epoch", "epoch_requested"), ("slow_motion", "slow_motion_toggled")),
        *(("stop", "stop_requested"), ("open", "open_requested"), ("pictures", "pictures_requested")),
    ],
)
def test_every_button_asks_for_its_own_thing(bar, qtbot, button, signal):
    bar.show_possible(RUNNING if button not in ("train", "open", "pictures") else Possible("", "idle", False, ""))
    with qtbot.waitSignal(getattr(bar, signal)):
        getattr(bar, f"{button}_button").click()


def test_no_two_shortcuts_are_the_same(bar):
    names = ("train", "pause", "step", "epoch", "slow_motion", "stop", "runs", "open", "pictures")
    keys = [getattr(bar, f"{name}_button").shortcut().toString() for name in names]
    assert len(set(keys)) == len(keys)
    assert bar.train_button.shortcut().toString() == "Ctrl+T"


def test_an_epoch_and_a_step_may_begin_a_run(bar):
    bar.show_possible(Possible(train="", steer="Nothing is being trained", paused=False, keep="", step=""))
    assert {"step", "epoch", "slow_motion", "train"} <= enabled(bar)
    assert "pause" not in enabled(bar)


def test_slow_motion_is_shown_as_on_only_once_it_is(bar):
    bar.show_possible(RUNNING)
    bar.slow_motion_button.click()
    assert not bar.slow_motion_button.isChecked()
    bar.show_slow_motion(True)
    assert bar.slow_motion_button.isChecked()


def test_the_queue_button_counts_its_runs_and_keeps_its_shortcut(bar):
    shortcut = bar.queue_button.shortcut()
    bar.show_queue(1, 3)
    assert bar.queue_button.text() == "Queue (4)"
    assert "1 at work, 3 waiting" in bar.queue_button.toolTip()
    assert bar.queue_button.shortcut() == shortcut
    bar.show_queue(0, 0)
    assert bar.queue_button.text() == "Queue"


def test_train_says_when_it_only_puts_into_the_queue(bar):
    bar.show_possible(Possible(train="", steer="", paused=False, keep="", queues=True))
    assert bar.train_button.text() == "Add to queue"
    bar.show_possible(IDLE)
    assert bar.train_button.text() == "Train"


def test_in_a_narrow_window_every_button_is_there_and_keeps_its_name_and_shortcut(bar):
    shortcuts = {button: button.shortcut() for button in bar.findChildren(QPushButton)}
    bar.show_possible(Possible(train="", steer="", paused=False, keep="", queues=True))
    bar.show_queue(2, 11)
    bar.resize(1000, bar.height())
    buttons = bar.findChildren(QPushButton)
    assert bar._wanted_width() <= 1000
    assert all(button.accessibleName() for button in buttons)
    assert bar.queue_button.text() == "Queue (13)"
    assert bar.pictures_button.text() == ""
    assert {button: button.shortcut() for button in buttons} == shortcuts
    bar.resize(1600, bar.height())
    assert bar.continue_button.text() == "Continue…"
    bar.resize(1600, bar.height())
    assert bar.pictures_button.text() == "Save pictures"


def test_in_the_apps_own_style_everything_has_room_in_the_narrowest_window(qtbot, qapp):
    theme_before, style = qapp.palette(), qapp.styleSheet()
    apply(qapp, DARK)
    made = TopBar()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(1000, 46)
    made.show()
    made.show_possible(Possible(train="", steer="", paused=True, keep="", queues=True))
    made.show_queue(2, 11)
    assert made._wanted_width() <= 1000
    made.resize(1700, 46)
    assert made.slow_motion_button.text() == "Slow motion"
    qtbot.waitUntil(made.findChild(QLabel, "app_title").isVisible)
    qapp.setPalette(theme_before)
    qapp.setStyleSheet(style)
