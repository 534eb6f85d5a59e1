"""Batches in pinned memory. That needs a GPU (see tests/training/test_gpu.py): here ordinary memory stands in."""

import pytest
import torch

from ae_studio.data import pinned
from ae_studio.data.pinned import PinnedBatches


@pytest.fixture
def made(monkeypatch):
    """What was asked for as pinned memory."""
    buffers = []

    def ordinary(shape, *, dtype, pin_memory):
        assert pin_memory
        buffers.append(torch.full(shape, 77, dtype=dtype))
        return buffers[-1]

    monkeypatch.setattr(pinned.torch, "empty", ordinary)
    return buffers


def test_images_are_gathered_in_order_into_pinned_memory(made):
    images = torch.arange(40, dtype=torch.uint8).reshape(10, 1, 2, 2)
    chosen = torch.tensor([7, 3, 3, 9])
    gathered = PinnedBatches(images).index_select(0, chosen)
    assert gathered is made[0]
    assert torch.equal(gathered, images[chosen])


def test_every_batch_has_memory_of_its_own(made):
    """The one before may still be on its way to the device."""
    images = PinnedBatches(torch.arange(4, dtype=torch.uint8).reshape(4, 1, 1, 1))
    first, second = (images.index_select(0, torch.tensor([number])) for number in (1, 2))
    assert first.data_ptr() != second.data_ptr()
    assert first.item() == 1
