import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.drawn_images import CAPTION, GAP, LARGEST, DrawnImages
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def images(qtbot):
    made = DrawnImages()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(276, made.heightForWidth(276))
    made.show()
    return made


def colour_at(images, number):
    side = (276 - 2 * GAP) / 3
    x = round(number * (side + GAP) + side / 2)
    return images.grab().toImage().pixelColor(x, round(side / 2))


def test_nothing_is_on_the_ground_at_first(images):
    assert [colour_at(images, number) for number in range(3)] == [QColor(DARK.image_ground)] * 3


def test_image_reconstruction_and_difference_stand_side_by_side(images):
    full, none = np.full((8, 8), 255, np.uint8), np.zeros((8, 8), np.uint8)
    images.show_images(full, none)
    assert colour_at(images, 0) == QColor(DARK.image_ink)
    assert colour_at(images, 1) == QColor(DARK.image_ground)
    assert colour_at(images, 2) == QColor(DARK.too_dark)
    images.show_images(none, full)
    assert colour_at(images, 2) == QColor(DARK.too_bright)
    images.set_theme(LIGHT)
    assert colour_at(images, 1) == QColor(LIGHT.image_ink)
    images.clear()
    assert colour_at(images, 1) == QColor(LIGHT.image_ground)


def test_colours_stay_as_they_are(images):
    red = np.zeros((8, 8, 3), np.uint8)
    red[..., 0] = 200
    images.show_images(red, red)
    assert colour_at(images, 1) == QColor(200, 0, 0)


def test_images_are_squares_up_to_their_largest(images):
    assert images.heightForWidth(316) == 100 + CAPTION
    assert images.heightForWidth(2000) == LARGEST + CAPTION
