"""Which part of a batch a process takes; how batches are made of that is in test_batches."""

import torch

from ae_studio.data.share import Share


def test_a_process_without_an_image_takes_one_without_weight():
    parts = [Share(rank, 5).part(3) for rank in range(5)]
    assert sum(part.images for part in parts) == 3
    assert all(part.stop - part.start == 1 for part in parts)
    assert [part.images for part in parts].count(0) == 2


def test_a_process_alone_takes_everything():
    indices = torch.arange(5)
    assert Share().of(indices, 2) is indices
    assert Share().part(7).images == 7
