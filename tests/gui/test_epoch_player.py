import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton

from ae_studio.gui.epoch_player import EpochPlayer


@pytest.fixture
def player(qtbot):
    made = EpochPlayer()
    qtbot.addWidget(made)
    made.show()
    made.allow([0, 1, 2, 3])
    made.findChild(QComboBox, "epoch_speed_box").setCurrentText("max")
    made.seen = []
    made.advanced.connect(made.seen.append)
    return made


def click(qtbot, player, name):
    qtbot.mouseClick(player.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def show_each(player):
    """As a window does that shows what it is told to."""
    player.advanced.connect(lambda epoch: player.go_on(), Qt.ConnectionType.QueuedConnection)


def test_every_epoch_is_played_once_and_then_it_stops(player, qtbot):
    show_each(player)
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing):
        click(qtbot, player, "play_button")
    assert player.seen == [1, 2, 3]


def test_from_the_end_it_begins_at_the_first(player, qtbot):
    show_each(player)
    player.stand_at(3)
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing):
        click(qtbot, player, "play_button")
    assert player.seen == [0, 1, 2, 3]


def test_the_next_one_waits_until_the_one_before_is_seen(player, qtbot):
    click(qtbot, player, "play_button")
    qtbot.waitUntil(lambda: player._due)
    assert player.seen == [1]
    with qtbot.waitSignal(player.advanced):
        player.go_on()
    assert player.seen == [1, 2]
    player.stop()


def test_one_that_is_seen_early_waits_for_its_time(player, qtbot):
    player.findChild(QComboBox, "epoch_speed_box").setCurrentText("0.5×")
    click(qtbot, player, "play_button")
    player.go_on()
    assert player.seen == [1]
    assert player._timer.isActive()
    assert player._timer.interval() == 800
    player.stop()


def test_a_loop_goes_on_behind_the_last(player, qtbot):
    show_each(player)
    click(qtbot, player, "epoch_loop_button")
    click(qtbot, player, "play_button")
    qtbot.waitUntil(lambda: len(player.seen) >= 7)
    player.stop()
    assert player.seen[:7] == [1, 2, 3, 0, 1, 2, 3]


def test_epochs_that_come_while_it_plays_are_played_too(player, qtbot):
    show_each(player)
    player.stand_at(2)
    player.advanced.connect(lambda epoch: player.allow([0, 1, 2, 3, 4]))
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing):
        click(qtbot, player, "play_button")
    assert player.seen == [3, 4]


def test_what_cannot_be_played_says_why(player, qtbot):
    player.allow([0])
    for name in ("play_button", "epoch_loop_button"):
        button = player.findChild(QToolButton, name)
        assert not button.isEnabled()
        assert button.toolTip() == "Only one epoch is kept so far"
    player.toggle()
    assert not player.playing


def test_it_stops_when_it_is_hidden_and_its_button_says_what_it_does(player, qtbot):
    button = player.findChild(QToolButton, "play_button")
    click(qtbot, player, "play_button")
    assert button.accessibleName() == "Pause"
    player.hide()
    assert not player.playing
    assert not player._timer.isActive()
    assert button.accessibleName() == "Play the epochs"


def test_points_glide_no_longer_than_an_epoch_is_seen(player):
    assert player.glide_seconds == 0.25
    player.toggle()
    assert player.glide_seconds == 0
    player.findChild(QComboBox, "epoch_speed_box").setCurrentText("4×")
    assert player.glide_seconds == pytest.approx(0.1)
    player.stop()
