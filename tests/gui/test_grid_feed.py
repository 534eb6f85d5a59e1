from threading import Event

import numpy as np
import pytest

from ae_studio.gui.grid_feed import GridFeed
from ae_studio.gui.known_errors import EVERY_MS
from ae_studio.latent.grid import Wish
from tests.gui.small_run import IMAGES, look, small_run


@pytest.fixture
def run(qtbot):
    with small_run() as made:
        yield made


@pytest.fixture
def feed(run):
    made = GridFeed(run.laboratory, lambda: 2)
    yield made
    made.end()


def filled(qtbot, feed, act, timeout=5000):
    with qtbot.waitSignal(feed.filled, timeout=timeout) as told:
        act()
    return told.args[0]


def test_the_worst_images_come(qtbot, feed):
    shown = filled(qtbot, feed, lambda: feed.ask(Wish("worst", 3), None))
    assert shown.indices.tolist() == [39, 38, 37]
    np.testing.assert_array_equal(shown.originals, IMAGES[[39, 38, 37]])


def test_another_selection_comes_by_itself(qtbot, run, feed):
    assert len(filled(qtbot, feed, lambda: feed.ask(Wish("selected", 5), None)).indices) == 0
    shown = filled(qtbot, feed, lambda: run.laboratory.select([7, 3]))
    assert shown.indices.tolist() == [3, 7]
    feed.ask(Wish("random", 5), None)
    with qtbot.waitSignal(feed.filled):
        pass
    with qtbot.assertNotEmitted(feed.filled, wait=200):
        run.laboratory.select([1])


def test_a_newer_look_comes_by_itself(qtbot, run, feed):
    filled(qtbot, feed, lambda: feed.ask(Wish("random", 4), None))
    white = look(decoder=lambda z: np.full((len(z), 6, 6), 255, dtype=np.uint8))
    assert filled(qtbot, feed, lambda: run.show_look(white)).decoded.min() == 255


@pytest.mark.parametrize("wish", [Wish("worst", 3), Wish("selected", 3, by_error=True)])
def test_what_needs_all_images_is_computed_once_a_second_at_most(qtbot, run, feed, wish):
    run.laboratory.select(range(10))
    filled(qtbot, feed, lambda: feed.ask(wish, None))
    filled(qtbot, feed, lambda: run.show_look(look()))
    with qtbot.assertNotEmitted(feed.filled, wait=EVERY_MS // 3):
        for _ in range(3):
            run.show_look(look())
    with qtbot.waitSignal(feed.filled, timeout=EVERY_MS + 3000):
        pass


def test_the_same_wish_is_not_computed_twice(qtbot, feed):
    filled(qtbot, feed, lambda: feed.ask(Wish("random", 4), None))
    with qtbot.assertNotEmitted(feed.filled, wait=200):
        feed.ask(Wish("random", 4), None)


def test_what_is_no_longer_wished_for_does_not_come(qtbot, feed):
    with qtbot.assertNotEmitted(feed.filled, wait=200):
        feed.ask(Wish("random", 4), None)
        feed.ask(None, None)


def test_a_late_answer_to_an_older_wish_is_not_shown(qtbot, run, feed):
    may_go = Event()

    def decode(codes):
        may_go.wait(5)
        return np.zeros((len(codes), 6, 6), dtype=np.uint8)

    run.show_look(look(decoder=decode))
    shown = []
    feed.filled.connect(lambda filled: shown.append(len(filled.indices)))
    feed.ask(Wish("random", 4), None)  # is decoded, and held there
    qtbot.waitUntil(lambda: not run.laboratory._worker._requests)
    feed.ask(Wish("random", 7), None)
    may_go.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [7]


def test_a_drawn_image_comes_with_what_the_model_makes_of_it(qtbot, run, feed):
    labels, encode = [], look().encoder
    run.show_look(look(encoder=lambda images, told: labels.extend(told.tolist()) or encode(images, told)))
    assert len(filled(qtbot, feed, lambda: feed.ask(Wish("drawn", 5), None)).indices) == 0
    shown = filled(qtbot, feed, lambda: feed.ask(Wish("drawn", 5), IMAGES[20]))
    assert labels == [2]  # what a conditional model is told
    assert shown.indices.tolist() == [-1]
    np.testing.assert_array_equal(shown.originals[0], IMAGES[20])


def test_a_run_without_images_fills_nothing(qtbot, run, feed):
    run.show(images=None)
    with qtbot.assertNotEmitted(feed.filled, wait=200):
        feed.ask(Wish("worst", 3), None)
