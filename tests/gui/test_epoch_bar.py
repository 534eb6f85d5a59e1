import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSlider, QToolButton

from ae_studio.gui.epoch_bar import EpochBar


@pytest.fixture
def bar(qtbot):
    made = EpochBar()
    qtbot.addWidget(made)
    made.resize(600, 30)
    made.show()
    return made


@pytest.fixture
def live(bar):
    bar.start(10)
    for epoch in (0, 1, 2, 3):
        bar.add_epoch(epoch)
    return bar


def slider(bar):
    return bar.findChild(QSlider, "epoch_slider")


def press(qtbot, bar, name):
    qtbot.mouseClick(bar.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_there_is_nothing_to_press_before_a_run(bar):
    for name in ("play_button", "follow_button", "epoch_slider"):
        widget = bar.findChild(QSlider, name) or bar.findChild(QToolButton, name)
        assert not widget.isEnabled()
        assert widget.toolTip()


def test_the_slider_follows_the_training(live):
    assert live.following
    assert slider(live).value() == 3
    assert live.findChild(QLabel, "epoch_label").text() == "3 / 10"


def test_going_back_shows_that_epoch_and_stops_following(live, qtbot):
    with qtbot.waitSignals([live.follow_changed, live.epoch_selected]):
        slider(live).setValue(1)
    assert not live.following
    live.add_epoch(4)
    assert slider(live).value() == 1


def test_follow_returns_to_the_newest(live, qtbot):
    slider(live).setValue(1)
    with qtbot.waitSignal(live.epoch_selected) as selected:
        press(qtbot, live, "follow_button")
    assert selected.args == [3]
    assert live.following


def test_the_slider_stops_only_where_an_epoch_was_kept(bar, qtbot):
    bar.start(10, live=False)
    for epoch in (0, 4, 10):
        bar.add_epoch(epoch)
    with qtbot.waitSignal(bar.epoch_selected) as selected:
        slider(bar).setValue(3)
    assert selected.args == [4]
    assert slider(bar).value() == 4


def test_playing_goes_through_every_epoch_once_and_stops(bar, qtbot):
    bar.start(3, live=False)
    for epoch in range(4):
        bar.add_epoch(epoch)
    bar._timer.setInterval(1)
    seen = []
    bar.epoch_selected.connect(seen.append)
    press(qtbot, bar, "play_button")
    qtbot.waitUntil(lambda: not bar._timer.isActive())
    assert seen == [0, 1, 2, 3]


def test_playing_can_be_paused_and_ends_when_the_bar_is_hidden(bar, qtbot):
    bar.start(3, live=False)
    for epoch in range(4):
        bar.add_epoch(epoch)
    press(qtbot, bar, "play_button")
    assert bar._timer.isActive()
    press(qtbot, bar, "play_button")
    assert not bar._timer.isActive()
    press(qtbot, bar, "play_button")
    bar.hide()
    assert not bar._timer.isActive()


def test_nothing_can_be_followed_once_the_training_is_over(live):
    live.end()
    assert not live.following
    assert not live.findChild(QToolButton, "follow_button").isEnabled()
    assert slider(live).isEnabled()


def test_it_goes_by_kept_epochs_and_stops_at_both_ends(live, qtbot):
    told = []
    live.epoch_selected.connect(told.append)
    for steps in (-1, -1, 1, 5):
        live.step(steps)
    assert told == [2, 1, 2, 3]
