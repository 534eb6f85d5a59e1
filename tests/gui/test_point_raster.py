import numpy as np
import pytest
from PySide6.QtGui import QImage

from ae_studio.gui.point_raster import BAND, DENSE, FAINTEST, PointRaster

COLOURS = np.array([[200, 0, 0], [0, 100, 0]], dtype=np.uint8)
EDGE = 2  # pixels that stay free


def painted(x, y, kinds, size=(30, 90), raster=None):
    """Premultiplied (height, width, 4): blue, green, red, alpha."""
    picture = np.full(size, 0xFFFFFFFF, dtype=np.uint32)
    (raster or PointRaster(COLOURS)).paint(
        np.asarray(x, dtype=np.int32), np.asarray(y, dtype=np.int32), np.asarray(kinds), picture[1:-1, 1:-1]
    )
    return picture[1:-1, 1:-1].copy().view(np.uint8).reshape(size[0] - 2, size[1] - 2, 4).astype(int)


def test_a_point_is_a_pixel_of_its_kinds_colour_with_a_soft_rim():
    picture = painted([10, 40], [5, 20], [0, 1])
    assert picture[5, 10].tolist() == [0, 0, 200, 255]
    assert picture[20, 40].tolist() == [0, 100, 0, 255]
    for dy, dx in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        assert picture[5 + dy, 10 + dx].tolist() == [0, 0, 140, 178]
    for dy, dx in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        assert picture[5 + dy, 10 + dx].tolist() == [0, 0, 60, 76]
    inked = np.argwhere(picture[:, :, 3])
    assert len(inked) == 18


def test_every_row_is_painted_and_no_seam_is_seen_between_bands():
    height = 3 * BAND + 11
    y = np.arange(EDGE, height - 2 - EDGE)
    picture = painted(np.full(len(y), 20), y, np.zeros(len(y), dtype=int), (height, 50))
    middle = picture[EDGE + 1 : -EDGE - 1]
    assert (middle[:, 20, 3] == 255).all()
    assert (middle[:, 19, 3] == 178).all()
    assert (middle[:, 21, 3] == 178).all()
    assert (middle[:, [17, 18, 22, 23], 3] == 0).all()


def test_where_points_share_a_pixel_the_last_has_its_colour():
    assert painted([9, 9], [9, 9], [0, 1])[9, 9, :3].nonzero()[0].tolist() == [1]
    assert painted([9, 9], [9, 9], [1, 0])[9, 9, :3].nonzero()[0].tolist() == [2]


def test_a_pixel_is_stronger_the_more_points_lie_in_it_and_one_alone_is_still_seen():
    many = [1, 2, 8, 60, 400]
    x = np.repeat(10 * np.arange(len(many)) + 10, many)
    picture = painted(x, np.full(len(x), 10), np.zeros(len(x), dtype=int))
    alphas = picture[10, 10 * np.arange(len(many)) + 10, 3]
    assert (np.diff(alphas) > 0).all()
    assert alphas[0] == pytest.approx(255 * FAINTEST, abs=1)
    assert alphas[-1] == 255 if many[-1] >= DENSE * np.mean(many) else alphas[-1] < 255


def test_colours_are_premultiplied_as_qt_has_them():
    rng = np.random.default_rng(0)
    x, y = rng.integers(2, 60, 5000), rng.integers(2, 20, 5000)
    picture = painted(x, y, rng.integers(0, 2, 5000))
    assert (picture[:, :, :3] <= picture[:, :, 3:]).all()
    image = QImage(picture.astype(np.uint8).tobytes(), 88, 28, 88 * 4, QImage.Format.Format_ARGB32_Premultiplied)
    assert image.pixelColor(0, 0).alpha() == 0


def test_the_last_picture_is_gone_and_another_size_is_no_matter():
    raster = PointRaster(COLOURS)
    painted([10], [10], [0], raster=raster)
    assert painted([20], [10], [0], raster=raster)[10, 10, 3] == 0
    assert painted([7], [5], [1], (12, 20), raster=raster)[5, 7].tolist() == [0, 100, 0, 255]
    assert not painted([], [], np.zeros(0, dtype=int), raster=raster).any()


def test_hundreds_of_kinds_keep_their_colours():
    colours = np.stack([np.arange(600) % 256, np.arange(600) // 256, np.full(600, 7)], axis=1).astype(np.uint8)
    picture = painted([10, 40], [10, 10], [3, 599], raster=PointRaster(colours))
    assert picture[10, 10].tolist() == [7, 0, 3, 255]
    assert picture[10, 40].tolist() == [7, 2, 599 % 256, 255]
