import numpy as np
import pytest

from ae_studio.gui.point_cloud import RASTER_FROM, PointCloud
from ae_studio.gui.shapes import bar, disc

COLOURS = ("#ff0000", "#00ff00")


def painted(points, classes, radius=3.0, size=(40, 30)):
    cloud = PointCloud(COLOURS, radius)
    image = cloud.paint(np.array(points, dtype=np.float32).reshape(-1, 2), np.array(classes, dtype=np.int64), *size)
    return cloud, image.copy()


def test_a_dot_lies_where_its_point_is_in_its_classs_colour():
    cloud, image = painted([[10, 20], [30, 5]], [0, 1])
    reach = cloud.margin
    assert (image.width(), image.height()) == (40 + 2 * reach, 30 + 2 * reach)
    assert image.pixelColor(10 + reach, 20 + reach).name() == "#ff0000"
    assert image.pixelColor(30 + reach, 5 + reach).name() == "#00ff00"
    assert image.pixelColor(20 + reach, 15 + reach).alpha() == 0


@pytest.mark.parametrize("radius", [1.5, 3.0, 6.0])
def test_a_dot_has_the_area_of_its_disc(radius):
    _, image = painted([[20.125, 15.125]], [0], radius)
    ink = sum(image.pixelColor(x, y).alphaF() for x in range(image.width()) for y in range(image.height()))
    assert ink == pytest.approx(np.pi * radius**2, rel=0.04)


def test_dots_at_the_very_edge_are_cut_and_those_beyond_left_out():
    cloud, image = painted([[0, 0], [39, 29], [-0.5, 5], [39.5, 5], [20, 400]], [0] * 5)
    reach = cloud.margin
    assert image.pixelColor(reach, reach).alpha() == 255
    assert image.pixelColor(39 + reach, 29 + reach).alpha() == 255
    assert image.pixelColor(reach, 5 + reach).alpha() == 0


def test_a_dot_that_moves_by_a_quarter_pixel_looks_different():
    _, here = painted([[10.1, 10.1]], [0])
    _, there = painted([[10.4, 10.1]], [0])
    assert here != there


def test_no_points_make_an_empty_picture_and_the_last_ones_are_gone():
    cloud, _ = painted([[10, 10]], [0])
    image = cloud.paint(np.zeros((0, 2), dtype=np.float32), np.zeros(0, dtype=np.int64), 40, 30)
    assert image.pixelColor(10 + cloud.margin, 10 + cloud.margin).alpha() == 0


def test_of_very_many_points_each_is_still_at_its_own_pixel_in_its_colour():
    rng = np.random.default_rng(0)
    count = RASTER_FROM + 100
    heap = rng.uniform([0, 0], [12, 29], size=(count, 2))
    cloud, image = painted([*heap, [20.9, 20.1], [30.0, 5.99]], [*([0] * count), 0, 1])
    reach = cloud.margin
    assert (image.width(), image.height()) == (40 + 2 * reach, 30 + 2 * reach)
    assert image.pixelColor(20 + reach, 20 + reach).name() == "#ff0000"
    assert image.pixelColor(30 + reach, 5 + reach).name() == "#00ff00"
    assert image.pixelColor(20 + reach, 20 + reach).alpha() > image.pixelColor(21 + reach, 20 + reach).alpha()
    assert image.pixelColor(25 + reach, 15 + reach).alpha() == 0
    assert image.pixelColor(6 + reach, 15 + reach).alpha() > 200


def test_every_class_can_have_its_own_mark():
    cloud = PointCloud(COLOURS, 4.0, (disc, bar))
    points = np.array([[10, 15], [30, 15]], dtype=np.float32)
    image = cloud.paint(points, np.array([0, 1]), 40, 30).copy()
    reach = cloud.margin
    for x, name in ((10, "#ff0000"), (30, "#00ff00")):
        assert image.pixelColor(x + reach, 15 + reach).name() == name
    assert image.pixelColor(10 + reach, 18 + reach).alpha() > 0
    assert image.pixelColor(30 + reach, 18 + reach).alpha() == 0
    assert image.pixelColor(35 + reach, 15 + reach).alpha() > 0
