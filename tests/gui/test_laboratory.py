import threading

import numpy as np
import pytest

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.view_window import PixelMap, ViewWindow

IMAGES = np.zeros((6, 8, 8), dtype=np.uint8)


def look(n=6):
    return Look(1, 10, np.zeros((n, 2), dtype=np.float32), IMAGES[:1], lambda codes: np.zeros((len(codes), 8, 8)))


@pytest.fixture
def hand(qtbot):
    made = Hand()
    yield made
    made.end()


@pytest.fixture
def laboratory(hand):
    made = Laboratory(hand)
    hand.begin(LatentSpace(2), np.arange(6), tuple("abcdef"))
    yield made
    made.end()


def shown(hand, laboratory, moment=None):
    moment = moment or look()
    hand.show(moment)
    laboratory.show(moment)


def test_a_look_makes_a_scene_of_all_that_is_known(qtbot, hand, laboratory):
    laboratory.begin(IMAGES)
    with qtbot.waitSignal(laboratory.scene_changed) as told:
        shown(hand, laboratory)
    scene = told.args[0]
    assert scene.images is IMAGES
    assert scene.class_of(2) == "c"


def test_images_that_are_not_those_of_the_codes_are_not_shown_as_if_they_were(hand, laboratory):
    laboratory.begin(IMAGES[:3])
    shown(hand, laboratory)
    assert laboratory.scene.images is None


def test_the_view_is_the_part_of_the_plane_that_is_seen(qtbot, hand, laboratory):
    laboratory.begin(IMAGES)
    shown(hand, laboratory)
    with qtbot.waitSignal(laboratory.view_changed) as told:
        laboratory.show_window(PixelMap(ViewWindow(1, 0, 2, 1), 400, 200))
    view = told.args[0]
    assert (view.left, view.right, view.bottom, view.top) == (-1, 3, -1, 1)
    assert (view.width, view.height) == (400, 200)


def test_selection_and_focus_are_told_when_they_change_and_forgotten_with_the_run(qtbot, laboratory):
    told = []
    laboratory.selection_changed.connect(told.append)
    laboratory.focus_changed.connect(told.append)
    laboratory.select([3, 1, 3])
    laboratory.select([1, 3])
    laboratory.focus(2)
    laboratory.focus(2)
    assert told == [(1, 3), 2]
    laboratory.begin(None)
    assert told[2:] == [(), None]


def test_work_is_done_elsewhere_and_its_result_comes_back(qtbot, laboratory):
    results = []
    laboratory.ask("sum", lambda: 1 + 1, results.append)
    qtbot.waitUntil(lambda: results == [2])


def test_work_that_fails_is_told(qtbot, laboratory):
    with qtbot.waitSignal(laboratory.failed) as told:
        laboratory.ask("division", lambda: 1 / 0)
    assert told.args == ["division by zero"]


def test_each_result_comes_to_who_asked_for_it(qtbot, laboratory):
    began, results = threading.Event(), []
    laboratory.ask("sum", lambda: began.set() or 1, lambda found: results.append(("first", found)))
    began.wait(5)
    laboratory.ask("sum", lambda: 2, lambda found: results.append(("second", found)))
    qtbot.waitUntil(lambda: results == [("first", 1), ("second", 2)])
