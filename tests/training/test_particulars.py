import numpy as np
import pytest

from ae_studio.data.images import load
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete
from ae_studio.training.devices import choose_place
from ae_studio.training.particulars import Particulars
from ae_studio.training.portions import PROBES, Portions
from ae_studio.training.start import Start

CONFIG = complete({"data": "digits", "epochs": 3, "device": "cpu", "settings": {"hidden": "16"}})


@pytest.fixture(scope="module")
def data():
    return load("digits", validation_fraction=CONFIG.validation_fraction)


def particulars(data, start=None, **changes):
    model = build_model(CONFIG, data.image_shape, data.class_names)
    return Particulars(CONFIG, Portions(data), model, choose_place(CONFIG), start or Start(), **changes)


def test_the_world_is_told_what_the_record_says(data, tmp_path):
    made = particulars(data)
    started, record = made.started(tmp_path, steps_per_epoch=7), made.record()
    assert (started.run, started.epochs, started.steps_per_epoch) == (tmp_path, 3, 7)
    for name in ("device", "precision", "parameters", "train_images", "validation_images", "loss_unit"):
        assert getattr(started, name) == record[name], name
    assert started.class_names == tuple(record["class_names"])
    assert started.parameters == sum(each.numel() for each in made.model.parameters())
    assert (started.train_images, started.validation_images) == (1078, 360)


def test_the_pictures_that_every_view_shows_come_with_the_start(data, tmp_path):
    started = particulars(data).started(tmp_path, 7)
    assert started.probes.shape == (PROBES, 8, 8)
    assert len(started.sample_labels) == len(started.sample_images) == 360  # all there are, where fewer than it holds
    np.testing.assert_array_equal(started.sample_images[:PROBES], started.probes)


def test_a_run_that_goes_on_says_from_where(data, tmp_path):
    first = particulars(data).started(tmp_path, 7)
    later = particulars(data, Start(2, checkpoint=tmp_path / "last.ckpt")).started(tmp_path, 7)
    assert (first.first_epoch, first.goes_on) == (0, False)
    assert (later.first_epoch, later.goes_on) == (2, True)


def test_the_record_tells_of_the_versions_and_of_a_model_in_a_file(data):
    import torch

    record = particulars(data, model_sha256="abc").record()
    assert record["model_sha256"] == "abc"
    assert record["versions"]["torch"] == torch.__version__
    assert "ae-studio" in record["versions"]
    assert "model_sha256" not in particulars(data).record()
