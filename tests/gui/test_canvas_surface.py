"""What the surface shows; how points look is in test_latent_canvas and test_canvas_picture."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.canvas_surface import ZOOM_LIMIT, CanvasSurface
from ae_studio.gui.theme import DARK

POINTS = np.array([[-2, -1], [2, -1], [-2, 1], [2, 1]], dtype=np.float32)


class Filled:
    """A drawing of one colour all over."""

    def __init__(self, colour):
        self.colour = colour

    def paint(self, painter, pixel_map, theme):
        painter.fillRect(0, 0, round(pixel_map.width), round(pixel_map.height), QColor(self.colour))


class Failing:
    def paint(self, painter, pixel_map, theme):
        raise ValueError("this cannot be painted")


@pytest.fixture
def surface(qtbot):
    made = CanvasSurface()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.set_theme(DARK)
    made.start(np.zeros(4, dtype=np.int64), 1)
    made.show()
    qtbot.waitExposed(made)
    made.show_points(POINTS, glide=False)
    return made


def colour_at(surface, x=150, y=150):
    return surface.grab().toImage().pixelColor(x, y).name()


def test_an_overlay_lies_over_every_layer_until_it_is_taken_away(surface):
    surface.show_drawing("density", Filled("#102030"))
    assert colour_at(surface) == "#102030"
    surface.show_overlay("mark", Filled("#405060"))
    assert colour_at(surface) == "#405060"
    surface.show_overlay("mark", None)
    assert colour_at(surface) == "#102030"
    surface.show_drawing("density", None)
    assert colour_at(surface) not in ("#102030", "#405060")


def test_layers_lie_in_their_order_whichever_came_first(surface):
    surface.show_drawing("density", Filled("#102030"))
    surface.show_drawing("lattice", Filled("#405060"))
    assert colour_at(surface) == "#102030"


def test_a_drawing_that_fails_leaves_no_painter_behind(surface, qtbot):
    surface.show_drawing("density", Failing())
    with qtbot.captureExceptions(), pytest.raises(ValueError, match="cannot be painted"):
        surface.grab()
    surface.show_drawing("density", Filled("#102030"))
    assert colour_at(surface) == "#102030"


def test_another_view_is_told_once(surface):
    told = []
    surface.view_changed.connect(told.append)
    surface.set_view(surface.pixel_map().window.zoomed(0.5, 0, 0))
    surface.show_layers({"points"})
    assert told == [surface.pixel_map()]


def test_no_view_is_nearer_than_numbers_are_exact(surface):
    before = surface.pixel_map()
    surface.set_view(before.window.zoomed(0.5 / ZOOM_LIMIT, 0, 0))
    assert surface.pixel_map() == before
