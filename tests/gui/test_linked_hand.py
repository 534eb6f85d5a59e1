import threading

import numpy as np
import pytest

from ae_studio.gui.linked_hand import LinkedHand
from tests.gui.linked_runs import CODES, MIRRORED, TURNED, decode, scene


@pytest.fixture
def hand(qtbot):
    hand = LinkedHand(4)
    yield hand
    hand.end()


def shown(qtbot, hand, *scenes):
    with qtbot.waitSignal(hand.linked, timeout=20_000):
        hand.show(scenes, ["digits"] * len(scenes))


def decoded(qtbot, hand, act, count):
    """The newest image of each run behind an act."""
    found = {}
    take = lambda index, image: found.__setitem__(index, image)  # noqa: E731
    hand.decoded.connect(take)
    act()
    qtbot.waitUntil(lambda: len(found) == count)
    wanted = [decode(code[None])[0] for code in hand.codes]
    qtbot.waitUntil(lambda: all(np.array_equal(found[index], wanted[index]) for index in found))
    hand.decoded.disconnect(take)
    return found


def test_one_move_is_decoded_by_every_model_in_its_own_space(hand, qtbot):
    shown(qtbot, hand, scene(), scene(TURNED), scene(MIRRORED))
    found = decoded(qtbot, hand, lambda: hand.move(1, 0.5, 0.25), 3)
    assert np.allclose(hand.codes[0], (0.5, 0.25), atol=1e-3)
    assert np.allclose(hand.codes[1], (5 - 0.5, 1), atol=1e-2)
    assert np.allclose(hand.codes[2], (0.5, -0.25), atol=1e-3)
    assert found[0][0, 0] == 105
    assert found[1][0, 1] == 110


def test_each_its_own_way_the_place_is_that_of_the_run_that_leads(hand, qtbot):
    shown(qtbot, hand, scene(), scene(TURNED))
    hand.aligned = False
    decoded(qtbot, hand, lambda: hand.move(1, 4.5, 1.0), 2)
    assert np.allclose(hand.codes[1], (4.5, 1.0))
    assert np.allclose(hand.codes[0], (0.5, 0.25), atol=1e-2)
    assert np.allclose(hand.place(1), (4.5, 1.0))


def test_an_image_is_snapped_to_in_every_run_by_its_own_code(hand, qtbot):
    shown(qtbot, hand, scene(), scene(TURNED))
    decoded(qtbot, hand, lambda: hand.snap(9), 2)
    assert np.array_equal(hand.codes[0], CODES[9])
    assert np.array_equal(hand.codes[1], TURNED[9])
    assert hand.held == 9
    assert hand.nearest(0) == hand.nearest(1) == 9
    hand.nudge(0, 0.05, 0)
    assert hand.held is None
    assert np.allclose(hand.place(0), CODES[9] + (0.05, 0), atol=1e-4)


def test_the_nearest_image_is_snapped_to(hand, qtbot):
    shown(qtbot, hand, scene(), scene(TURNED))
    hand.move(0, *(CODES[21] + 0.001))
    hand.snap_to_nearest(1)
    assert hand.held == 21


def test_other_epochs_leave_the_handle_where_it_is_or_at_its_image(hand, qtbot):
    shown(qtbot, hand, scene(), scene(TURNED))
    hand.move(0, 1.0, 0.5)
    shown(qtbot, hand, scene(), scene(MIRRORED))
    assert np.allclose(hand.codes[1], (1.0, -0.5), atol=1e-3)
    hand.snap(4)
    shown(qtbot, hand, scene(), scene(TURNED))
    assert np.array_equal(hand.codes[1], TURNED[4])


def test_a_slow_model_holds_up_no_other(hand, qtbot):
    go_on = threading.Event()

    def slow(codes):
        go_on.wait(10)
        return decode(codes)

    shown(qtbot, hand, scene(), scene(TURNED, decoder=slow))
    found, newest = [], {}
    hand.decoded.connect(lambda index, image: (found.append(index), newest.update({index: image})))
    for step in range(20):
        hand.move(0, step / 10, 0)
    qtbot.waitUntil(lambda: 0 in newest and np.array_equal(newest[0], decode(hand.codes[0][None])[0]))
    assert 1 not in found
    go_on.set()
    qtbot.waitUntil(lambda: 1 in newest and np.array_equal(newest[1], decode(hand.codes[1][None])[0]))
    assert found.count(1) <= 2  # the one at work, and the newest


def test_a_run_that_cannot_be_linked_is_not_decoded(hand, qtbot):
    shown(qtbot, hand, scene(), scene(images=None, decoder=lambda codes: pytest.fail("decoded")))
    decoded(qtbot, hand, lambda: hand.move(0, 0.5, 0), 1)
    assert hand.place(1) is None
    assert hand.nearest(1) is None
    hand.move(1, 3, 3)
    hand.snap_to_nearest(1)
    assert np.allclose(hand.codes[0], (0.5, 0))


def test_a_model_that_fails_says_so(hand, qtbot):
    def fail(codes):
        raise ValueError("no weights")

    with qtbot.waitSignal(hand.failed) as told:
        hand.show([scene(decoder=fail)], ["digits"])
    assert told.args == ["no weights"]


def test_another_plane_is_shown_of_wide_codes(hand, qtbot):
    wide = np.concatenate([CODES, 0.1 * CODES], axis=1).astype(np.float32)
    shown(qtbot, hand, scene(wide), scene(TURNED))
    assert hand.runs.choice == "pca"
    with qtbot.waitSignal(hand.linked):
        hand.choose_plane((2, 3))
    assert np.allclose(hand.runs.runs[0].points(aligned=True), wide[:, 2:])


def test_before_there_are_runs_nothing_moves(hand):
    hand.move(0, 1, 1)
    hand.snap(3)
    hand.nudge(0, 1, 1)
    hand.snap_to_nearest(0)
    hand.choose_plane("pca")
    assert hand.codes == ()
