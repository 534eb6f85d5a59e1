import pytest

from ae_studio.gui.film_player import FilmPlayer


@pytest.fixture
def player(qtbot):
    made = FilmPlayer()
    made.set_rate(500)
    made.set_count(4)
    yield made
    made.stop()


def seen(player):
    frames = []
    player.frame_changed.connect(frames.append)
    return frames


def test_it_plays_to_the_end_and_stops(qtbot, player):
    frames = seen(player)
    with qtbot.waitSignals([player.playing_changed] * 2):
        player.toggle()
    assert frames == [1, 2, 3]
    assert not player.playing


def test_at_the_end_it_begins_anew(qtbot, player):
    player.go(3)
    frames = seen(player)
    player.toggle()
    qtbot.waitUntil(lambda: not player.playing)
    assert frames == [0, 1, 2, 3]


def test_there_and_back_it_plays_for_ever(qtbot, player):
    player.there_and_back = True
    frames = seen(player)
    player.toggle()
    qtbot.waitUntil(lambda: len(frames) >= 9)
    player.toggle()
    assert frames[:9] == [1, 2, 3, 2, 1, 0, 1, 2, 3]


def test_a_strip_of_as_many_frames_goes_on_where_it_was_another_begins_anew(player):
    player.go(2)
    player.set_count(4)
    assert player.frame == 2
    player.set_count(6)
    assert player.frame == 0


def test_where_there_is_nothing_nothing_plays(player):
    player.set_count(0)
    with_nothing = seen(player)
    player.toggle()
    player.go(1)
    assert not player.playing
    assert with_nothing == []
