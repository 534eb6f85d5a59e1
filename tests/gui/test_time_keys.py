import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ae_studio.gui.epoch_bar import EpochBar
from ae_studio.gui.time_keys import TimeKeys

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def bar(qtbot):
    made = EpochBar()
    qtbot.addWidget(made)
    made.show()
    made.start(9, live=False)
    made.add_kept(range(10))
    made.show_epoch(5)
    made.seen = []
    made.epoch_selected.connect(made.seen.append)
    return made


def key(code, modifiers=NONE, *, repeat=False, kind=QEvent.Type.KeyPress):
    return QKeyEvent(kind, code, modifiers, "", repeat)


def test_comma_and_full_stop_go_by_one(bar):
    keys = TimeKeys(bar)
    assert keys.press(key(Qt.Key.Key_Comma))
    assert keys.press(key(Qt.Key.Key_Period))
    assert keys.press(key(Qt.Key.Key_Period))
    assert bar.seen == [4, 5, 6]


@pytest.mark.parametrize(("code", "modifiers"), [(Qt.Key.Key_K, NONE), (Qt.Key.Key_Space, SHIFT)])
def test_it_plays_and_pauses(bar, code, modifiers):
    keys = TimeKeys(bar)
    assert keys.press(key(code, modifiers))
    assert bar.player.playing
    assert keys.press(key(code, modifiers))
    assert not bar.player.playing


def test_a_and_b_are_set_and_x_flips_once_however_long_it_is_down(bar):
    keys = TimeKeys(bar)
    keys.press(key(Qt.Key.Key_A))
    bar.go_to(8)
    keys.press(key(Qt.Key.Key_B))
    assert bar.ends.ends == (5, 8)
    keys.press(key(Qt.Key.Key_X))
    keys.press(key(Qt.Key.Key_X, repeat=True))
    assert keys.release(key(Qt.Key.Key_X, repeat=True, kind=QEvent.Type.KeyRelease))
    assert bar.seen == [8, 5]


def test_other_keys_are_left_to_others(bar):
    keys = TimeKeys(bar)
    for event in (key(Qt.Key.Key_Space), key(Qt.Key.Key_A, CONTROL), key(Qt.Key.Key_Period, CONTROL)):
        assert not keys.press(event)
    assert not keys.release(key(Qt.Key.Key_S, kind=QEvent.Type.KeyRelease))
    assert bar.seen == []
