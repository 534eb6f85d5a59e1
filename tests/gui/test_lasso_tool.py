import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from ae_studio.gui.lasso_tool import how_of
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.theme import DARK
from ae_studio.latent.explorer import Cloud

CORNERS = np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]], dtype=np.float32)
LEFT = Qt.MouseButton.LeftButton


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


@pytest.fixture
def found(canvas):
    told = []
    canvas.lasso_tool.found.connect(lambda indices, how: told.append((indices.tolist(), how)))
    return told


def at(canvas, x, y):
    pixel = canvas.pixel_map().to_pixels(np.array([[x, y]], dtype=np.float32))[0]
    return QPoint(round(float(pixel[0])), round(float(pixel[1])))


def draw(qtbot, canvas, places, modifier=Qt.KeyboardModifier.NoModifier, release=True):
    """A line through these places of the plane."""
    pixels = [at(canvas, *place) for place in places]
    qtbot.mousePress(canvas, LEFT, modifier, pixels[0])
    for pixel in pixels[1:]:
        qtbot.mouseMove(canvas, pixel)
    if release:
        qtbot.mouseRelease(canvas, LEFT, modifier, pixels[-1])


LOWER_HALF = [(-1.2, 0), (-1.2, -1.2), (1.2, -1.2), (1.2, 0)]


def test_what_the_line_goes_around_is_found(qtbot, canvas, found):
    draw(qtbot, canvas, LOWER_HALF)
    assert found == [([0, 1], "replace")]


@pytest.mark.parametrize(
    ("modifier", "how"),
    [
        (Qt.KeyboardModifier.ShiftModifier, "add"),
        (Qt.KeyboardModifier.AltModifier, "remove"),
        (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier, "intersect"),
    ],
)
def test_shift_adds_and_alt_takes_away(qtbot, canvas, found, modifier, how):
    draw(qtbot, canvas, LOWER_HALF, modifier)
    assert found == [([0, 1], how)]
    assert how_of(modifier) == how


def test_the_line_is_seen_while_it_is_drawn(qtbot, canvas):
    draw(qtbot, canvas, LOWER_HALF, release=False)
    seen = canvas.grab().toImage()
    ground, inside = QColor(DARK.canvas), seen.pixelColor(at(canvas, 0.5, -0.5))
    assert inside.blue() > ground.blue() + 10
    qtbot.mouseRelease(canvas, LEFT, pos=at(canvas, 1.2, 0))
    assert canvas.grab().toImage().pixelColor(at(canvas, 0.5, -0.5)) == ground


def test_hidden_classes_are_not_found(qtbot, canvas, found):
    canvas.hide_classes({1})
    draw(qtbot, canvas, [(-1.3, -1.3), (1.3, -1.3), (1.3, 1.3), (-1.3, 1.3)])
    assert found == [([0, 1], "replace")]


def test_what_lies_on_the_far_side_of_a_globe_is_not_found(qtbot, canvas, found):
    behind = np.array([False, True, False, False])
    canvas.start(np.zeros(4, dtype=np.int64), 1, globe=True)
    canvas.show_turned(Cloud(CORNERS, np.zeros(4, dtype=np.int64), behind))
    draw(qtbot, canvas, LOWER_HALF)
    assert found == [([0], "replace")]


def test_a_click_finds_the_point_under_it(qtbot, canvas, found):
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 1, 1) + QPoint(3, -2))
    qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, at(canvas, -1, 1))
    assert found == [([3], "replace"), ([2], "add")]


def test_a_click_on_nothing_clears_unless_something_was_to_be_added(qtbot, canvas, found):
    qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, at(canvas, 0, 0))
    assert found == []
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 0, 0))
    assert found == [([], "replace")]


def test_escape_leaves_a_line_and_then_clears(qtbot, canvas, found):
    draw(qtbot, canvas, LOWER_HALF, release=False)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseMove(canvas, at(canvas, -1.2, 0.5))
    qtbot.mouseRelease(canvas, LEFT, pos=at(canvas, -1.2, 0.5))
    assert found == []
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert found == [([], "replace")]


def test_the_line_stays_with_the_points_when_the_view_moves(qtbot, canvas, found):
    draw(qtbot, canvas, LOWER_HALF, release=False)
    canvas.set_view(canvas._glide.window.zoomed(3.0, 0.0, 0.0))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(0, 0))
    assert found == [([0, 1], "replace")]


def test_selected_points_stand_out_and_the_others_fade(canvas):
    def colour(x, y):
        return canvas.grab().toImage().pixelColor(at(canvas, x, y))

    before = colour(-1, -1)
    canvas.select_points((0, 2))
    assert colour(-1, -1) == before
    faded = colour(1, -1)
    assert faded != before
    assert faded.value() < before.value()
    canvas.select_points(())
    assert colour(1, -1) == before


def test_a_selected_point_is_painted_over_one_that_is_not(canvas):
    canvas.show_points(np.zeros((4, 2), dtype=np.float32) + CORNERS[:1] * 0, glide=False)
    canvas.select_points((0,))
    middle = canvas.grab().toImage().pixelColor(at(canvas, 0, 0))
    assert middle == QColor(DARK.classes[0])


def test_the_count_is_said_on_the_canvas(canvas):
    canvas.select_points((0, 1, 3))
    assert canvas._overlays["selection"].text == "3 selected"
    canvas.select_points(())
    assert "selection" not in canvas._overlays
