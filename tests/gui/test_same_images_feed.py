import numpy as np
import pytest

from ae_studio.gui.same_images_feed import SHOWN, SameImagesFeed, chosen
from tests.gui.compared_runs import COUNT, IMAGES, compared


@pytest.fixture
def feed(qapp):
    made = SameImagesFeed()
    yield made
    made.end()


def uneven(name="b"):
    """A run that is the farther off the brighter the image."""
    run = compared(name)
    object.__setattr__(run.look, "decoder", lambda codes: np.clip(codes.reshape(-1, 4, 4) * 2, 0, 255).astype(np.uint8))
    return run


def test_where_the_runs_differ_most_comes_first():
    assert chosen((compared("a"), uneven()), "differ").tolist() == list(range(COUNT))[::-1]


def test_random_images_are_others_each_time_and_never_twice():
    many = compared(images=np.zeros((500, 4, 4), np.uint8))
    first, second = chosen((many,), "random", 0), chosen((many,), "random", 1)
    assert len(set(first.tolist())) == SHOWN
    assert first.tolist() != second.tolist()


def test_the_images_stay_while_the_epochs_go_on(feed, qtbot):
    feed.choose("differ")
    with qtbot.waitSignal(feed.ready) as ready:
        feed.ask((compared("a"), uneven()))
    first = ready.args[0].indices.tolist()
    with qtbot.waitSignal(feed.ready) as ready:
        feed.ask((compared("a", epoch=1), compared("b", epoch=1, shift=3)))  # the same runs: no other order
    assert ready.args[0].indices.tolist() == first
    assert ready.args[0].decoded[1][0].tolist() == (IMAGES[COUNT - 1] + 3).tolist()
    with qtbot.waitSignal(feed.ready) as ready:
        feed.ask((compared("a"), compared("c")))
    assert ready.args[0].indices.tolist() == list(range(COUNT))


def test_what_fails_is_said(feed, qtbot):
    with qtbot.waitSignal(feed.failed) as failed:
        feed.ask((compared("old", kept_images=False),))
    assert "put another run first" in failed.args[0]
