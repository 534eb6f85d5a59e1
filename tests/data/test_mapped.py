"""Images that stay in their file."""

import os

import numpy as np
import pytest
import torch

from ae_studio.data.dataset import DataError
from ae_studio.data.mapped import MappedImages

IMAGES = np.random.default_rng(0).integers(0, 256, (40, 3, 5, 4), np.uint8)


@pytest.fixture(params=["channels first", "channels last"])
def mapped(request, tmp_path):
    """The images (n, C, H, W), whichever way they lie in their file."""
    last = request.param == "channels last"
    np.save(tmp_path / "images.npy", np.ascontiguousarray(IMAGES.transpose(0, 2, 3, 1)) if last else IMAGES)
    found = np.load(tmp_path / "images.npy", mmap_mode="r")
    return found.transpose(0, 3, 1, 2) if last else found


def test_chosen_images_are_gathered_in_the_order_that_was_asked_for(mapped):
    chosen = torch.tensor([7, 3, 3, 39])
    gathered = MappedImages(mapped).index_select(0, chosen)
    assert gathered.is_contiguous()
    np.testing.assert_array_equal(gathered.numpy(), IMAGES[chosen])


def test_a_system_without_pread_gathers_from_the_map(mapped, monkeypatch):
    monkeypatch.delattr("os.pread", raising=False)
    gathered = MappedImages(mapped).index_select(0, torch.arange(39, -1, -1))
    np.testing.assert_array_equal(gathered.numpy(), IMAGES[::-1])


def test_pinned_batches_are_the_same_images(mapped, monkeypatch):
    """Ordinary memory stands in for pinned, which needs a GPU."""
    asked = []
    monkeypatch.setattr(
        "ae_studio.data.mapped.pinned", lambda shape: asked.append(shape) or torch.empty(shape, dtype=torch.uint8)
    )
    chosen = torch.tensor([7, 3, 3, 39])
    gathered = MappedImages(mapped, pinned=True).index_select(0, chosen)
    assert [tuple(shape) for shape in asked] == [(4, 3, 5, 4)]
    assert gathered.is_contiguous()
    np.testing.assert_array_equal(gathered.numpy(), IMAGES[chosen])


@pytest.mark.skipif(not hasattr(os, "pread"), reason="a mapped file cannot be cut on Windows")
def test_a_file_that_is_cut_while_it_is_read_is_an_error(mapped):
    images = MappedImages(mapped)
    os.truncate(mapped.filename, 200)
    with pytest.raises(DataError, match="has become shorter while it was read"):
        images.index_select(0, torch.arange(40))
