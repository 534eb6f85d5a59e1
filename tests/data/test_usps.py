from __future__ import annotations

import bz2

import numpy as np
import pytest

from ae_studio.data.dataset import DamagedFileError, DataError
from ae_studio.data.usps import read_usps


def line(label, values):
    return f"{label} " + " ".join(f"{i}:{value:g}" for i, value in enumerate(values, start=1)) + " \n"


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "usps.bz2"
        path.write_bytes(bz2.compress(text.encode()))
        return path

    return written


def test_values_from_minus_one_to_one_become_pixels_from_0_to_255(write):
    values = np.linspace(-1, 1, 256)
    images, labels = read_usps(write(line(10, values) + line(1, -values)))
    assert (images.shape, images.dtype) == ((2, 16, 16), np.uint8)
    assert labels.tolist() == [10, 1]
    assert (images[0, 0, 0], images[0, 15, 15], images[1, 0, 0]) == (0, 255, 255)
    expected = ((np.float32(values) + 1) / 2 * 255).astype(np.uint8)
    assert np.abs(images[0].ravel().astype(int) - expected).max() <= 1


@pytest.mark.parametrize(
    "bad",
    [
        line(1, [0] * 255),
        line(1, [0] * 257),
        line("x", [0] * 256),
        line(1, [0] * 255 + [1.5]),
        line(1, [0] * 255 + [float("nan")]),
        line(1, [0] * 256).replace("7:0", "8:0", 1),
        "\n",
        "1 " + "1:0 " * 100_000,
    ],
    ids=["short", "long", "label", "range", "nan", "order", "blank", "endless"],
)
def test_a_bad_line_is_named_with_what_it_should_be(write, bad):
    with pytest.raises(DamagedFileError, match="line 2: should be a label and 256 pairs"):
        read_usps(write(line(1, [0] * 256) + bad))


def test_a_truncated_file_and_one_that_is_no_bzip2_are_damaged(write):
    path = write(line(1, [0] * 256) * 40)
    whole = path.read_bytes()
    for broken in (whole[:-8], b"<html>please log in"):
        path.write_bytes(broken)
        with pytest.raises(DamagedFileError, match="not a whole bzip2 file"):
            read_usps(path)


def test_an_empty_file_is_damaged(write):
    with pytest.raises(DamagedFileError, match="is empty"):
        read_usps(write(""))


def test_a_file_that_cannot_be_opened_is_not_called_damaged(tmp_path):
    with pytest.raises(DataError, match="cannot be read: No such file") as error:
        read_usps(tmp_path / "usps.bz2")
    assert not isinstance(error.value, DamagedFileError)
