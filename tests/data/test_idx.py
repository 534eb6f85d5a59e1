from __future__ import annotations

import gzip
import tracemalloc

import numpy as np
import pytest

from ae_studio.data.dataset import DamagedFileError, DataError
from ae_studio.data.idx import idx_shape, read_idx

IMAGES = np.arange(5 * 3 * 4, dtype=np.uint8).reshape(5, 3, 4)
PROMISES_4_GB = bytes([0, 0, 8, 3]) + b"\xff\xff\xff\xff" + b"\0\0\0\x01" * 2


@pytest.fixture(params=["plain", "gzipped"])
def write(request, tmp_path):
    """Writes these bytes as an IDX file, plain or gzipped; returns its path."""

    def written(content):
        path = tmp_path / ("file" if request.param == "plain" else "file.gz")
        path.write_bytes(content if request.param == "plain" else gzip.compress(content))
        return path

    return written


def test_images_and_labels_are_read_as_they_were_written(tiny, write):
    assert np.array_equal(read_idx(write(tiny.idx(IMAGES)), dims=3), IMAGES)
    assert np.array_equal(read_idx(write(tiny.idx(IMAGES[:, 0, 0])), dims=1), IMAGES[:, 0, 0])


def test_a_file_without_images_is_an_empty_array(tiny, write):
    assert read_idx(write(tiny.idx(IMAGES[:0])), dims=3).shape == (0, 3, 4)


def test_a_truncated_file_says_what_was_promised_and_what_is_there(tiny, write):
    path = write(tiny.idx(IMAGES)[:-7])
    with pytest.raises(DamagedFileError, match=r"cut short: its header promises 60 bytes of 5 × 3 × 4, it holds 53"):
        read_idx(path, dims=3)


def test_a_file_shorter_than_its_header_is_cut_short(tiny, write):
    for length in (0, 3, 9):
        with pytest.raises(DamagedFileError, match=rf"cut short: {length} bytes, and the header alone has 16"):
            read_idx(write(tiny.idx(IMAGES)[:length]), dims=3)


def test_trailing_bytes_are_refused(tiny, write):
    with pytest.raises(DamagedFileError, match="bytes left over: its header says 60 bytes"):
        read_idx(write(tiny.idx(IMAGES) + b"!"), dims=3)


def test_a_wrong_magic_is_named_beside_the_right_one(tiny, write):
    labels = write(tiny.idx(IMAGES[:, 0, 0]))
    with pytest.raises(DamagedFileError, match=r"2049 \(00 00 08 01\), right would be 2051 \(00 00 08 03\)"):
        read_idx(labels, dims=3)
    with pytest.raises(DamagedFileError, match=r"60 104 116 109|3c 68 74 6d"):
        read_idx(write(b"<html>please log in"), dims=1)


def test_a_header_that_promises_gigabytes_costs_no_memory(write):
    path = write(PROMISES_4_GB + bytes(1000))
    tracemalloc.start()
    with pytest.raises(DamagedFileError, match=r"promises 4,294,967,295 bytes .* it holds 1,000"):
        read_idx(path, dims=3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_gzip_bomb_is_read_no_further_than_its_header_says(tiny, tmp_path):
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(tiny.idx(IMAGES) + bytes(30_000_000), compresslevel=1))
    tracemalloc.start()
    with pytest.raises(DamagedFileError, match="bytes left over"):
        idx_shape(path, dims=3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_broken_gzip_file_is_named(tiny, tmp_path):
    path = tmp_path / "images.gz"
    whole = gzip.compress(tiny.idx(IMAGES))
    for broken in (whole[:-9], whole[:20] + b"\0" * 20 + whole[40:], tiny.idx(IMAGES)):
        path.write_bytes(broken)
        with pytest.raises(DamagedFileError, match=r"images\.gz is not a whole gzip file"):
            read_idx(path, dims=3)


def test_a_file_that_cannot_be_opened_is_not_called_damaged(tmp_path):
    with pytest.raises(DataError, match="cannot be read: No such file") as error:
        read_idx(tmp_path / "nothing", dims=3)
    assert not isinstance(error.value, DamagedFileError)
