import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.canvas_picture import CanvasPicture
from ae_studio.gui.theme import LIGHT, blended, class_colours
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.cloud import Cloud
from ae_studio.latent.globe import circle

POINTS = np.array([[-0.5, 0.3], [0.5, 0.3]], dtype=np.float32)
MAP = PixelMap(ViewWindow(), 200, 200)


@pytest.fixture
def picture(qapp):
    made = CanvasPicture()
    made.start(np.array([0, 1]), 2, globe=False, palette=class_colours)
    return made


def colour(pixmap, place):
    ratio = pixmap.devicePixelRatio()
    x, y = MAP.to_pixels(np.array([place], dtype=np.float32))[0] * ratio
    return pixmap.toImage().pixelColor(round(float(x)), round(float(y))).name()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_points_have_their_classes_colours_on_every_screen(picture, ratio):
    pixmap = picture.paint(POINTS, MAP, ratio)
    assert pixmap.width() == 200 * ratio
    assert [colour(pixmap, place) for place in POINTS] == [*class_colours(picture.theme, 2)]


def test_a_hidden_class_leaves_the_other(picture):
    picture.points.hide({0})
    pixmap = picture.paint(POINTS, MAP, 1.0)
    colours = class_colours(picture.theme, 2)
    assert colour(pixmap, POINTS[0]) != colours[0]
    assert colour(pixmap, POINTS[1]) == colours[1]


def test_a_theme_reaches_ground_and_points(picture):
    picture.set_theme(LIGHT)
    pixmap = picture.paint(POINTS, MAP, 1.0)
    assert colour(pixmap, (0.73, -0.77)) == QColor(LIGHT.canvas).name()
    assert colour(pixmap, POINTS[1]) == class_colours(LIGHT, 2)[1]


def test_without_points_there_is_nothing_but_the_ground(picture):
    image = picture.paint(np.zeros((0, 2), dtype=np.float32), MAP, 1.0).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(200) for y in range(200)}
    assert seen == {QColor(picture.theme.canvas).name()}


def test_points_whose_classes_are_not_known_are_not_painted(picture):
    """Those of the run before, while the first of another are on their way."""
    picture.start(np.zeros(0, dtype=np.int64), 2, globe=False, palette=class_colours)
    pixmap = picture.paint(POINTS, MAP, 1.0)
    assert colour(pixmap, POINTS[0]) != class_colours(picture.theme, 2)[0]


def test_on_a_globe_the_front_hides_the_back_and_there_is_no_grid(picture):
    picture.start(np.array([0, 1]), 2, globe=True, palette=class_colours)
    here = np.array([[0.5, 0.3], [0.5, 0.3]], dtype=np.float32)
    picture.take(Cloud(here, np.array([0, 1]), np.array([False, True]), tuple(circle(0.9))))
    front, back = class_colours(picture.theme, 2)
    assert colour(picture.paint(here, MAP, 1.0), here[0]) == front
    picture.points.hide({0})
    pixmap = picture.paint(here, MAP, 1.0)
    assert colour(pixmap, here[0]) == blended(back, picture.theme.canvas, 0.75)
    assert colour(pixmap, (0, 0)) == QColor(picture.theme.canvas).name()  # where a grid would cross


def test_the_ground_is_painted_once_while_the_view_rests(picture):
    picture.paint(POINTS, MAP, 1.0)
    ground = picture._kept_ground[1]
    picture.paint(POINTS * np.float32(0.5), MAP, 1.0)
    assert picture._kept_ground[1] is ground
    picture.paint(POINTS, PixelMap(ViewWindow(0.1), 200, 200), 1.0)
    assert picture._kept_ground[1] is not ground
