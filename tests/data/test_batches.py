import numpy as np
import pytest
import torch

from ae_studio.data.batches import EvaluationBatches, TrainBatches, as_tensor, place


@pytest.fixture
def images():
    return torch.arange(100, dtype=torch.uint8).reshape(100, 1, 1, 1)


def values(batches):
    return [batch.flatten().tolist() for batch in batches]


def test_an_epoch_holds_every_training_image_once(images):
    batches = TrainBatches(images, np.arange(10, 60), batch_size=4, seed=0, chunk=3)
    chunks = values(batches)
    assert [len(chunk) for chunk in chunks] == [12, 12, 12, 12, 2]
    assert len(batches) == 5
    assert sorted(value for chunk in chunks for value in chunk) == list(range(10, 60))


def test_the_order_follows_from_seed_and_epoch_alone(images):
    def order(seed, epoch):
        batches = TrainBatches(images, np.arange(50), batch_size=50, seed=seed, chunk=1)
        batches.epoch = epoch
        return values(batches)[0]

    assert order(0, 3) == order(0, 3)
    assert order(0, 3) != order(0, 4)
    assert order(0, 3) != order(1, 3)


def test_the_order_takes_nothing_from_the_runs_random_stream(images):
    before = torch.get_rng_state()
    values(TrainBatches(images, np.arange(50), batch_size=50, seed=0, chunk=1))
    assert torch.equal(torch.get_rng_state(), before)


def test_evaluation_keeps_the_order(images):
    batches = EvaluationBatches(images, np.array([3, 1, 4, 15, 9]), batch_size=2)
    assert values(batches) == [[3, 1], [4, 15], [9]]
    assert len(batches) == 3


def test_read_only_images_become_a_tensor_without_a_copy():
    images = np.zeros((3, 1, 2, 2), dtype=np.uint8)
    images.flags.writeable = False
    tensor = as_tensor(images)
    assert tensor.data_ptr() == images.ctypes.data
    assert place(tensor, torch.device("cpu")).data_ptr() == images.ctypes.data
