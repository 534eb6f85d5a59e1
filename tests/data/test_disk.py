from __future__ import annotations

import errno
import io
import os

import pytest

from ae_studio.data import disk
from ae_studio.data.disk import DownloadError, append, check_room, md5_of, write_whole, writing


class FullDisk(io.BytesIO):
    """Takes ``room`` bytes, as a disk does, then no more."""

    def __init__(self, room):
        super().__init__()
        self.room = room

    def write(self, data):
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = super().write(bytes(data[: self.room]))
        self.room -= count
        return count


class BreaksOff(io.BytesIO):
    """Gives some bytes, then fails."""

    def read(self, size=-1):
        if self.tell():
            raise EOFError("broken archive")
        return super().read(size)


def test_a_file_is_written_whole(tmp_path):
    write_whole(tmp_path / "new" / "file", io.BytesIO(b"x" * 3_000_000))
    assert (tmp_path / "new" / "file").read_bytes() == b"x" * 3_000_000
    assert os.listdir(tmp_path / "new") == ["file"]


def test_a_source_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(EOFError, match="broken archive"):
        write_whole(tmp_path / "file", BreaksOff(b"new"))
    assert (tmp_path / "file").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_full_disk_is_named_even_after_a_short_write(tmp_path):
    file = FullDisk(room=5)
    with pytest.raises(DownloadError, match=r"the disk is full: free some space for .* it goes on"):
        append(file, b"123456789", tmp_path)
    assert file.getvalue() == b"12345"


def test_a_disk_that_fills_up_while_unpacking_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(DownloadError, match="the disk is full"):
        write_whole(tmp_path / "file", io.BytesIO(b"new"))
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_written_says_which_setting_names_another(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DownloadError, match=r"cannot write in .*file: .*\. Let AE_STUDIO_DATA name a folder"):
        write_whole(tmp_path / "file" / "below", io.BytesIO(b"new"))
    with pytest.raises(DownloadError, match="Permission denied"), writing(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied")


def test_too_little_room_is_seen_before_anything_is_fetched(tmp_path):
    check_room(tmp_path, 1)
    with pytest.raises(DownloadError, match=r"the disk is too full: 1,000,000,000,000 MB are to come"):
        check_room(tmp_path, 10**18)


def test_the_md5_is_that_of_the_whole_file(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")
    assert md5_of(tmp_path / "file") == "900150983cd24fb0d6963f7d28e17f72"  # RFC 1321, A.5
