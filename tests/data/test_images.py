from __future__ import annotations

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from ae_studio.config import ConfigError
from ae_studio.data.dataset import DamagedFileError, DataError
from ae_studio.data.images import load


def parts(data):
    return data.train, data.validation, data.test


def test_digits_need_neither_files_nor_a_network(tmp_path):
    data = load("digits", root=tmp_path / "nowhere", validation_fraction=0.25)
    assert (data.images.shape, data.images.dtype, data.image_shape) == ((1797, 1, 8, 8), np.uint8, (1, 8, 8))
    assert [len(part) for part in parts(data)] == [1078, 360, 359]
    assert data.class_names == tuple("0123456789")


@pytest.mark.parametrize("fraction", [0.05, 0.25, 0.5])
def test_the_three_parts_hold_every_image_once(fraction):
    data = load("digits", validation_fraction=fraction)
    assert np.array_equal(np.sort(np.concatenate(parts(data))), np.arange(1797))
    assert all(part.dtype == np.int64 for part in parts(data))


def test_every_part_of_the_digits_is_balanced():
    data = load("digits", validation_fraction=0.25)
    whole = np.bincount(data.labels) / len(data.labels)
    for part in parts(data):
        share = np.bincount(data.labels[part]) / len(part)
        assert np.abs(share - whole).max() < 0.004


def test_the_test_part_does_not_depend_on_the_validation_share():
    assert np.array_equal(load("digits", validation_fraction=0.1).test, load("digits", validation_fraction=0.5).test)


def test_loading_twice_gives_the_same_split_whatever_the_global_seed():
    np.random.seed(1)
    first = load("digits")
    np.random.seed(2)
    for one, other in zip(parts(first), parts(load("digits")), strict=True):
        assert np.array_equal(one, other)


def test_arrays_are_read_only_and_contiguous():
    data = load("digits")
    for array in (data.images, data.labels, *parts(data)):
        assert array.flags.c_contiguous
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_an_official_test_part_stays_the_test_part(tiny, tmp_path):
    tiny.put(tmp_path, tiny.files())
    data = load(tiny.data(), tmp_path, validation_fraction=0.2)
    assert data.test.tolist() == list(range(30, 39))
    assert np.bincount(data.labels[data.validation]).tolist() == [2, 2, 2]


def test_a_data_set_that_is_not_there_says_how_to_get_it(tmp_path):
    with pytest.raises(DataError) as error:
        load("mnist", tmp_path)
    assert str(error.value) == (
        f"MNIST is not on this machine: {tmp_path / 'MNIST/raw/train-images-idx3-ubyte'} is missing (and 3 more). "
        "Press Download beside the data set, or run: ae-studio data mnist"
    )


def test_the_environment_says_where_data_sets_live(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path / "here"))
    with pytest.raises(DataError, match="here"):
        load("mnist")


def test_a_damaged_file_says_what_to_do(tiny, tmp_path):
    files = tiny.files()
    files["Tiny/raw/train-images"] = files["Tiny/raw/train-images"][:-1]
    tiny.put(tmp_path, files)
    with pytest.raises(
        DamagedFileError, match=r"train-images is cut short.*\. Delete it and download again: ae-studio"
    ):
        load(tiny.data(), tmp_path)


def test_a_label_that_is_no_class_is_refused(tiny, tmp_path):
    tiny.put(tmp_path, tiny.files())
    with pytest.raises(DamagedFileError, match="a label is 3, right are 1 to 2"):
        load(tiny.data(class_names=("a", "b")), tmp_path)
    with pytest.raises(DamagedFileError, match="a label is 1, right are 2 to 4"):
        load(tiny.data(first_label=2), tmp_path)


def test_too_few_images_to_part_are_refused(tiny, tmp_path):
    files = tiny.files()
    files["Tiny/raw/test-images"] = tiny.idx(np.zeros((0, 4, 4), np.uint8))
    files["Tiny/raw/test-labels"] = tiny.idx(np.zeros(0, np.uint8))
    tiny.put(tmp_path, files)
    with pytest.raises(DataError, match="too few images to part: 27 to train, 3 to validate and 0 to test"):
        load(tiny.data(), tmp_path)


@pytest.mark.parametrize("fraction", [0, 1, -0.1, float("nan")])
def test_a_fraction_outside_0_to_1_is_refused(fraction):
    with pytest.raises(ConfigError, match="validation_fraction must be above 0 and below 1"):
        load("digits", validation_fraction=fraction)


def test_an_unknown_data_set_is_refused_with_the_known_ones():
    with pytest.raises(ConfigError, match="unknown data set 'digit': did you mean 'digits'"):
        load("digit")


def test_real_mnist_is_read_whole(mnist_root):
    data = load("mnist", mnist_root)
    assert [len(part) for part in parts(data)] == [54_000, 6_000, 10_000]
    assert data.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert data.labels[60_000:60_005].tolist() == [7, 2, 1, 0, 4]
    assert data.images[:60_000].mean() / 255 == pytest.approx(0.1307, abs=1e-4)
    assert np.bincount(data.labels[data.validation]).min() > 500


def test_real_mnist_is_in_memory_once_even_while_it_loads(mnist_root):
    tracemalloc.start()
    data = load("mnist", mnist_root)
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert now < data.images.nbytes + 3e6
    assert peak < data.images.nbytes + 6e6


def test_loading_the_digits_imports_neither_torch_nor_scikit_learn():
    code = (
        "import sys; from ae_studio.data.images import load; load('digits'); "
        "print({'torch', 'sklearn'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
