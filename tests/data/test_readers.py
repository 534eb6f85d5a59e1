from __future__ import annotations

import bz2
import gzip
import pickle

import numpy as np
import pytest

from ae_studio.data import readers
from ae_studio.data.catalog import dataset
from ae_studio.data.dataset import DamagedFileError
from ae_studio.data.readers import read


def test_digits_are_scikit_learns_scaled_to_full_ink(tmp_path):
    from sklearn.datasets import load_digits

    raw, original = read(dataset("digits"), tmp_path), load_digits()
    assert np.array_equal(raw.images[:, 0], np.rint(original.images * 255 / 16))
    assert np.array_equal(raw.labels, original.target)
    assert raw.train is None


def test_digits_are_read_without_scikit_learns_file_too(tmp_path, monkeypatch):
    direct = read(dataset("digits"), tmp_path)
    monkeypatch.setattr(readers.importlib.util, "find_spec", lambda name: None)
    through = read(dataset("digits"), tmp_path)
    assert np.array_equal(direct.images, through.images)
    assert np.array_equal(direct.labels, through.labels)


@pytest.mark.parametrize("pack", [False, True], ids=["plain", "gzipped"])
def test_idx_files_become_one_array_training_part_first(tiny, tmp_path, pack):
    files = tiny.files()
    tiny.put(tmp_path, {f"{path}.gz": gzip.compress(c) for path, c in files.items()} if pack else files)
    raw = read(tiny.data(), tmp_path)
    assert (raw.images.shape, raw.images.dtype, raw.train) == ((39, 1, 4, 4), np.uint8, 30)
    assert raw.images[[0, 29, 30, 38], 0, 3, 3].tolist() == [0, 29, 0, 8]
    assert raw.labels[:4].tolist() == [0, 1, 2, 0]


def test_transposed_images_are_turned_upright(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "TURN", 4)  # several chunks, the last one shorter
    tiny.put(tmp_path, tiny.files())
    upright = read(tiny.data(), tmp_path).images
    turned = read(tiny.data(transposed=True), tmp_path).images
    assert np.array_equal(turned, upright.swapaxes(2, 3))
    assert not np.array_equal(turned, upright)
    assert turned.flags.c_contiguous


def test_as_many_labels_as_images_are_demanded(tiny, tmp_path):
    files = tiny.files()
    files["Tiny/raw/test-labels"] = tiny.idx(np.ones(8, np.uint8))
    tiny.put(tmp_path, files)
    with pytest.raises(DamagedFileError, match="test-images holds 9 images, but test-labels 8 labels"):
        read(tiny.data(), tmp_path)


def test_images_of_another_size_are_refused(tiny, tmp_path):
    tiny.put(tmp_path, tiny.files())
    with pytest.raises(DamagedFileError, match="holds images of 4×4 pixels, those of Tiny are 28×28"):
        read(tiny.data(image_shape=(1, 28, 28)), tmp_path)


def test_usps_labels_begin_at_0(tmp_path):
    pixels = " ".join(f"{i}:1" for i in range(1, 257))
    for name, label in (("usps.bz2", 10), ("usps.t.bz2", 1)):
        (tmp_path / name).write_bytes(bz2.compress(f"{label} {pixels}\n".encode()))
    raw = read(dataset("usps"), tmp_path)
    assert (raw.images.shape, raw.labels.tolist(), raw.train) == ((2, 1, 16, 16), [9, 0], 1)


def test_cifar_batches_are_put_behind_each_other(tiny, tmp_path):
    names = ("c/1", "c/2", "c/test")
    for value, name in enumerate(names):
        batch = {"data": np.full((2, 3072), value, np.uint8), "labels": [value, 5]}
        tiny.put(tmp_path, {name: pickle.dumps(batch, protocol=2)})
    raw = read(
        tiny.data(reader="cifar", train=names[:2], test=names[2:], image_shape=(3, 32, 32), first_label=0), tmp_path
    )
    assert raw.images[:, 2, 31, 31].tolist() == [0, 0, 1, 1, 2, 2]
    assert (raw.labels.tolist(), raw.train) == ([0, 5, 1, 5, 2, 5], 4)


def test_cifar_batches_are_held_against_the_catalogs_checksums(tiny, tmp_path):
    files = dataset("cifar10").files
    tiny.put(tmp_path, {path: pickle.dumps({"data": [], "labels": []}) for path in files})
    with pytest.raises(DamagedFileError, match="data_batch_1 is damaged or not the original"):
        read(dataset("cifar10"), tmp_path)
