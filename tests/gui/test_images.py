import numpy as np
import pytest

from ae_studio.gui.images import difference_rgb, squared_error, tiled, to_qimage, to_rgb
from ae_studio.gui.theme import DARK, LIGHT, white_on_black


@pytest.mark.parametrize(
    ("theme", "ground", "ink"),
    [
        (DARK, (15, 17, 21), (255, 255, 255)),
        (LIGHT, (251, 251, 253), (11, 13, 18)),
        (white_on_black(LIGHT), (0, 0, 0), (255, 255, 255)),
    ],
)
def test_grey_images_are_ink_on_the_themes_ground(theme, ground, ink):
    rgb = to_rgb(np.array([[0, 255]], dtype=np.uint8), theme)
    assert rgb.shape == (1, 2, 3)
    assert tuple(rgb[0, 0]) == ground
    assert tuple(rgb[0, 1]) == ink


def test_colour_images_stay_as_they_are():
    images = np.random.default_rng(0).integers(0, 256, (2, 4, 4, 3), dtype=np.uint8)
    assert to_rgb(images, DARK) is images
    assert to_rgb(images[0], DARK).shape == (4, 4, 3)


def test_three_grey_images_of_three_pixels_width_are_not_taken_for_colour():
    assert to_rgb(np.zeros((5, 4, 4), dtype=np.uint8), DARK).shape == (5, 4, 4, 3)


def test_a_difference_is_blue_where_too_dark_orange_where_too_bright_and_ground_where_right():
    original, decoded = np.array([[[255, 0, 9, 9]]], dtype=np.uint8), np.array([[[0, 255, 9, 9]]], dtype=np.uint8)
    too_dark, too_bright, right, _ = difference_rgb(original, decoded, DARK)[0, 0]
    assert "#{:02x}{:02x}{:02x}".format(*too_dark) == DARK.too_dark
    assert "#{:02x}{:02x}{:02x}".format(*too_bright) == DARK.too_bright
    assert "#{:02x}{:02x}{:02x}".format(*right) == DARK.canvas


def test_a_difference_of_colour_images_is_that_of_their_brightness():
    original = np.zeros((1, 2, 2, 3), dtype=np.uint8)
    assert difference_rgb(original, original + 30, DARK).shape == (1, 2, 2, 3)


def test_tiles_stand_in_rows_with_gaps():
    images = np.stack([np.full((2, 3, 3), value, dtype=np.uint8) for value in (10, 20, 30)])
    sheet = tiled(images, columns=2, gap=1, ground="#ffffff")
    assert sheet.shape == (5, 7, 3)
    assert (sheet[:2, :3] == 10).all()
    assert (sheet[:2, 4:] == 20).all()
    assert (sheet[3:, :3] == 30).all()
    assert (sheet[2] == 255).all()
    assert (sheet[3:, 4:] == 255).all()


def test_a_qimage_owns_its_pixels():
    rgb = np.zeros((5, 7, 3), dtype=np.uint8)  # 21 bytes a row: Qt's own rows are multiples of four
    rgb[4, 6] = (1, 2, 3)
    image = to_qimage(rgb)
    rgb[:] = 99
    assert (image.width(), image.height()) == (7, 5)
    assert image.pixelColor(6, 4).getRgb()[:3] == (1, 2, 3)
    assert image.pixelColor(0, 0).getRgb()[:3] == (0, 0, 0)


def test_the_squared_error_is_the_mean_over_pixels_of_values_up_to_one():
    black, half = np.zeros((2, 2), dtype=np.uint8), np.array([[0, 255], [0, 51]], dtype=np.uint8)
    assert squared_error(black, half) == pytest.approx((1 + 0.2**2) / 4)
    assert squared_error(half, black) == squared_error(black, half)
    assert squared_error(half, half) == 0
