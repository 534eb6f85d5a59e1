import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton, QWidget

from ae_studio.events import ValuesChanged
from ae_studio.gui.epoch_bar import EpochBar


@pytest.fixture
def bar(qtbot):
    made = EpochBar()
    qtbot.addWidget(made)
    made.resize(900, 44)
    made.show()
    made.findChild(QComboBox, "epoch_speed_box").setCurrentText("max")
    return made


@pytest.fixture
def live(bar):
    bar.start(10)
    for epoch in (0, 1, 2, 3):
        bar.add_epoch(epoch)
    return bar


@pytest.fixture
def kept(bar):
    bar.start(10, live=False)
    bar.add_kept((0, 4, 10))
    bar.show_epoch(10)
    bar.seen = []
    bar.epoch_selected.connect(bar.seen.append)
    return bar


def slider(bar):
    return bar.findChild(QSlider, "epoch_slider")


def told(bar):
    return bar.findChild(QLabel, "epoch_label").text()


def press(qtbot, bar, name):
    qtbot.mouseClick(bar.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_there_is_nothing_to_press_before_a_run(bar):
    for name in ("play_button", "follow_button", "epoch_slider", "epoch_a_button", "epoch_sides_button"):
        widget = bar.findChild(QWidget, name)
        assert not widget.isEnabled()
        assert widget.toolTip()


def test_a_run_that_goes_on_keeps_what_is_known_of_it(kept):
    kept.show_losses({0: 9.0, 4: 1.0, 10: 2.0})
    kept.ends.set_end(0)
    kept.take_change(ValuesChanged(4, 40, {"beta": 2.0}, {"beta": 1.0}))
    kept.go_on(30, 10)
    assert kept.kept == (0, 4, 10)
    assert told(kept) == "10 / 30"
    assert kept.following
    assert kept.ends.ends == (10, None)
    assert "that of epoch 10; before epoch 5" in slider(kept).toolTip()
    kept.add_epoch(11, 1.5)
    assert told(kept) == "11 / 30"
    assert "1.5, is that of epoch 11" in slider(kept).toolTip()


def test_a_run_that_goes_on_leaves_the_user_at_an_older_epoch(qtbot, kept):
    kept.go_to(4)
    with qtbot.waitSignal(kept.follow_changed) as changed:
        kept.go_on(30, 10)
    assert changed.args == [False]
    kept.add_epoch(11)
    assert told(kept) == "4 / 30, newest 11"


def test_changes_that_are_told_again_count_once(kept):
    kept.show_losses({0: 9.0, 4: 1.0, 10: 2.0})
    change = ValuesChanged(10, 100, {"beta": 2.0}, {"beta": 1.0})
    kept.take_change(change)
    kept.go_on(30, 10)
    kept.take_change(change)
    kept.add_epoch(11, 3.0)
    assert "before epoch 11" in slider(kept).toolTip()


def test_the_slider_follows_the_training(live):
    assert live.following
    assert slider(live).value() == 3
    assert told(live) == "3 / 10"


def test_going_back_shows_that_epoch_and_stops_following(live, qtbot):
    with qtbot.waitSignals([live.follow_changed, live.epoch_selected]):
        slider(live).setValue(1)
    assert not live.following
    assert told(live) == "1 / 10, newest 3"
    live.add_epoch(4)
    assert slider(live).value() == 1
    assert told(live) == "1 / 10, newest 4"


def test_the_slider_keeps_its_width_while_figures_grow(live):
    live.layout().activate()
    before = slider(live).width()
    slider(live).setValue(1)
    live.add_epoch(9)
    live.layout().activate()
    assert slider(live).width() == before


def test_follow_returns_to_the_newest(live, qtbot):
    slider(live).setValue(1)
    with qtbot.waitSignal(live.epoch_selected) as selected:
        press(qtbot, live, "follow_button")
    assert selected.args == [3]
    assert live.following


def test_the_slider_stops_only_where_an_epoch_was_kept(kept):
    slider(kept).setValue(3)
    assert kept.seen == [4]
    assert slider(kept).value() == 4
    slider(kept).setValue(5)  # not far enough for another
    assert kept.seen == [4]
    assert slider(kept).value() == 4


def test_epochs_of_before_that_the_folder_holds_can_be_gone_to(live):
    live.start(20)
    live.add_epoch(11)
    live.add_kept(range(11))
    assert slider(live).value() == 11
    assert live.following
    slider(live).setValue(5)
    assert slider(live).value() == 5


def test_a_step_goes_to_the_kept_epoch_beside(kept):
    kept.step(-1)
    kept.step(-1)
    kept.step(-1)
    kept.step(1)
    assert kept.seen == [4, 0, 0, 4]


def test_playing_goes_on_as_epochs_are_seen(kept, qtbot):
    press(qtbot, kept, "play_button")
    kept.player.advanced.connect(lambda epoch: kept.player.go_on(), Qt.ConnectionType.QueuedConnection)
    kept.player.go_on()
    qtbot.waitUntil(lambda: not kept.player.playing)
    assert kept.seen == [0, 4, 10]


def test_playing_leaves_the_newest_and_a_hand_on_the_slider_stops_it(live, qtbot):
    press(qtbot, live, "play_button")
    assert not live.following
    assert live.player.playing
    qtbot.mousePress(slider(live), Qt.MouseButton.LeftButton, pos=QPoint(20, 19))
    assert not live.player.playing
    assert live.glide_seconds == 0  # the hand is all the motion there is
    qtbot.mouseRelease(slider(live), Qt.MouseButton.LeftButton, pos=QPoint(20, 19))
    assert live.glide_seconds > 0


def test_an_epoch_that_cannot_be_shown_is_left_out(kept):
    kept.step(-1)
    kept.refuse(4, shown=10)
    assert slider(kept).value() == 10
    kept.step(-1)
    assert kept.seen == [4, 0]


def test_one_that_cannot_be_shown_does_not_stop_the_playing(kept, qtbot):
    press(qtbot, kept, "play_button")
    kept.player.go_on()
    qtbot.waitUntil(lambda: kept.seen == [0, 4])
    with qtbot.waitSignal(kept.epoch_selected) as next_one:
        kept.refuse(4, shown=0)
    assert next_one.args == [10]
    kept.player.stop()


def test_the_epoch_with_the_lowest_loss_is_marked_and_named(kept):
    kept.show_losses({0: 200.0, 4: 150.0, 7: 100.0, 10: 160.0})
    assert slider(kept)._marks.best == 4  # 7 is not kept
    assert "150, is that of epoch 4" in slider(kept).toolTip()
    kept.add_epoch(8, 120.0)
    assert slider(kept)._marks.best == 8


def test_losses_before_a_weight_was_changed_are_not_compared_with_those_behind(kept):
    kept.show_losses({0: 2.0, 4: 1.0, 10: 160.0})
    kept.take_change(ValuesChanged(4, 40, {"lr": 0.1}, {}))
    assert slider(kept)._marks.best == 4
    kept.take_change(ValuesChanged(4, 40, {"beta": 4.0}, {}))
    assert slider(kept)._marks.best == 10
    assert "160, is that of epoch 10; before epoch 5 the loss was another one" in slider(kept).toolTip()
    kept.take_change(ValuesChanged(10, 100, {"beta": 1.0}, {}))
    assert slider(kept)._marks.best == 10, "no epoch of the newest loss is there yet"
    kept.start(5)
    kept.add_epoch(1, 30.0)
    assert slider(kept)._marks.best == 1, "another run"


def test_a_and_b_are_marked(kept, qtbot):
    press(qtbot, kept, "epoch_a_button")
    kept.step(-1)
    with qtbot.waitSignal(kept.ends_changed) as changed:
        press(qtbot, kept, "epoch_b_button")
    assert changed.args == [(10, 4)]
    assert (slider(kept)._marks.a, slider(kept)._marks.b) == (10, 4)
    kept.start(5)
    assert kept.ends.ends == (None, None)


def test_nothing_can_be_followed_once_the_training_is_over(live):
    live.end()
    assert not live.following
    assert not live.findChild(QToolButton, "follow_button").isEnabled()
    assert slider(live).isEnabled()


def test_the_last_kept_epoch_can_be_gone_to_from_what_was_trained_after_it(live, qtbot):
    live.end()
    with qtbot.waitSignal(live.epoch_selected) as selected:
        slider(live).setValue(2)
        slider(live).setValue(3)
    assert selected.args == [2]
    live.start(10)
    live.add_epoch(0)
    live.add_epoch(1)
    live.end()
    with qtbot.waitSignal(live.epoch_selected) as selected:
        live.go_to(1)
    assert selected.args == [1]
