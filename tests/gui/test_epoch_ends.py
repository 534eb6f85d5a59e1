import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ae_studio.gui import epoch_ends
from ae_studio.gui.epoch_ends import EpochEnds


@pytest.fixture
def ends(qtbot):
    made = EpochEnds()
    qtbot.addWidget(made)
    made.show()
    made.begin()
    made.reserve_room(20)
    made.chosen = []
    made.epoch_chosen.connect(made.chosen.append)
    made.epoch_chosen.connect(made.allow)  # it is shown at once
    return made


def button(ends, name):
    return ends.findChild(QToolButton, f"epoch_{name}_button")


def click(qtbot, ends, name):
    qtbot.mouseClick(button(ends, name), Qt.MouseButton.LeftButton)


@pytest.fixture
def pair(ends, qtbot):
    ends.allow(3)
    click(qtbot, ends, "a")
    ends.allow(12)
    click(qtbot, ends, "b")
    return ends


def test_before_a_run_everything_says_why_it_cannot_act(ends):
    for name in ("a", "b", "flip", "sides"):
        assert not button(ends, name).isEnabled()
        assert button(ends, name).toolTip()


def test_a_and_b_keep_the_epoch_that_is_shown(pair):
    assert pair.ends == (3, 12)
    assert [button(pair, name).text() for name in "ab"] == ["A 3", "B 12"]


def test_pressed_again_at_its_epoch_it_lets_go(pair, qtbot):
    with qtbot.waitSignal(pair.ends_changed) as changed:
        click(qtbot, pair, "b")
    assert changed.args == [(3, None)]
    assert not button(pair, "flip").isEnabled()
    assert button(pair, "b").text() == "B"


def test_setting_one_moves_nothing_beside_it(ends, qtbot):
    ends.allow(12)
    ends.layout().activate()
    before = button(ends, "flip").x()
    click(qtbot, ends, "a")
    ends.layout().activate()
    assert button(ends, "flip").x() == before


def test_flip_goes_from_the_one_to_the_other(pair, qtbot):
    for _ in range(2):
        click(qtbot, pair, "flip")
    pair.allow(7)
    click(qtbot, pair, "flip")
    assert pair.chosen == [3, 12, 3]


def test_a_key_that_is_held_is_a_glance(pair, monkeypatch):
    now = [10.0]
    monkeypatch.setattr(epoch_ends.time, "perf_counter", lambda: now[0])
    pair.press()
    now[0] += 1.0
    pair.release()
    assert pair.chosen == [3, 12]
    pair.press()
    now[0] += 0.1
    pair.release()
    assert pair.chosen == [3, 12, 3]


def test_both_can_be_seen_side_by_side(pair, qtbot):
    with qtbot.waitSignal(pair.sides_requested) as asked:
        click(qtbot, pair, "sides")
    assert asked.args == [3, 12]


def test_an_epoch_that_cannot_be_shown_is_neither(pair):
    pair.drop(3)
    assert pair.ends == (None, 12)
