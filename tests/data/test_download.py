from __future__ import annotations

import dataclasses
import gzip
import io
import os
import zipfile

import pytest

from ae_studio.config import ConfigError
from ae_studio.data import download as download_module
from ae_studio.data.dataset import missing_files
from ae_studio.data.download import DownloadCancelled, DownloadError, DownloadProgress, download
from ae_studio.data.images import load


@pytest.fixture
def online(tiny, mirror):
    """The tiny data set, served by the mirror as four gzipped files."""
    archives = []
    for path, content in tiny.files().items():
        archive, packed = tiny.gz_archive(path, content)
        url = mirror.serve(f"/{archive.path}", packed)
        archives.append(dataclasses.replace(archive, urls=(url,)))
    return tiny.data(archives)


def test_a_downloaded_data_set_can_be_loaded(online, tmp_path):
    download(online, tmp_path)
    assert len(load(online, tmp_path).images) == 39
    assert sorted(os.listdir(tmp_path / "Tiny/raw")) == ["test-images", "test-labels", "train-images", "train-labels"]


def test_what_is_there_already_is_neither_fetched_nor_touched(online, tiny, tmp_path, mirror):
    tiny.put(tmp_path, {"Tiny/raw/train-images": b"mine", "Tiny/raw/test-labels.gz": b"mine too"})
    download(online, tmp_path)
    assert (tmp_path / "Tiny/raw/train-images").read_bytes() == b"mine"
    assert not (tmp_path / "Tiny/raw/test-labels").exists()
    assert len(mirror.asked) == 2
    download(online, tmp_path)
    assert len(mirror.asked) == 2


def test_digits_need_no_download(tmp_path):
    download("digits", tmp_path)
    assert os.listdir(tmp_path) == []


def test_progress_ends_with_every_file_whole(online, tmp_path, monkeypatch):
    monkeypatch.setattr(download_module, "REPORT_S", 1e9)
    reports = []
    download(online, tmp_path, reports.append)
    ends = [report for report in reports if report.bytes_done == report.bytes_total]
    sizes = [archive.size for archive in online.archives]
    names = [archive.name for archive in online.archives]
    assert ends == [DownloadProgress(name, s, s, i, 4) for i, (name, s) in enumerate(zip(names, sizes, strict=True))]


@pytest.fixture
def large(tiny, mirror):
    """A data set of one file that comes in many chunks."""
    archive, packed = tiny.gz_archive("Tiny/raw/train-images", os.urandom(3_000_000))
    url = mirror.serve("/file", packed)
    return tiny.data([dataclasses.replace(archive, urls=(url,))], train=("Tiny/raw/train-images",), test=())


def test_the_first_and_the_last_chunk_are_always_reported(large, tmp_path, monkeypatch):
    monkeypatch.setattr(download_module, "REPORT_S", 1e9)
    reports = []
    download(large, tmp_path, reports.append)
    assert [report.bytes_done == large.download_size for report in reports] == [False, True]


def test_progress_comes_at_most_twenty_times_a_second(large, tmp_path, monkeypatch):
    clock = iter(range(10**6))  # every chunk takes 1/100 s
    monkeypatch.setattr(download_module.time, "monotonic", lambda: next(clock) / 100)
    reports = []
    download(large, tmp_path, reports.append)
    assert 2 <= len(reports) <= next(clock) / 5 + 2
    assert next(clock) > 40


def test_cancelling_between_files_keeps_the_whole_ones_and_resumes(online, tmp_path, mirror):
    with pytest.raises(DownloadCancelled):
        download(online, tmp_path, cancelled=lambda: (tmp_path / "Tiny/raw/train-labels").exists())
    assert len(missing_files(online, tmp_path)) == 2
    download(online, tmp_path)
    assert missing_files(online, tmp_path) == []
    assert len(mirror.asked) == 4


def test_offline_nothing_is_left_and_the_message_names_the_host(tiny, tmp_path, closed_port):
    archive, _ = tiny.gz_archive("Tiny/raw/train-images", b"", f"{closed_port}/file")
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1:\d+: no connection.*by hand: .*train-images\.gz"):
        download(tiny.data([archive]), tmp_path)
    assert missing_files(tiny.data(), tmp_path) == list(tiny.files())


@pytest.fixture
def one_zip(tiny, mirror):
    """The tiny data set, served as one zip of gzipped files among others, as EMNIST is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("gzip/other.gz", b"not wanted")
        for path, content in tiny.files().items():
            archive.writestr(f"gzip/{path[9:]}.gz", gzip.compress(content))
    url = mirror.serve("/gzip.zip", buffer.getvalue())
    members = {f"gzip/{path[9:]}.gz": path for path in tiny.files()}
    return tiny.data([tiny.archive("Tiny/raw/gzip.zip", buffer.getvalue(), [url], members)])


def test_an_archive_that_was_fetched_is_removed_once_it_is_unpacked(one_zip, tmp_path):
    download(one_zip, tmp_path)
    assert len(load(one_zip, tmp_path).images) == 39
    assert sorted(os.listdir(tmp_path / "Tiny/raw")) == ["test-images", "test-labels", "train-images", "train-labels"]


def test_an_archive_put_there_by_hand_is_unpacked_without_a_network_and_kept(one_zip, tiny, tmp_path, mirror):
    tiny.put(tmp_path, {"Tiny/raw/gzip.zip": mirror.files["/gzip.zip"].body})
    download(one_zip, tmp_path)
    assert len(load(one_zip, tmp_path).images) == 39
    assert (tmp_path / "Tiny/raw/gzip.zip").exists()
    assert mirror.asked == []


def test_a_wrong_archive_put_there_by_hand_is_fetched_after_all(one_zip, tiny, tmp_path, mirror):
    tiny.put(tmp_path, {"Tiny/raw/gzip.zip": b"wrong"})
    download(one_zip, tmp_path)
    assert len(load(one_zip, tmp_path).images) == 39
    assert len(mirror.asked) == 1


def test_without_a_root_it_goes_where_data_sets_live(online, tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path / "data"))
    download(online)
    assert missing_files(online, tmp_path / "data") == []


def test_an_unknown_data_set_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="unknown data set 'minst': did you mean 'mnist'"):
        download("minst", tmp_path)
