import numpy as np
import pytest
import torch

from ae_studio.data.batches import EvaluationBatches, SharedEvaluationBatches, TrainBatches, as_tensor, place
from ae_studio.data.pinned import PinnedBatches
from ae_studio.data.share import Share


@pytest.fixture
def images():
    return torch.arange(100, dtype=torch.uint8).reshape(100, 1, 1, 1)


LABELS = np.arange(100) * 2
"""Of an image of value v: 2 v."""


def values(batches):
    return [batch.flatten().tolist() for batch in batches]


def trained_on(batches):
    """The images of each chunk; alone, a process takes all that there are."""
    chunks = [chunk for armful in batches for chunk in armful]
    assert [len(images) for images, _, _ in chunks] == [total for _, _, total in chunks]
    assert all(torch.equal(2 * images.flatten().long(), labels) for images, labels, _ in chunks)
    return values(images for images, _, _ in chunks)


def test_an_epoch_holds_every_training_image_once(images):
    batches = TrainBatches(images, LABELS, np.arange(10, 60), batch_size=4, seed=0, chunk=3)
    chunks = trained_on(batches)
    assert [len(chunk) for chunk in chunks] == [12, 12, 12, 12, 2]
    assert len(batches) == 5
    assert sorted(value for chunk in chunks for value in chunk) == list(range(10, 60))


def test_an_armful_holds_several_chunks(images):
    batches = TrainBatches(images, LABELS, np.arange(10, 60), batch_size=4, seed=0, chunk=3, armful=2)
    assert len(batches) == len(list(batches)) == 3
    assert [[total for _, _, total in armful] for armful in batches] == [[12, 12], [12, 12], [2]]
    one_by_one = TrainBatches(images, LABELS, np.arange(10, 60), batch_size=4, seed=0, chunk=3)
    assert trained_on(batches) == trained_on(one_by_one)


def test_the_order_follows_from_seed_and_epoch_alone(images):
    def order(seed, epoch):
        batches = TrainBatches(images, LABELS, np.arange(50), batch_size=50, seed=seed, chunk=1)
        batches.epoch = epoch
        return trained_on(batches)[0]

    assert order(0, 3) == order(0, 3)
    assert order(0, 3) != order(0, 4)
    assert order(0, 3) != order(1, 3)


def test_the_order_takes_nothing_from_the_runs_random_stream(images):
    before = torch.get_rng_state()
    trained_on(TrainBatches(images, LABELS, np.arange(50), batch_size=50, seed=0, chunk=1))
    assert torch.equal(torch.get_rng_state(), before)


def test_evaluation_keeps_the_order(images):
    batches = EvaluationBatches(images, LABELS, np.array([3, 1, 4, 15, 9]), batch_size=2)
    assert values(images for images, _ in batches) == [[3, 1], [4, 15], [9]]
    assert values(labels for _, labels in batches) == [[6, 2], [8, 30], [18]]
    assert len(batches) == 3


def test_read_only_images_become_a_tensor_without_a_copy():
    images = np.zeros((3, 1, 2, 2), dtype=np.uint8)
    images.flags.writeable = False
    tensor = as_tensor(images)
    assert tensor.data_ptr() == images.ctypes.data
    assert place(tensor, torch.device("cpu")).data_ptr() == images.ctypes.data


def test_images_that_a_gpu_has_no_room_for_stay_where_they_are(images, monkeypatch):
    """Their batches are pinned, which needs a GPU: see tests/training/test_gpu.py."""
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (images.nbytes, images.nbytes))
    placed = place(images, torch.device("cuda"))
    assert isinstance(placed, PinnedBatches)
    assert placed.device == torch.device("cpu")


@pytest.mark.parametrize("ranks", [2, 3, 5])
def test_the_shares_of_all_processes_are_every_batch_of_one(ranks):
    images = torch.arange(50, dtype=torch.uint8).view(-1, 1, 1, 1)

    def taken(share):
        return [chunk for armful in TrainBatches(images, LABELS, np.arange(50), 15, 0, 2, share) for chunk in armful]

    alone = trained_on([taken(Share())])
    parts = [taken(Share(rank, ranks)) for rank in range(ranks)]
    for chunk, of_all in zip(alone, zip(*parts, strict=True), strict=True):
        assert sorted(chunk) == sorted(value for images, _, _ in of_all for value in images.flatten().tolist())
        assert {total for _, _, total in of_all} == {len(chunk)}


def test_validation_is_shared_without_overlap(images):
    parts = [SharedEvaluationBatches(images, LABELS, np.arange(7), 3, Share(rank, 2)) for rank in range(2)]
    assert [values(batch for batch, _, _ in part) for part in parts] == [[[0], [3], [6]], [[1, 2], [4, 5], [6]]]
    assert Share(0, 2).part(1).images == 0, "the last image counts for the second process only"
