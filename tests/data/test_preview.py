from __future__ import annotations

import pickle

import numpy as np
import pytest

from ae_studio.data.images import load
from ae_studio.data.preview import preview


def test_the_counts_are_those_of_each_class_in_each_part():
    data = load("digits", validation_fraction=0.25)
    seen = preview(data)
    assert seen.train_counts.sum() == len(data.train)
    assert (seen.train_counts + seen.validation_counts + seen.test_counts).tolist() == np.bincount(data.labels).tolist()
    assert seen.test_counts[3] == (data.labels[data.test] == 3).sum()


def test_each_row_of_samples_shows_training_images_of_its_class():
    data = load("digits")
    seen = preview(data, per_class=5)
    assert (seen.samples.shape, seen.samples.dtype) == ((10, 5, 8, 8), np.uint8)
    for label, row in enumerate(seen.samples):
        own = data.images[data.train[data.labels[data.train] == label], 0]
        assert all((own == image).all(axis=(1, 2)).any() for image in row)
        assert len(np.unique(row, axis=0)) == 5


def test_the_same_data_give_the_same_picture():
    assert np.array_equal(preview(load("digits")).samples, preview(load("digits")).samples)


def test_pixels_shape_and_memory_are_reported():
    seen = preview(load("digits"))
    assert (seen.darkest, seen.brightest, seen.image_shape, seen.memory) == (0, 255, (1, 8, 8), 1797 * 64)
    assert seen.mean == pytest.approx(77.85, abs=0.01)
    assert (seen.name, seen.class_names) == ("digits", tuple("0123456789"))


def test_a_rare_class_ends_in_empty_images(tiny, tmp_path):
    tiny.put(tmp_path, tiny.files())
    samples = preview(load(tiny.data(), tmp_path), per_class=20).samples
    assert (samples[:, :9].max(axis=(2, 3)) == 255).all()
    assert not samples[:, 10:].any()


def test_colour_samples_have_their_channels_last(tiny, tmp_path):
    pixels = np.zeros((12, 3, 32, 32), np.uint8)
    pixels[:, 1] = 200  # green
    batch = pickle.dumps({"data": pixels.reshape(12, -1), "labels": [0, 1, 2] * 4}, protocol=2)
    tiny.put(tmp_path, {"train": batch, "test": batch})
    colour = tiny.data(reader="cifar", train=("train",), test=("test",), image_shape=(3, 32, 32), first_label=0)
    samples = preview(load(colour, tmp_path), per_class=2).samples
    assert samples.shape == (3, 2, 32, 32, 3)
    assert samples[0, 0, 0, 0].tolist() == [0, 200, 0]


def test_arrays_are_read_only():
    seen = preview(load("digits"))
    for array in (seen.samples, seen.train_counts, seen.validation_counts, seen.test_counts):
        assert not array.flags.writeable
