"""A data point in the hand, by what the canvas's tools ask of it; the tools are in ``test_point_tool.py``."""

from dataclasses import replace

import numpy as np
import pytest

from ae_studio.events import Codebook, LatentSpace
from ae_studio.gui.held_point import why_not
from tests.gui.staged import CODES

BOOK = Codebook(CODES, np.full(6, 1 / 6, np.float32))


@pytest.fixture
def made(stage):
    return stage()


def changes(stage):
    told = []
    stage.held.changed.connect(told.append)
    return told


def drag(stage, index, *places):
    """Picked, moved to these places of the plane, and let go."""
    stage.held.pick(index)
    for place in places:
        stage.hand.move_to(*place)
    stage.held.drop()


def test_a_point_that_is_picked_puts_the_handle_onto_its_code_and_is_in_focus(made):
    told = changes(made)
    made.held.pick(3)
    made.held.drop()
    assert made.handle.tolist() == CODES[3].tolist()
    assert made.laboratory.marks.focus == made.held.index == 3
    assert told == [3]


def test_off_the_plane_the_handle_keeps_the_numbers_of_the_point(stage):
    made = stage(codes=np.column_stack([CODES, np.arange(6)]).astype(np.float32))
    axes = made.hand.explorer.plane.axes
    made.held.pick(4)
    held = made.handle.copy()
    made.hand.move_to(1, 1)
    made.held.drop()
    moved = made.handle - held
    assert np.abs(moved).max() > 0.1
    np.testing.assert_allclose(moved, (moved @ axes.T) @ axes, atol=1e-5)  # only along the plane


def test_escape_goes_back_to_the_point_and_from_there_lets_it_go(made):
    told = changes(made)
    drag(made, 3, (0, 1))
    made.held.escape()
    assert made.handle.tolist() == CODES[3].tolist()
    assert made.held.index == 3
    made.held.escape()
    assert made.held.index is None
    assert made.laboratory.marks.focus is None
    assert told == [3, None]
    made.held.escape()
    assert told == [3, None]


def test_one_drag_is_one_step_back_named_by_its_image(made):
    before = made.handle.copy()
    drag(made, 3, (0, 1), (0.5, 1), (1, 1))
    assert made.undo.undoText() == "Move image 4"
    made.undo.undo()
    assert made.handle.tolist() == before.tolist()
    assert made.held.index is None
    assert not made.undo.undoText()
    made.undo.redo()
    assert made.handle.tolist() == [1, 1]
    assert made.held.index == made.laboratory.marks.focus == 3


def test_of_two_drags_each_is_taken_back_by_itself(made):
    drag(made, 3, (1, 1))
    made.held.take()
    made.hand.move_to(0, 0.5)
    made.held.drop()
    made.undo.undo()
    assert made.handle.tolist() == [1, 1]
    assert made.held.index == 3


def test_a_drag_that_changes_nothing_is_no_step(made):
    made.held.snap(3)
    made.undo.undo()
    made.undo.redo()
    text = made.undo.undoText()
    made.held.take()
    made.held.drop()
    made.held.snap(3)
    made.undo.undo()
    assert text == "Move image 4"
    assert not made.undo.undoText()


def test_the_one_in_focus_is_snapped_to(made):
    made.held.snap_to_focus()
    assert made.held.index is None
    made.laboratory.focus(2)
    made.held.snap_to_focus()
    assert made.held.index == 2
    assert made.handle.tolist() == CODES[2].tolist()


def test_the_point_is_put_back_where_the_model_has_it_now(made):
    drag(made, 3, (0, 1))
    moved = CODES + np.float32(0.25)
    made.show(replace(made.look, codes=moved))
    made.held.put_back()
    assert made.handle.tolist() == moved[3].tolist()


def test_another_run_has_none_in_the_hand(made):
    told = changes(made)
    drag(made, 3, (0, 1))
    made.begin()
    assert made.held.index is None
    assert told == [3, None]
    made.held.take()
    made.held.drop()
    made.held.escape()
    assert told == [3, None]


def test_where_none_can_be_picked_the_reason_is_told_and_none_is(stage):
    for settings, words in (
        ({"images": False}, "image"),
        ({"space": LatentSpace(2, "codebook"), "codebook": BOOK}, "the codebook's entries, not images"),
    ):
        made = stage(**settings)
        told = []
        made.held.possible_changed.connect(told.append)
        made.show(made.look)
        made.held.pick(3)
        assert made.held.index is None
        assert told == [why_not(made.laboratory.scene)]
        assert words in told[0]


def test_where_one_can_be_picked_no_reason_is_told(made):
    assert why_not(made.laboratory.scene) == ""
