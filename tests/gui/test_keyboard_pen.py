import numpy as np
import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.corner_tool import CornerTool
from ae_studio.gui.keyboard_pen import FINE_STEP, STEP
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.stroke_tool import StrokeTool
from ae_studio.gui.theme import DARK

KEY, NONE, SHIFT = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CORNERS = np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]], dtype=np.float32)


@pytest.fixture
def canvas(qtbot):
    made = LatentCanvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_theme(DARK)
    made.start(np.array([0, 0, 1, 1]), 2)
    made.show()
    qtbot.waitExposed(made)
    made.show_points(CORNERS, glide=False)
    made.take_tool(made.lasso_tool)
    return made


def press(qtbot, canvas, *keys, modifier=NONE):
    for key in keys:
        qtbot.keyClick(canvas, key, modifier)


def test_a_lasso_is_drawn_by_keys_alone(qtbot, canvas):
    found = []
    canvas.lasso_tool.found.connect(lambda indices, how: found.append((indices.tolist(), how)))
    side = int(2 * canvas.pixel_map().scale / STEP)  # keys to go from one column of points to the other and beyond
    press(qtbot, canvas, *[KEY.Key_Left] * side, KEY.Key_Space, *[KEY.Key_Down] * side)
    press(qtbot, canvas, *[KEY.Key_Right] * 2 * side)
    press(qtbot, canvas, *[KEY.Key_Up] * side)
    press(qtbot, canvas, KEY.Key_Space, modifier=SHIFT)
    assert found == [([0, 1], "add")]


def test_enter_clicks_where_the_pen_is(qtbot, canvas):
    clicked = []
    tool = CornerTool(canvas)
    tool.clicked.connect(lambda x, y, reach: clicked.append((x, y)))
    canvas.take_tool(tool)
    press(qtbot, canvas, KEY.Key_Right, KEY.Key_Enter)
    press(qtbot, canvas, KEY.Key_Up, KEY.Key_Return, modifier=SHIFT)
    scale = canvas.pixel_map().scale
    (x1, y1), (x2, y2) = clicked
    assert (x1, y1) == pytest.approx(canvas.pixel_map().to_world(200 + STEP, 150))
    assert (x2 - x1, y2 - y1) == pytest.approx((0, FINE_STEP / scale))


def test_a_stroke_is_drawn_by_keys_and_dropped_by_escape(qtbot, canvas):
    drawn = []
    tool = StrokeTool(canvas)
    tool.drawn.connect(drawn.append)
    canvas.take_tool(tool)
    press(qtbot, canvas, KEY.Key_Up, KEY.Key_Space, KEY.Key_Right, KEY.Key_Right, KEY.Key_Escape, KEY.Key_Right)
    assert drawn == []
    press(qtbot, canvas, KEY.Key_Space, KEY.Key_Right, KEY.Key_Right, KEY.Key_Space)
    assert len(drawn) == 1
    assert drawn[0][-1][0] - drawn[0][0][0] == pytest.approx(2 * STEP / canvas.pixel_map().scale, rel=1e-4)


def test_before_it_is_taken_space_is_the_windows(qtbot, canvas):
    pressed = []
    canvas.lasso_tool.press = lambda *_: pressed.append(1)
    press(qtbot, canvas, KEY.Key_Space)
    assert pressed == []


def test_it_is_seen_until_the_mouse_is_used_and_stays_in_the_canvas(qtbot, canvas):
    def at_the_edge():
        return canvas.grab().toImage().copy(canvas.width() - 10, 130, 10, 40)

    before = at_the_edge()
    press(qtbot, canvas, *[KEY.Key_Right] * 40)
    assert at_the_edge() != before
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert at_the_edge() == before


def test_the_hand_keeps_its_keys(qtbot, canvas):
    canvas.take_tool(canvas.hand_tool)
    with qtbot.waitSignal(canvas.nudged):
        press(qtbot, canvas, KEY.Key_Right)
