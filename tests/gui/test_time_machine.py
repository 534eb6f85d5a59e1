"""The time machine on a run of seven epochs, without a window."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from ae_studio.events import EpochDone, Look
from ae_studio.gui.time_machine import TimeMachine
from ae_studio.runs.opening import load_moment
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

EPOCHS = 6


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("times") / "run"
    train(complete({"epochs": EPOCHS, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return folder


@pytest.fixture
def run(finished, tmp_path):
    return shutil.copytree(finished, tmp_path / "run")


@pytest.fixture
def times(qtbot):
    made = TimeMachine()
    made.shown, made.refused = [], []
    made.look_shown.connect(lambda look, way: made.shown.append((look.epoch, len(way))))
    made.epoch_refused.connect(lambda epoch, reason: made.refused.append((epoch, reason)))
    yield made
    made.end()


def begin(qtbot, times, run):
    with qtbot.waitSignal(times.epochs_found) as found:
        times.begin(run)
    return found.args[0]


def settle(qtbot, times, run):
    """All that is to be read is read."""
    begin(qtbot, times, run)
    qtbot.waitUntil(lambda: len(times.paths.epochs) == EPOCHS + 1)


def go(qtbot, times, epoch):
    with qtbot.waitSignal(times.look_shown) as shown:
        times.go_to(epoch)
    return shown.args


def test_an_epoch_is_shown_as_its_folder_has_it(qtbot, times, finished):
    assert begin(qtbot, times, finished) == tuple(range(EPOCHS + 1))
    look, _ = go(qtbot, times, 2)
    expected = load_moment(finished, 2).look
    np.testing.assert_array_equal(look.codes, expected.codes)
    np.testing.assert_array_equal(look.decoder(look.codes[:1]), expected.decoder(look.codes[:1]))


def test_of_many_wishes_the_newest_is_shown(qtbot, times, finished):
    begin(qtbot, times, finished)
    for epoch in (0, 1, 2, 3):
        times.go_to(epoch)
    qtbot.waitUntil(lambda: (3, 2) in times.shown or any(epoch == 3 for epoch, _ in times.shown))
    assert [epoch for epoch, _ in times.shown] == [3]


def test_one_that_is_asked_for_before_the_folder_is_read_is_shown_after(qtbot, times, finished):
    with qtbot.waitSignal(times.look_shown) as shown:
        times.begin(finished)
        times.go_to(4)
    assert shown.args[0].epoch == 4


def test_what_lies_ahead_is_read_while_the_hand_rests(qtbot, times, finished):
    begin(qtbot, times, finished)
    go(qtbot, times, 3)
    qtbot.waitUntil(lambda: all(times._moments.has(epoch) for epoch in range(EPOCHS + 1)))


def test_points_come_past_the_epochs_between(qtbot, times, finished):
    settle(qtbot, times, finished)
    go(qtbot, times, 1)
    _, way = go(qtbot, times, 5)
    assert len(way) == 3
    for epoch, codes in zip((2, 3, 4), way, strict=True):
        np.testing.assert_array_equal(codes, load_moment(finished, epoch).look.codes)
    _, back = go(qtbot, times, 3)
    np.testing.assert_array_equal(back[0], load_moment(finished, 4).look.codes)


def test_the_paths_of_all_codes_become_known(qtbot, times, finished):
    settle(qtbot, times, finished)
    for epoch, codes in times.paths.codes.items():
        np.testing.assert_array_equal(codes, load_moment(finished, epoch).look.codes)
    times.set_ends((1, 4))
    np.testing.assert_array_equal(times.paths.moved[0], load_moment(finished, 1).look.codes)


def test_a_damaged_epoch_is_refused_in_words_and_the_others_are_shown(qtbot, times, run):
    (run / "looks" / "0003.npz").write_bytes(b"nothing of use")
    begin(qtbot, times, run)
    with qtbot.waitSignal(times.epoch_refused) as refused:
        times.go_to(3)
    assert refused.args[0] == 3
    assert "0003.npz: cannot be read as a look" in refused.args[1]
    assert go(qtbot, times, 4)[0].epoch == 4
    qtbot.waitUntil(lambda: times.paths.epochs == (0, 1, 2, 4, 5, 6))


def test_a_run_that_is_trained_anew_is_shown_as_it_is_now(qtbot, times, run):
    begin(qtbot, times, run)
    before = go(qtbot, times, 2)[0]
    part = run / "part"
    shutil.copy(run / "looks" / "0006.npz", part)
    os.replace(part, run / "looks" / "0002.npz")
    go(qtbot, times, 4)
    assert not np.array_equal(go(qtbot, times, 2)[0].codes, before.codes)


def test_an_epoch_that_is_told_brings_its_codes(qtbot, times, finished):
    settle(qtbot, times, finished)
    codes = np.ones_like(times.paths.codes[0])
    look = Look(EPOCHS + 1, 1, codes, np.zeros((1, 8, 8), np.uint8), lambda z: z)
    times.take_epoch(EpochDone(EPOCHS + 1, {}, {}, 1e-3, 0.1, 1.0, Path("snapshot"), look))
    assert times.paths.epochs[-1] == EPOCHS + 1
    assert times.paths.codes[EPOCHS + 1] is codes


def test_while_the_newest_is_followed_nothing_is_shown_from_the_folder(qtbot, times, finished):
    begin(qtbot, times, finished)
    times.go_to(1)
    look = Look(9, 1, np.zeros((2, 2), np.float32), np.zeros((1, 8, 8), np.uint8), lambda z: z)
    times.follow(look)
    qtbot.waitUntil(lambda: len(times.paths.epochs) == EPOCHS + 1)
    assert times.shown == []
    times._take_result("show", (times._moments, (1, look, "")))  # one that was being read
    assert times.shown == []


def test_another_run_forgets_the_one_before(qtbot, times, finished):
    settle(qtbot, times, finished)
    times.go_to(2)
    times.begin(None)
    assert times.paths.epochs == ()
    times.go_to(1)  # of no run at all
    assert times._moments is None
