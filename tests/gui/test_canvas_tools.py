"""The tools on a real canvas; what the hand tool reports is in test_latent_canvas."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from ae_studio.gui.canvas_tools import CanvasTool
from ae_studio.gui.latent_canvas import LatentCanvas


class Recording(CanvasTool):
    """Keeps what it is given."""

    name, title, key, hint = "recording", "Recording", "R", "Keeps what it is given"
    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, takes=True):
        super().__init__()
        self.seen, self.takes = [], takes

    def press(self, canvas, event):
        self.seen.append("press")

    def move(self, canvas, event):
        self.seen.append("move")

    def hover(self, canvas, event):
        self.seen.append("hover")

    def release(self, canvas, event):
        self.seen.append("release")

    def double_click(self, canvas, event):
        self.seen.append("double click")
        return self.takes

    def press_key(self, canvas, event):
        self.seen.append("key")
        return self.takes

    def leave(self, canvas):
        self.seen.append("leave")

    def paint(self, painter, pixel_map, theme):
        self.seen.append("paint")


@pytest.fixture
def canvas(qtbot):
    made = LatentCanvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.start(np.zeros(4, dtype=np.int64), 1)
    made.show()
    qtbot.waitExposed(made)
    made.show_points(np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]], dtype=np.float32), glide=False)
    return made


def without_paint(tool):
    return [each for each in tool.seen if each != "paint"]


def test_the_left_button_belongs_to_the_tool(qtbot, canvas):
    tool = Recording()
    canvas.take_tool(tool)
    qtbot.mouseMove(canvas, QPoint(50, 50))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    qtbot.mouseMove(canvas, QPoint(70, 70))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(70, 70))
    assert without_paint(tool) == ["hover", "press", "move", "release"]
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_the_right_button_stays_the_views(qtbot, canvas):
    tool, before = Recording(), canvas.pixel_map()
    canvas.take_tool(tool)
    qtbot.mousePress(canvas, Qt.MouseButton.RightButton, pos=QPoint(60, 60))
    qtbot.mouseMove(canvas, QPoint(90, 60))
    qtbot.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=QPoint(90, 60))
    assert without_paint(tool) == []
    assert canvas.pixel_map() != before


@pytest.mark.parametrize("takes", [True, False])
def test_keys_and_double_clicks_that_the_tool_does_not_take_are_the_canvass(qtbot, canvas, takes):
    tool, nudged = Recording(takes), []
    canvas.take_tool(tool)
    canvas.nudged.connect(lambda dx, dy: nudged.append((dx, dy)))
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert bool(nudged) != takes


def test_a_tool_that_is_laid_down_hears_of_it(canvas):
    first, second = Recording(), Recording()
    canvas.take_tool(first)
    canvas.take_tool(second)
    assert first.seen[-1] == "leave"


def test_a_tool_paints_over_everything(canvas):
    tool = Recording()
    canvas.take_tool(tool)
    canvas.grab()
    assert tool.seen[-1] == "paint"
