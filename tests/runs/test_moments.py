import os
import shutil
import threading

import numpy as np
import pytest

from ae_studio.runs.moments import Moments
from ae_studio.runs.opening import load_moment
from ae_studio.runs.recorded import RunError
from ae_studio.training.defaults import complete
from ae_studio.training.train import train


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moments") / "run"
    train(complete({"epochs": 6, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return folder


@pytest.fixture
def run(finished, tmp_path):
    return shutil.copytree(finished, tmp_path / "run")


@pytest.fixture
def reads(monkeypatch):
    """The epochs that were read from the disk, in their order."""
    from ae_studio.runs import moments

    found = []
    real = moments.moment_of

    def counted(run, epoch):
        found.append(epoch)
        return real(run, epoch)

    monkeypatch.setattr(moments, "moment_of", counted)
    return found


def replaced(path, content):
    """As a run is written: under another name, then renamed."""
    part = path.with_name("part")
    part.write_bytes(content)
    os.replace(part, path)


def test_a_moment_is_that_of_its_epoch_and_is_read_once(finished, reads):
    moments = Moments(finished)
    assert moments.epochs() == (0, 1, 2, 3, 4, 5, 6)
    for epoch in (0, 3, 0, 3):
        found, expected = moments.at(epoch).look, load_moment(finished, epoch).look
        assert found.epoch == epoch
        np.testing.assert_array_equal(found.codes, expected.codes)
        np.testing.assert_array_equal(found.decoder(found.codes[:2]), expected.decoder(found.codes[:2]))
    assert reads == [0, 3]


def test_the_moments_used_last_are_kept_within_both_bounds(finished, reads):
    few = Moments(finished, most=2)
    for epoch in (0, 1, 0, 2):
        few.at(epoch)
    assert [few.has(epoch) for epoch in (0, 1, 2)] == [True, False, True]
    one = Moments(finished)
    one.at(0)
    small = Moments(finished, most_bytes=round(2.5 * one.nbytes))
    for epoch in range(5):
        small.at(epoch)
    assert [small.has(epoch) for epoch in range(5)] == [False, False, False, True, True]
    assert small.nbytes <= 2.5 * one.nbytes


def test_the_weights_count_among_its_bytes(finished):
    moments = Moments(finished)
    moments.at(1)
    assert moments.nbytes > (finished / "snapshots" / "0001.safetensors").stat().st_size


def test_an_epoch_that_was_trained_anew_is_read_anew(run, reads):
    moments = Moments(run)
    before = moments.at(2).look
    replaced(run / "looks" / "0002.npz", (run / "looks" / "0005.npz").read_bytes())
    assert not moments.has(2)
    assert not np.array_equal(moments.at(2).look.codes, before.codes)
    before = moments.at(2).look.decoder(before.codes[:1])
    replaced(run / "snapshots" / "0002.safetensors", (run / "snapshots" / "0000.safetensors").read_bytes())
    assert not np.array_equal(moments.at(2).look.decoder(moments.at(5).look.codes[:1]), before)
    assert reads.count(2) == 3


def test_an_epoch_that_was_taken_away_is_not_told_any_more(run):
    moments = Moments(run)
    moments.at(6)
    (run / "looks" / "0006.npz").unlink()
    with pytest.raises(RunError, match=r"0006\.npz"):
        moments.at(6)
    assert moments.epochs()[-1] == 5


def test_a_damaged_epoch_says_why_and_is_tried_once(run, reads):
    path = run / "snapshots" / "0003.safetensors"
    content = path.read_bytes()
    replaced(path, content[:100])
    moments = Moments(run)
    for _ in range(2):
        with pytest.raises(RunError, match=r"0003\.safetensors"):
            moments.at(3)
    assert moments.next_ahead((2, 3, 4), 2, 1) == 4
    assert reads == [3]
    replaced(path, content)
    assert moments.at(3).look.epoch == 3


def test_an_epoch_that_is_written_while_the_run_is_shown_is_found(run):
    moments = Moments(run)
    moments.at(6)
    for kind, suffix in (("looks", "npz"), ("snapshots", "safetensors")):
        shutil.copy(run / kind / f"0006.{suffix}", run / kind / f"0007.{suffix}")
    assert moments.epochs()[-1] == 7
    assert moments.at(7).look.epoch == 7


def test_what_lies_in_the_direction_of_travel_is_read_first(finished):
    moments = Moments(finished)
    order = []
    while (epoch := moments.next_ahead(range(7), 3, -1)) is not None:
        moments.look_into(epoch)
        order.append(epoch)
    assert order == [2, 1, 0, 4, 5, 6]


def test_at_rest_both_sides_are_read(finished):
    moments = Moments(finished)
    order = []
    while (epoch := moments.next_ahead(range(7), 2, 0)) is not None:
        moments.look_into(epoch)
        order.append(epoch)
    assert order == [3, 1, 4, 0, 5, 6]


def test_reading_ahead_never_pushes_out_what_is_looked_at(finished):
    moments = Moments(finished, most=4)
    moments.at(3)
    while (epoch := moments.next_ahead(range(7), 3, 1)) is not None:
        moments.look_into(epoch)
    assert moments.has(3)


def test_the_codes_alone_are_those_of_the_look(finished, run, reads):
    moments = Moments(finished)
    np.testing.assert_array_equal(moments.codes(4), load_moment(finished, 4).look.codes)
    moments.at(4)
    assert moments.codes(4) is moments.at(4).look.codes
    (run / "looks" / "0004.npz").write_bytes(b"nothing of use")
    with pytest.raises(RunError, match="cannot be read as a look"):
        Moments(run).codes(4)


def test_it_may_be_asked_by_several_threads(finished):
    moments = Moments(finished, most=3)
    wrong = []

    def ask(seed):
        for epoch in np.random.default_rng(seed).integers(0, 7, 40).tolist():
            if moments.at(epoch).look.epoch != epoch:
                wrong.append(epoch)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
