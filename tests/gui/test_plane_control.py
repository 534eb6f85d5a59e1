import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.gui.plane_control import PlaneControl
from ae_studio.gui.undo import UndoStack
from tests.gui.laboratories import World, look


@pytest.fixture
def world(qapp):
    made = World()
    made.undo = UndoStack()
    made.control = PlaneControl(made.hand, made.laboratory, made.undo)
    made.shown, made.reasons, made.marks, made.tool = [], [], [], []
    made.control.shown.connect(lambda plane, labels: made.shown.append((plane, labels)))
    made.control.reasons_changed.connect(made.reasons.append)
    made.control.marks_changed.connect(made.marks.append)
    made.control.tool_allowed.connect(made.tool.append)
    yield made
    made.end()


def pick(world, index):
    explorer = world.hand.explorer
    x, y = explorer.plane.project(explorer.codes[[index]])[0]
    world.control.pick_at(float(x), float(y), 0.01)


def test_a_chosen_plane_is_shown_by_its_axes_and_can_be_taken_back(world):
    world.show()
    world.hand.put(np.arange(5))
    world.control.choose("kl")
    assert world.shown[-1] == ("kl", ("z₄", "z₃"))
    world.control.choose("lda")
    assert world.shown[-1] == ("lda", ("LD₁", "LD₂"))
    world.undo.undo()
    assert world.shown[-1] == ("kl", ("z₄", "z₃"))
    world.undo.undo()
    assert world.shown[-1][0] == "pca"
    world.undo.redo()
    assert world.hand.explorer.plane.dimensions == (3, 2)
    np.testing.assert_array_equal(world.handle, np.arange(5))


def test_undo_brings_the_same_picture_back(world):
    world.show()
    before = world.hand.explorer.plane.project(world.hand.explorer.codes)
    world.control.choose("lda")
    world.control.choose((1, 2))
    world.undo.undo()
    world.undo.undo()
    np.testing.assert_allclose(world.hand.explorer.cloud().points, before, atol=1e-4)


def test_a_look_tells_what_is_possible_once(world):
    world.show(look(kl=None))
    assert "KL" in world.reasons[-1]["kl"]
    assert world.reasons[-1]["lda"] == world.reasons[-1]["pca"] == ""
    assert "Three images" in world.reasons[-1]["points"]
    assert world.tool == [""]
    world.show(look(kl=None))
    assert len(world.reasons) == 1
    world.show()
    assert world.reasons[-1]["kl"] == ""


def test_three_images_that_were_looked_at_are_enough(world):
    world.show()
    for index in (4, 8, 15):
        world.laboratory.focus(index)
    assert world.reasons[-1]["points"] == ""
    world.control.choose("points")
    assert world.hand.explorer.corners == (4, 8, 15)


def test_three_clicks_on_points_show_the_plane_through_them(world):
    world.show()
    world.hand.put(np.arange(5))
    pick(world, 3)
    assert len(world.marks[-1].points) == 1
    assert world.laboratory.marks.focus == 3
    pick(world, 20)
    assert world.shown[-1][0] == "pca"
    pick(world, 41)
    assert world.shown[-1][0] == "points"
    assert world.hand.explorer.corners == (3, 20, 41)
    codes, plane = world.hand.explorer.codes[[3, 20, 41]], world.hand.explorer.plane
    np.testing.assert_allclose(codes, plane.origin + plane.project(codes) @ plane.axes, atol=1e-4)
    np.testing.assert_allclose(world.marks[-1].points, plane.project(codes), atol=1e-5)
    np.testing.assert_array_equal(world.handle, np.arange(5))
    pick(world, 50)  # goes on with the last three
    assert world.hand.explorer.corners == (20, 41, 50)


def test_what_the_mouse_passes_over_between_two_clicks_is_not_picked(world):
    world.show()
    for index in (3, 20, 41):
        world.laboratory.focus(50 + index % 3)
        pick(world, index)
    assert world.hand.explorer.corners == (3, 20, 41)


def test_a_click_beside_all_points_picks_nothing(world):
    world.show()
    world.control.pick_at(100.0, 100.0, 0.5)
    assert not world.marks
    assert world.laboratory.marks.focus is None


def test_what_was_picked_can_be_forgotten(world):
    world.show()
    pick(world, 3)
    world.control.forget_picked()
    assert world.marks[-1] is None
    for index in (20, 41):
        pick(world, index)
    assert world.shown[-1][0] == "pca"


def test_images_on_one_line_are_refused_and_the_box_shows_what_is_still_seen(qtbot, world):
    moment = look()
    line = np.linspace(0, 1, len(moment.codes), dtype=np.float32)[:, None]
    world.show(look())
    moment = type(moment)(1, 10, line * np.ones((1, 5), np.float32), moment.reconstructions, moment.decoder)
    world.show(moment)
    for index in (1, 2, 3):
        world.laboratory.focus(index)
    told = len(world.shown)
    with qtbot.waitSignal(world.hand.plane_refused) as refused:
        world.control.choose("points")
    assert len(world.shown) > told
    assert "one line" in refused.args[0]
    assert world.shown[-1][0] == "pca"
    assert not world.undo.canUndo()


def test_where_the_canvas_shows_everything_no_plane_can_be_picked(qapp, world):
    world.begin(LatentSpace(2))
    world.show()
    assert "whole latent space" in world.tool[-1]
    pick(world, 1)
    assert not world.marks


def test_the_marks_follow_the_codes(world):
    world.show()
    for index in (4, 8, 15):
        pick(world, index)
    world.show(look(seed=1))
    explorer = world.hand.explorer
    np.testing.assert_allclose(world.marks[-1].points, explorer.plane.project(explorer.codes[[4, 8, 15]]), atol=1e-5)
    world.control.choose("pca")
    assert world.marks[-1] is None


def test_the_marks_follow_a_plane_that_is_fitted_in_another_thread(qtbot, world):
    world.begin(LatentSpace(100))
    world.show()
    for index in (4, 8, 15):
        pick(world, index)
    before = world.hand.explorer.plane
    world.show(look(100, seed=1))
    qtbot.waitUntil(lambda: world.hand.explorer.plane is not before)
    explorer = world.hand.explorer
    np.testing.assert_allclose(world.marks[-1].points, explorer.plane.project(explorer.codes[[4, 8, 15]]), atol=1e-4)
