from __future__ import annotations

from ae_studio.data.dataset import find_file, missing_files


def test_missing_files_are_named_until_they_are_there(tiny, tmp_path):
    files = tiny.files()
    assert missing_files(tiny.data(), tmp_path) == list(files)
    first = next(iter(files))
    tiny.put(tmp_path, {first: b""})
    assert missing_files(tiny.data(), tmp_path) == list(files)[1:]


def test_the_plain_file_goes_before_the_gzipped_one(tiny, tmp_path):
    tiny.put(tmp_path, {"Tiny/raw/train-images": b"", "Tiny/raw/train-images.gz": b""})
    assert find_file(tiny.data(), "Tiny/raw/train-images", tmp_path) == tmp_path / "Tiny/raw/train-images"


def test_only_idx_files_may_be_gzipped(tiny, tmp_path):
    tiny.put(tmp_path, {"usps.bz2.gz": b""})
    assert find_file(tiny.data(reader="usps"), "usps.bz2", tmp_path) is None
