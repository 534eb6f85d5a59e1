"""Images of one's own, in memory and mapped from their file."""

import numpy as np
import pytest
import torch

from ae_studio.data import npy
from ae_studio.data.batches import source
from ae_studio.data.catalog import dataset
from ae_studio.data.dataset import DataError
from ae_studio.data.images import load
from ae_studio.data.npy import read_npy
from ae_studio.data.preview import preview
from ae_studio.events import EpochDone, StepsDone
from ae_studio.runs.evaluate import evaluate
from ae_studio.runs.recorded import RecordedRun
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

SMALL = {"epochs": 2, "batch_size": 32, "validation_fraction": 0.25, "device": "cpu", "settings": {"hidden": "16"}}


@pytest.fixture
def mapped(monkeypatch):
    """Every file is too large for the memory."""
    monkeypatch.setattr(npy, "MAX_IN_MEMORY", 0)


@pytest.fixture
def digits(tmp_path):
    """The embedded digits as a file of one's own."""
    data = load("digits")
    np.save(tmp_path / "own.npy", data.images[:, 0])
    np.save(tmp_path / "own.labels.npy", data.labels.astype(np.uint8))
    return tmp_path / "own.npy"


def colours(count=40):
    return np.random.default_rng(0).integers(0, 256, (count, 3, 5, 4), np.uint8)


def saved(tmp_path, images, name="images.npy"):
    np.save(tmp_path / name, images)
    return tmp_path / name


@pytest.mark.parametrize("limit", [0, 1 << 20])
def test_grey_and_colour_in_either_order_come_out_channels_first(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(npy, "MAX_IN_MEMORY", limit)
    images = colours()
    for file, right in (
        (images[:, 0], images[:, :1]),
        (images[:, :1], images[:, :1]),
        (images, images),
        (np.ascontiguousarray(images.transpose(0, 2, 3, 1)), images),
    ):
        found, _, names = read_npy(saved(tmp_path, file))
        np.testing.assert_array_equal(found, right)
        assert isinstance(found, np.memmap) == (limit == 0)
        assert names == ("images",)
        chosen = torch.tensor([7, 3, 3, 39])
        gathered = source(found, torch.device("cpu")).index_select(0, chosen)
        assert gathered.is_contiguous()
        np.testing.assert_array_equal(gathered.numpy(), right[chosen])


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (np.zeros((4, 5, 5), np.float32), "holds float32, right would be uint8"),
        (np.zeros((4, 5), np.uint8), r"has the shape \(4, 5\), right would be \(n, H, W\)"),
        (np.zeros((4, 2, 5, 5), np.uint8), r"has the shape \(4, 2, 5, 5\), right would be"),
        (np.zeros((0, 5, 5), np.uint8), "holds no images"),
        (np.asfortranarray(np.zeros((4, 5, 6), np.uint8)), "Fortran order"),
        (np.array([{"a": 1}], dtype=object), "not a whole .npy file of numbers"),
    ],
)
def test_an_array_that_is_no_images_is_refused(tmp_path, images, message):
    with pytest.raises(DataError, match=message):
        load(str(saved(tmp_path, images)))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (np.zeros(39, int), r"has the shape \(39,\), right would be \(40,\)"),
        (np.zeros(40), "holds float64, right would be whole numbers"),
        (np.arange(40) - 1, "holds labels from -1 to 38, right would be 0 to 999"),
        (np.array([None] * 40, dtype=object), "not a whole .npy file of numbers"),
    ],
)
def test_labels_that_do_not_fit_are_refused(tmp_path, labels, message):
    path = saved(tmp_path, colours())
    saved(tmp_path, labels, "images_labels.npy")
    with pytest.raises(DataError, match=f"images_labels.npy.*{message}"):
        load(str(path))


def test_a_file_that_is_cut_short_is_refused(tmp_path):
    path = saved(tmp_path, colours())
    for content in (path.read_bytes()[:-1], b"not numpy's", b""):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"images.npy is not a whole .npy file"):
            load(str(path))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(DataError, match=r"gone\.npy is not there: it should be a \.npy file of images"):
        load(str(tmp_path / "gone.npy"))


def test_a_run_keeps_the_whole_path(digits, monkeypatch):
    monkeypatch.chdir(digits.parent)
    assert complete({"data": "own.npy"}).data == str(digits)
    assert dataset("own.npy").title == "own"


def test_a_mapped_run_is_the_run_in_memory_bit_for_bit(tmp_path, digits, mapped):
    assert isinstance(load(str(digits)).images, np.memmap)
    found = {}
    for data in ("digits", str(digits)):
        events = []
        folder = tmp_path / f"run-{len(found)}"
        train(complete({**SMALL, "data": data}), events.append, out=folder)
        steps = np.concatenate([event.terms["loss"] for event in events if isinstance(event, StepsDone)]).tolist()
        epochs = [(event.train, event.validation) for event in events if isinstance(event, EpochDone)]
        measured = evaluate(RecordedRun(folder), names=("mse_per_pixel", "nats_per_image", "trustworthiness"))
        found[data] = (steps, epochs, measured["metrics"])
    assert len(found["digits"][1]) == 3
    assert found[str(digits)] == found["digits"]


def test_a_preview_of_a_map_looks_at_some_of_its_pixels(digits, mapped):
    shown, whole = preview(load(str(digits))), preview(load("digits"))
    np.testing.assert_array_equal(shown.samples, whole.samples)
    assert (shown.darkest, shown.brightest, shown.mean) == (whole.darkest, whole.brightest, whole.mean)
