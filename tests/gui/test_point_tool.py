"""Taking data points on a real canvas, with real mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from ae_studio.events import LatentSpace
from ae_studio.gui.point_tool import PointTool

LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier
NOTHING = Qt.KeyboardModifier.NoModifier


def connect(stage, tool):
    for signal, slot in (
        (tool.moved, stage.hand.move_to),
        (tool.left, stage.hand.leave),
        (tool.picked, stage.held.pick),
        (tool.taken, stage.held.take),
        (tool.dropped, stage.held.drop),
        (stage.held.changed, tool.take_held),
        (tool.snapped, stage.held.snap),
        (tool.snap_requested, stage.held.snap_to_focus),
        (tool.escaped, stage.held.escape),
    ):
        signal.connect(slot)


@pytest.fixture
def at(stage):
    """A stage with the point tool in hand; the hand tool is connected too."""

    def make(**settings):
        made = stage(**settings)
        made.tool = PointTool(made.canvas)
        for tool in (made.tool, made.canvas.hand_tool):
            connect(made, tool)
        made.canvas.take_tool(made.tool)
        return made

    return make


def drag(qtbot, stage, index, by, modifier=NOTHING):
    canvas, start = stage.canvas, stage.pixel_of(index)
    qtbot.mousePress(canvas, LEFT, modifier, start + QPoint(2, 2))
    qtbot.mouseMove(canvas, start + by / 2)
    qtbot.mouseMove(canvas, start + by)
    qtbot.mouseRelease(canvas, LEFT, modifier, start + by)


def test_pressing_near_a_point_puts_the_handle_exactly_onto_it(qtbot, at):
    stage = at()
    qtbot.mousePress(stage.canvas, LEFT, pos=stage.pixel_of(3) + QPoint(3, -2))
    assert stage.held.index == 3
    assert stage.handle.tolist() == [2, 1]
    qtbot.mouseMove(stage.canvas, stage.pixel_of(3) + QPoint(2, 0))  # a trembling hand
    qtbot.mouseRelease(stage.canvas, LEFT, pos=stage.pixel_of(3))
    assert stage.handle.tolist() == [2, 1]


def test_dragging_takes_the_handle_away_and_the_point_stays_held(qtbot, at):
    stage = at()
    drag(qtbot, stage, 4, QPoint(60, -30))
    assert stage.held.index == 4
    where = stage.pixel_of(4) + QPoint(60, -30)
    assert np.allclose(stage.handle, stage.canvas.pixel_map().to_world(where.x(), where.y()), atol=0.02)


def test_where_no_point_is_it_moves_the_handle(qtbot, at):
    stage = at()
    qtbot.mouseClick(stage.canvas, LEFT, pos=stage.pixel(1, -0.5))
    assert stage.held.index is None
    assert np.allclose(stage.handle, [1, -0.5], atol=0.02)


def test_the_handle_itself_is_taken_rather_than_a_point_below_it(qtbot, at):
    stage = at()
    drag(qtbot, stage, 4, stage.pixel_of(5) + QPoint(5, 5) - stage.pixel_of(4))
    drag(qtbot, stage, 5, QPoint(30, 60))
    assert stage.held.index == 4
    where = stage.pixel_of(5) + QPoint(30, 60)
    assert np.allclose(stage.handle, stage.canvas.pixel_map().to_world(where.x(), where.y()), atol=0.02)
    assert stage.undo.count() == 2


def test_with_alt_the_hand_takes_points_too_and_without_it_does_not(qtbot, at):
    stage = at()
    stage.canvas.take_tool(stage.canvas.hand_tool)
    drag(qtbot, stage, 1, QPoint(-40, -20))
    assert stage.held.index is None
    drag(qtbot, stage, 2, QPoint(40, 20), ALT)
    assert stage.held.index == 2


def test_a_hidden_class_is_not_taken(qtbot, at):
    stage = at()
    stage.canvas.hide_classes({int(stage.labels[3])})
    qtbot.mouseClick(stage.canvas, LEFT, pos=stage.pixel_of(3))
    assert stage.held.index is None


def test_points_that_are_not_shown_are_not_taken(qtbot, at):
    stage = at()
    stage.canvas.show_layers({"grid"})
    qtbot.mouseClick(stage.canvas, LEFT, pos=stage.pixel_of(3))
    assert stage.held.index is None


def test_escape_goes_back_to_the_point_and_then_lets_go_of_it(qtbot, at):
    stage = at()
    drag(qtbot, stage, 4, QPoint(60, -30))
    qtbot.keyClick(stage.canvas, Qt.Key.Key_Escape)
    assert stage.handle.tolist() == [0, 0]
    assert stage.held.index == 4
    qtbot.keyClick(stage.canvas, Qt.Key.Key_Escape)
    assert stage.held.index is None
    assert stage.laboratory.marks.focus is None


def test_one_drag_is_one_step_however_long_it_takes(qtbot, at):
    stage = at()
    start = stage.pixel_of(4)
    qtbot.mousePress(stage.canvas, LEFT, pos=start)
    qtbot.mouseMove(stage.canvas, start + QPoint(30, 0))
    qtbot.wait(500)  # longer than the rest after which a move of the handle is a step
    qtbot.mouseMove(stage.canvas, start + QPoint(60, 0))
    qtbot.mouseRelease(stage.canvas, LEFT, pos=start + QPoint(60, 0))
    there = stage.handle.copy()
    assert (stage.undo.count(), stage.undo.undoText()) == (1, "Move image 5")
    stage.undo.undo()
    assert stage.handle.tolist() == [0, 0]
    assert stage.held.index is None
    stage.undo.redo()
    assert np.array_equal(stage.handle, there)
    assert stage.held.index == 4
    qtbot.wait(500)
    assert stage.undo.count() == 1


def test_a_double_click_snaps_and_beside_all_points_shows_them_all(qtbot, at):
    stage = at()
    stage.canvas.take_tool(stage.canvas.hand_tool)
    stage.hand.put(np.array([1.0, 1.0]))
    qtbot.mouseDClick(stage.canvas, LEFT, pos=stage.pixel_of(0) + QPoint(2, 1))
    assert stage.handle.tolist() == [-2, -1]
    assert stage.laboratory.marks.focus == 0
    stage.canvas._own_view = True
    qtbot.mouseDClick(stage.canvas, LEFT, pos=stage.pixel(1, -0.5))
    assert not stage.canvas._own_view


def test_enter_snaps_to_the_point_in_focus(qtbot, at):
    stage = at()
    qtbot.keyClick(stage.canvas, Qt.Key.Key_Return)
    assert stage.held.index is None
    stage.laboratory.focus(5)
    qtbot.keyClick(stage.canvas, Qt.Key.Key_Return)
    assert stage.handle.tolist() == [0.5, 0.5]
    assert stage.held.index == 5


def test_a_drag_keeps_the_points_own_numbers_off_the_plane(qtbot, at):
    codes = np.random.default_rng(0).normal(size=(12, 5)).astype(np.float32)
    stage = at(codes=codes)
    plane, index = stage.hand.explorer.plane, 7
    drag(qtbot, stage, index, QPoint(50, 40))
    assert stage.held.index is not None
    moved = stage.handle - codes[stage.held.index]
    assert np.linalg.norm(moved) > 0.1
    assert np.allclose(moved, plane.axes.T @ (plane.axes @ moved), atol=1e-5)


def test_a_code_of_one_number_is_dragged_along_its_line(qtbot, at):
    stage = at(codes=CODES_OF_ONE)
    drag(qtbot, stage, 2, QPoint(50, 0))
    assert stage.held.index == 2
    assert stage.handle[0] > CODES_OF_ONE[2, 0] + 0.1


CODES_OF_ONE = np.linspace(-2, 2, 6, dtype=np.float32)[:, None]


def test_on_a_globe_only_its_front_is_taken_and_the_handle_stays_on_it(qtbot, at):
    codes = np.array([[0, 0, 1], [0, 0, -1], [0.8, 0, 0.6], [-0.8, 0.6, 0], [0.6, 0.8, 0], [0, 0.6, 0.8]], np.float32)
    stage = at(codes=codes, space=LatentSpace(3, kind="sphere"))
    drag(qtbot, stage, 1, QPoint(30, 10))
    assert stage.held.index == 0  # the one in front of it
    assert np.linalg.norm(stage.handle) == pytest.approx(1)


def test_in_a_ball_the_handle_stays_inside(qtbot, at):
    codes = (np.random.default_rng(1).normal(size=(6, 2)) * 0.2).astype(np.float32)
    stage = at(codes=codes, space=LatentSpace(2, kind="ball"))
    drag(qtbot, stage, 3, QPoint(300, 0))
    assert stage.held.index == 3
    assert np.linalg.norm(stage.handle) < 1


@pytest.mark.parametrize("settings", [{"images": False}, {"space": LatentSpace(2, kind="codebook")}])
def test_where_no_point_is_an_image_none_is_taken(qtbot, at, settings):
    stage = at(**settings)
    drag(qtbot, stage, 4, QPoint(60, -30))
    assert stage.held.index is None


def test_another_tool_taken_in_the_middle_ends_the_drag(qtbot, at):
    stage = at()
    qtbot.mousePress(stage.canvas, LEFT, pos=stage.pixel_of(4))
    qtbot.mouseMove(stage.canvas, stage.pixel_of(4) + QPoint(30, 0))
    stage.canvas.take_tool(stage.canvas.hand_tool)
    assert stage.undo.count() == 1
    qtbot.mouseRelease(stage.canvas, LEFT, pos=stage.pixel_of(4) + QPoint(30, 0))
    assert stage.undo.count() == 1
