import numpy as np
import pytest

from ae_studio.runs.opening import load_moment, open_run
from ae_studio.runs.recorded import RunError
from ae_studio.training.defaults import complete
from ae_studio.training.train import train


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opening") / "run"
    train(complete({"epochs": 2, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return folder


@pytest.fixture
def run(finished, tmp_path):
    import shutil

    return shutil.copytree(finished, tmp_path / "run")


def test_everything_the_views_show_comes_back(finished):
    opened = open_run(finished)
    assert opened.epochs == (0, 1, 2)
    assert opened.config.settings["hidden"] == "16"
    assert opened.loss_unit == "nats per image"
    assert opened.ended == ("finished", "Finished all 2 epochs.")
    assert opened.problems == ()
    assert set(opened.history.validation) == {0, 1, 2}
    assert opened.moment.look.epoch == 2
    assert len(opened.moment.labels) == len(opened.moment.look.codes)
    assert opened.moment.look.decoder(opened.moment.look.codes[:3]).shape == (3, 8, 8)


def test_an_earlier_epoch_has_its_own_codes_and_decoder(finished):
    first, last = load_moment(finished, 0), load_moment(finished, 2)
    codes = np.zeros((1, 2), dtype=np.float32)
    assert not np.array_equal(first.look.codes, last.look.codes)
    assert not np.array_equal(first.look.decoder(codes), last.look.decoder(codes))


def test_a_damaged_last_epoch_is_said_and_the_one_before_is_shown(run):
    last = sorted((run / "snapshots").iterdir())[-1]
    last.write_bytes(last.read_bytes()[:100])
    opened = open_run(run)
    assert opened.epochs == (0, 1)
    assert opened.moment.look.epoch == 1
    assert any(last.name in problem for problem in opened.problems)


def test_a_run_without_any_look_still_shows_its_settings_and_curves(run):
    for file in (run / "looks").iterdir():
        file.unlink()
    opened = open_run(run)
    assert opened.moment is None
    assert opened.epochs == ()
    assert opened.config.epochs == 2
    assert set(opened.history.validation) == {0, 1, 2}


def test_an_epoch_that_is_not_there_is_said(finished):
    with pytest.raises(RunError, match="7"):
        load_moment(finished, 7)
