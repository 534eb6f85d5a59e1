import numpy as np
import pytest

from ae_studio.gui.view_window import MARGIN, PixelMap, ViewWindow

WINDOW = ViewWindow(1.0, -2.0, 4.0, 3.0)


def test_a_window_around_points_leaves_a_margin_and_ignores_the_farthest():
    points = np.random.default_rng(0).uniform(-1, 1, (1000, 2)).astype(np.float32)
    points[0] = 100
    window = ViewWindow.around(points)
    assert window.half_width == pytest.approx(1 + 2 * MARGIN, rel=0.03)
    assert window.x == pytest.approx(0, abs=0.05)


def test_a_window_around_a_single_point_is_not_empty():
    window = ViewWindow.around(np.array([[3.0, 4.0]], dtype=np.float32))
    assert (window.x, window.y) == (3, 4)
    assert window.half_width > 0
    assert window.half_height > 0


def test_a_grown_window_holds_both():
    both = WINDOW.grown(ViewWindow(10, 10, 1, 1))
    assert (both.left, both.right, both.bottom, both.top) == (-3, 11, -5, 11)
    assert WINDOW.grown(WINDOW) == WINDOW


def test_blending_goes_from_one_window_to_the_other():
    other = ViewWindow(0, 0, 1, 1)
    assert WINDOW.blended(other, 0) == WINDOW
    assert WINDOW.blended(other, 1) == other
    assert WINDOW.blended(other, 0.5) == ViewWindow(0.5, -1, 2.5, 2)


def test_zooming_keeps_the_point_under_the_mouse_where_it_is():
    before = PixelMap(WINDOW, 800, 600)
    x, y = before.to_world(123, 456)
    after = PixelMap(WINDOW.zoomed(0.5, x, y), 800, 600)
    assert after.to_world(123, 456) == pytest.approx((x, y))
    assert after.scale == pytest.approx(2 * before.scale)


def test_moving_shifts_the_centre_alone():
    assert WINDOW.moved(1, 2) == ViewWindow(2, 0, 4, 3)


@pytest.mark.parametrize("size", [(800, 600), (1600, 600), (300, 900)])
def test_pixels_and_world_are_each_others_inverse_at_one_scale(size):
    pixel_map = PixelMap(WINDOW, *size)
    points = np.array([[1.0, -2.0], [3.5, 0.25]], dtype=np.float32)
    pixels = pixel_map.to_pixels(points)
    for point, (x, y) in zip(points, pixels, strict=True):
        assert pixel_map.to_world(float(x), float(y)) == pytest.approx(tuple(point), abs=1e-4)
    step = pixels[1] - pixels[0]
    assert abs(step[0]) / 2.5 == pytest.approx(abs(step[1]) / 2.25, rel=1e-4)
    assert step[1] < 0  # upwards


def test_the_whole_window_is_seen_whatever_the_widgets_shape():
    for width, height in ((800, 200), (200, 800)):
        pixel_map = PixelMap(WINDOW, width, height)
        corners = np.array([[WINDOW.left, WINDOW.bottom], [WINDOW.right, WINDOW.top]], dtype=np.float32)
        pixels = pixel_map.to_pixels(corners)
        assert pixels.min() >= -1e-3
        assert pixels[:, 0].max() <= width + 1e-3
        assert pixels[:, 1].max() <= height + 1e-3


def test_a_window_that_is_far_too_large_comes_nearer_little_by_little():
    large, needed = ViewWindow(0, 0, 10, 10), ViewWindow(4, 4, 1, 1)
    window = large
    for _ in range(30):
        nearer = window.following(needed)
        assert nearer.half_width <= window.half_width + 1e-9
        window = nearer
    assert window.left <= needed.left
    assert window.right >= needed.right
    assert window.half_width < 2.5


def test_a_window_that_is_used_well_stays_and_one_too_small_grows_at_once():
    window = ViewWindow(0, 0, 2, 1)
    assert window.following(ViewWindow(0, 0, 1.5, 0.2)) == window
    assert window.following(ViewWindow(0, 0, 5, 5)).half_width == 5
