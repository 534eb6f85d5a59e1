import numpy as np
import pytest
import torch

from ae_studio.data.images import load
from ae_studio.data.share import Share
from ae_studio.training import portions
from ae_studio.training.portions import PROBES, SAMPLE_SIZE, Portions

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def data():
    return load("digits")


@pytest.fixture
def made(data):
    return Portions(data)


def test_the_sample_and_the_probes_are_the_first_images_of_the_validation(made, data):
    count = min(SAMPLE_SIZE, len(data.validation))
    np.testing.assert_array_equal(made.sample_images, data.images[data.validation[:count], 0])
    np.testing.assert_array_equal(made.sample_labels, data.labels[data.validation[:count]])
    np.testing.assert_array_equal(made.probe_images, data.images[data.validation[:PROBES], 0])


def test_what_is_watched_is_what_is_shown(made, data):
    watched = made.watched(made.on(CPU))
    images, labels = watched.sample
    np.testing.assert_array_equal(images[:, 0].numpy(), made.sample_images)
    np.testing.assert_array_equal(labels.numpy(), made.sample_labels)
    images, labels = watched.probes
    np.testing.assert_array_equal(images[:, 0].numpy(), watched.probe_images)
    np.testing.assert_array_equal(labels.numpy(), data.labels[data.validation[:PROBES]])


def test_a_model_starts_from_training_images_only(made, data, monkeypatch):
    monkeypatch.setattr(portions, "FIRST_IMAGES", 30)
    first = made.first_images()
    assert first.shape == (30, 1, 8, 8)
    np.testing.assert_allclose(255 * first.numpy(), data.images[data.train[:30]], atol=1e-4)
    np.testing.assert_array_equal(made.first_labels().numpy(), data.labels[data.train[:30]])


def test_an_epoch_takes_every_training_image_once(made, data):
    train = made.train_batches(made.on(CPU), 100, 0, Share())
    images = [row for armful in train for chunk, _, _ in armful for row in chunk.flatten(1).tolist()]
    expected = data.images[data.train].reshape(len(data.train), -1).tolist()
    assert sorted(images) == sorted(expected)


def test_several_processes_take_one_batch_at_a_time_and_each_its_part(made, data):
    source = made.on(CPU)
    parts = [[list(armful) for armful in made.train_batches(source, 100, 0, Share(rank, 2))] for rank in (0, 1)]
    assert all(len(armful) == 1 for part in parts for armful in part)
    taken = sum(len(chunk) for part in parts for armful in part for chunk, _, _ in armful)
    assert taken == len(data.train)
    whole = sum(len(images) for images, *_ in made.validation_batches(source, Share()))
    halves = sum(len(images) for rank in (0, 1) for images, *_ in made.validation_batches(source, Share(rank, 2)))
    assert whole == halves == len(data.validation)
