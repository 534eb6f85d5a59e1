import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from ae_studio.gui.corner_tool import REACH, CornerTool
from ae_studio.gui.latent_canvas import LatentCanvas


@pytest.fixture
def canvas(qtbot):
    made = LatentCanvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.start(np.zeros(3, dtype=np.int64), 1)
    made.show_points(np.array([[0, 0], [1, 0], [0, 1]], np.float32), glide=False)
    made.tool = CornerTool(made)
    made.take_tool(made.tool)
    made.show()
    return made


def test_a_click_tells_its_place_and_its_reach(qtbot, canvas):
    with qtbot.waitSignal(canvas.tool.clicked) as clicked:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 90))
    x, y, reach = clicked.args
    assert (x, y) == pytest.approx(canvas.pixel_map().to_world(120, 90))
    assert reach * canvas.pixel_map().scale == pytest.approx(REACH)


def test_escape_forgets_what_was_picked(qtbot, canvas):
    with qtbot.waitSignal(canvas.tool.cancelled):
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)


def test_a_double_click_picks_and_leaves_the_view_alone(qtbot, canvas):
    before = canvas.pixel_map()
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 90))
    assert canvas.pixel_map() == before
