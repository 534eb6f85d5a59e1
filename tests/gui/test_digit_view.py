import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.digit_view import DigitView
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def view(qtbot):
    made = DigitView()
    qtbot.addWidget(made)
    made.resize(200, 260)
    made.set_theme(DARK)
    made.show()
    qtbot.waitExposed(made)
    return made


def middle(view):
    return view.grab().toImage().pixelColor(100, 100)


def test_an_image_is_painted_and_says_so(view, qtbot):
    with qtbot.waitSignal(view.painted):
        view.show_image(np.full((28, 28), 255, dtype=np.uint8))
    assert middle(view) == QColor("#ffffff")


def test_painting_the_same_image_again_is_no_news(view, qtbot):
    with qtbot.waitSignal(view.painted):
        view.show_image(np.zeros((28, 28), dtype=np.uint8))
    with qtbot.assertNotEmitted(view.painted):
        view.grab()


def test_dark_digits_stand_on_light_ground(view):
    view.show_image(np.full((8, 8), 255, dtype=np.uint8))
    view.set_theme(LIGHT)
    assert middle(view).lightness() < 30


def test_a_colour_image_that_is_not_square_keeps_its_shape(view):
    image = np.zeros((8, 16, 3), dtype=np.uint8)
    image[..., 1] = 200
    view.show_image(image)
    picture = view.grab().toImage()
    assert picture.pixelColor(100, 100) == QColor(0, 200, 0)
    assert picture.pixelColor(100, 20) == QColor(DARK.canvas)


def test_clearing_leaves_the_frame(view):
    view.show_image(np.full((8, 8), 255, dtype=np.uint8))
    view.clear()
    assert middle(view) == QColor(DARK.canvas)


def test_it_asks_to_be_square(view):
    assert view.heightForWidth(123) == 123


def test_beside_an_original_three_pictures_are_painted(view):
    view.show_image(np.full((8, 8), 255, dtype=np.uint8))
    view.compare_with(np.zeros((8, 8), dtype=np.uint8))
    picture = view.grab().toImage()
    assert picture.pixelColor(55, 50) == QColor(DARK.image_ground)  # the original
    assert picture.pixelColor(145, 50) == QColor(DARK.image_ink)  # decoded
    assert picture.pixelColor(55, 140) == QColor(DARK.too_bright)  # the difference
    view.compare_with(None)
    assert middle(view) == QColor("#ffffff")
