import pytest

from ae_studio.gui.stage_paint import Shown, eased, in_turn
from ae_studio.gui.theme import DARK
from tests.gui.seen_step import seen_step


def test_things_come_in_turn_and_are_all_there_at_the_end():
    assert [in_turn(0.0, index, 8) for index in range(8)] == [0.0] * 8
    assert [in_turn(1.0, index, 8) for index in range(8)] == [1.0] * 8
    midway = [in_turn(0.3, index, 8) for index in range(8)]
    assert midway == sorted(midway, reverse=True)
    assert midway[0] == 1.0
    assert midway[-1] == 0.0


def test_a_move_begins_and_ends_where_it_should():
    assert (eased(-1), eased(0), eased(0.5), eased(1), eased(2)) == (0, 0, 0.5, 1, 1)


@pytest.mark.parametrize("names", [(), ("a", "b", "c"), ("a",)])
def test_classes_without_names_have_colours_all_the_same(qtbot, names):
    shown = Shown(seen_step(), DARK, names)
    assert len({shown.class_colour(index) for index in range(3)}) == 3
    assert shown.class_name(0) == (names[0] if names else "")
    assert shown.class_name(2) == (names[2] if len(names) > 2 else "")
