import numpy as np
import pytest

from ae_studio.events import EpochDone
from ae_studio.runs.looks import restored
from ae_studio.runs.recorded import RecordedRun, RunError
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

CODES = np.array([[0.0, 0.0], [1.0, -1.0]], dtype=np.float32)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run, and the last look that its training told."""
    folder, events = tmp_path_factory.mktemp("looks") / "run", []
    train(complete({"epochs": 1, "device": "cpu", "settings": {"hidden": "16"}}), events.append, out=folder)
    return folder, [event for event in events if isinstance(event, EpochDone)][-1].look


@pytest.mark.parametrize("late", [False, True])
def test_a_look_comes_back_as_the_training_told_it(trained, late):
    folder, told = trained
    run = RecordedRun(folder)
    look = restored(run, run.look(1), late=late)
    for name in ("codes", "reconstructions", "spread", "kl"):
        np.testing.assert_array_equal(getattr(look, name), getattr(told, name))
    np.testing.assert_array_equal(look.decoder(CODES), told.decoder(CODES))
    np.testing.assert_allclose(look.derivatives(CODES)[1], told.derivatives(CODES)[1], atol=1e-6)
    images, labels = run.sample_images()[:3], run.look(1).labels[:3]
    np.testing.assert_allclose(look.encoder(images, labels).codes, told.codes[:3], atol=1e-5)


def test_a_late_look_reads_its_weights_once(trained, monkeypatch):
    run, read = RecordedRun(trained[0]), []
    model = run.model
    monkeypatch.setattr(run, "model", lambda epoch: read.append(epoch) or model(epoch))
    look = restored(run, run.look(1), late=True)
    assert not read
    look.decoder(CODES)
    look.derivatives(CODES)
    assert read == [1]


def test_where_no_model_may_be_made_nothing_is_offered_that_needs_one(trained):
    run = RecordedRun(trained[0])
    run.why_no_model = "it is not trusted"
    look = restored(run, run.look(1))
    assert look.encoder is look.derivatives is None
    with pytest.raises(RunError, match="not trusted"):
        look.decoder(CODES)
