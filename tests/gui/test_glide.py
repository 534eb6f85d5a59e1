import numpy as np
import pytest

from ae_studio.gui.glide import FRAME_MS, PAINT_SHARE, Glide
from ae_studio.gui.view_window import ViewWindow

START = np.zeros((3, 2), dtype=np.float32)
GOAL = np.ones((3, 2), dtype=np.float32)
WINDOW = ViewWindow(0, 0, 2, 2)


@pytest.fixture
def glide(qapp):
    made = Glide()
    made.jump(START, WINDOW)
    yield made
    made.finish()


def test_points_pass_through_places_between(qtbot, glide):
    seen = []
    glide.moved.connect(lambda: seen.append(float(glide.points[0, 0])))
    glide.go(GOAL, ViewWindow(0, 0, 4, 4))
    qtbot.waitUntil(lambda: seen[-1:] == [1.0])
    assert seen == sorted(seen)
    assert any(0 < place < 1 for place in seen)
    assert glide.window.half_width == 4
    assert not glide._timer.isActive()


def test_finishing_arrives_at_once(glide):
    glide.go(GOAL, WINDOW)
    glide.finish()
    assert np.array_equal(glide.points, GOAL)


def test_other_points_do_not_glide_from_those_of_another_run(glide):
    glide.go(np.ones((5, 2), dtype=np.float32), WINDOW)
    assert glide.points.shape == (5, 2)
    assert not glide._timer.isActive()


def test_a_window_set_by_hand_is_kept_while_the_points_go_on(qtbot, glide):
    glide.go(GOAL, ViewWindow(0, 0, 9, 9))
    glide.set_window(WINDOW)
    qtbot.waitUntil(lambda: bool((glide.points == GOAL).all()))
    assert glide.window == WINDOW


def test_dear_frames_come_less_often(glide):
    glide.paid(0.002)
    assert glide._timer.interval() == round(2 / PAINT_SHARE)
    glide.paid(0)
    assert glide._timer.interval() == FRAME_MS


def test_they_pass_by_the_places_of_their_way(qtbot, glide):
    seen = []
    glide.moved.connect(lambda: seen.append(glide.points[0].tolist()))
    aside = np.array([[0, 3]] * 3, dtype=np.float32)
    glide.go(GOAL, WINDOW, [aside], 0.4)
    qtbot.waitUntil(lambda: seen[-1:] == [[1.0, 1.0]])
    assert max(y for _, y in seen) > 1.5  # straight, none is above 1
    assert all(x == 0 or y >= 1 for x, y in seen)


def test_within_no_time_they_are_there_at_once(glide):
    glide.go(GOAL, WINDOW, seconds=0)
    assert np.array_equal(glide.points, GOAL)
    assert not glide._timer.isActive()
