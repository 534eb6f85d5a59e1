import numpy as np
from PySide6.QtCore import QPointF

from ae_studio.gui.nearest_point import PLAIN_UP_TO
from ae_studio.gui.picker import REACH, Picker
from ae_studio.gui.view_window import PixelMap, ViewWindow

MAP = PixelMap(ViewWindow(0, 0, 1, 1), 200, 200)


def test_the_point_under_a_pixel_is_found_within_reach_at_every_zoom():
    points = np.array([[0, 0], [0.5, 0.5]], dtype=np.float32)
    picker = Picker()
    assert picker.at(QPointF(150 + REACH - 1, 50), points, MAP, None) == 1
    assert picker.at(QPointF(150 + REACH + 1, 50), points, MAP, None) is None
    near = PixelMap(ViewWindow(0.5, 0.5, 0.01, 0.01), 200, 200)
    assert picker.at(QPointF(100 + REACH - 1, 100), points, near, None) == 1
    assert picker.at(QPointF(100 + REACH + 1, 100), points, near, None) is None


def test_points_that_have_moved_are_found_where_they_are_now():
    picker = Picker()
    before = np.array([[0, 0]], dtype=np.float32)
    assert picker.at(QPointF(100, 100), before, MAP, None) == 0
    assert picker.at(QPointF(100, 100), before + 0.5, MAP, None) is None
    assert picker.at(QPointF(150, 50), before + 0.5, MAP, None) == 0


def test_the_index_of_very_many_points_is_made_elsewhere_and_points_are_found_meanwhile():
    points = np.random.default_rng(0).uniform(-1, 1, size=(PLAIN_UP_TO + 1, 2)).astype(np.float32)
    asked = []
    picker = Picker()
    picker.ask = lambda kind, work, then: asked.append((work, then))
    place = QPointF(*(float(each) for each in MAP.to_pixels(points[7:8])[0]))
    assert picker.at(place, points, MAP, None) == 7
    assert picker.at(place, points, MAP, None) == 7
    ((work, then),) = asked
    slow = picker._index
    then(work())
    assert picker._index is not slow
    assert picker.at(place, points, MAP, None) == 7


def test_an_index_of_points_that_are_gone_is_not_taken():
    points = np.zeros((PLAIN_UP_TO + 1, 2), dtype=np.float32)
    asked = []
    picker = Picker()
    picker.ask = lambda kind, work, then: asked.append((work, then))
    picker.at(QPointF(100, 100), points, MAP, None)
    picker.at(QPointF(100, 100), points + 5, MAP, None)
    work, then = asked[0]
    then(work())
    assert picker.at(QPointF(100, 100), picker._points, MAP, None) is None
