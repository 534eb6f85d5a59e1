import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.stroke_tool import StrokeTool
from ae_studio.gui.theme import DARK

CORNERS = np.array([[-2, -1], [2, 1], [-2, 1], [2, -1]], dtype=np.float32)


@pytest.fixture
def canvas(qtbot):
    made = LatentCanvas()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.set_theme(DARK)
    made.start(np.zeros(4, dtype=np.int64), 1)
    made.show()
    qtbot.waitExposed(made)
    made.show_points(CORNERS, glide=False)
    return made


@pytest.fixture
def tool(canvas):
    made = StrokeTool(canvas)
    canvas.take_tool(made)
    return made


def draw(qtbot, canvas, *pixels, release=True):
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*pixels[0]))
    for pixel in pixels[1:]:
        qtbot.mouseMove(canvas, QPoint(*pixel))
    if release:
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*pixels[-1]))


def test_what_is_drawn_is_told_in_the_units_of_the_plane(qtbot, canvas, tool):
    with qtbot.waitSignal(tool.drawn) as told:
        draw(qtbot, canvas, (50, 100), (150, 50), (300, 120))
    expected = [canvas.pixel_map().to_world(*pixel) for pixel in ((50, 100), (150, 50), (300, 120))]
    np.testing.assert_allclose(told.args[0], expected, atol=1e-5)


def test_the_line_is_seen_while_it_is_drawn_and_gone_when_it_is_let_go(qtbot, canvas, tool):
    draw(qtbot, canvas, (50, 80), (350, 80), release=False)
    seen = canvas.grab().toImage().pixelColor(222, 80)
    assert seen.blue() > 200
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(350, 80))
    assert canvas.grab().toImage().pixelColor(222, 80).blue() < 100


def test_a_click_is_no_stroke_and_escape_drops_one(qtbot, canvas, tool):
    with qtbot.assertNotEmitted(tool.drawn):
        draw(qtbot, canvas, (50, 100))
        draw(qtbot, canvas, (50, 100), (52, 101))
        draw(qtbot, canvas, (50, 100), (300, 100), release=False)
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))


def test_a_double_click_leaves_the_view_alone(qtbot, canvas, tool):
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    before = canvas.pixel_map()
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.pixel_map() == before
