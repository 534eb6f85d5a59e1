from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile

import pytest

from ae_studio.data.dataset import DamagedFileError
from ae_studio.data.unpack import unpack


@pytest.fixture
def take(tiny, tmp_path):
    """Puts an archive of this name into root/data, unpacks its members, and returns the root."""

    def taken(name, packed, members):
        root = tmp_path / "root"
        tiny.put(root, {f"data/{name}": packed})
        unpack(tiny.archive(f"data/{name}", packed, (), members), root / "data" / name, root)
        return root

    return taken


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(*entries):
    """A .tar.gz of these (name, content); content may be a TarInfo's type and link name instead."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            else:
                info.type, info.linkname = content
                archive.addfile(info)
    return buffer.getvalue()


def all_files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_a_gzipped_file_is_decompressed_beside_its_archive(take):
    root = take("images.gz", gzip.compress(b"images"), {"images.gz": "data/images"})
    assert (root / "data/images").read_bytes() == b"images"


def test_a_file_that_is_read_as_it_comes_stays_as_it_is(take):
    root = take("usps.bz2", b"BZh whatever", {"usps.bz2": "data/usps.bz2"})
    assert all_files(root) == ["data/usps.bz2"]


def test_only_the_listed_members_are_taken_out_of_a_zip(take, tmp_path):
    packed = zipped({"gzip/a.gz": gzip.compress(b"a"), "gzip/b.gz": b"not wanted", "../../evil": b"!", "/evil": b"!"})
    take("gzip.zip", packed, {"gzip/a.gz": "data/a"})
    assert all_files(tmp_path) == ["root/data/a", "root/data/gzip.zip"]
    assert (tmp_path / "root/data/a").read_bytes() == b"a"


def test_only_the_listed_members_are_taken_out_of_a_tar(take, tmp_path):
    evil = [("../../evil", b"!"), ("/evil", b"!"), ("folder/../../evil", b"!"), ("folder/more", b"not wanted")]
    take("c.tar.gz", tarred(*evil, ("folder/batch", b"batch")), {"folder/batch": "folder/batch"})
    assert all_files(tmp_path) == ["root/data/c.tar.gz", "root/folder/batch"]
    assert (tmp_path / "root/folder/batch").read_bytes() == b"batch"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE], ids=["symlink", "link", "pipe"])
def test_a_link_under_a_listed_name_is_no_member(take, tmp_path, kind):
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(DamagedFileError, match="not the right archive: it lacks folder/batch"):
        take("c.tar.gz", tarred(("folder/batch", (kind, str(tmp_path / "secret")))), {"folder/batch": "folder/batch"})
    assert not (tmp_path / "root/folder").exists()


def test_a_link_to_a_folder_outside_leads_nowhere(take, tmp_path):
    (tmp_path / "outside").mkdir()
    entries = [("folder", (tarfile.SYMTYPE, str(tmp_path / "outside"))), ("folder/batch", b"batch")]
    take("c.tar.gz", tarred(*entries), {"folder/batch": "folder/batch"})
    assert os.listdir(tmp_path / "outside") == []
    assert (tmp_path / "root/folder/batch").read_bytes() == b"batch"


def test_a_file_that_is_there_already_is_not_touched(take, tiny, tmp_path):
    tiny.put(tmp_path / "root", {"folder/one": b"good"})
    packed = tarred(("folder/one", b"other"), ("folder/two", b"two"))
    root = take("c.tar.gz", packed, {"folder/one": "folder/one", "folder/two": "folder/two"})
    assert (root / "folder/one").read_bytes() == b"good"
    assert (root / "folder/two").read_bytes() == b"two"


def test_a_missing_member_is_named(take):
    with pytest.raises(DamagedFileError, match=r"it lacks gzip/a\.gz"):
        take("gzip.zip", zipped({"gzip/b.gz": b""}), {"gzip/a.gz": "data/a"})


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.gz", gzip.compress(b"a" * 1000)[:-6]),
        ("a.gz", b"<html>"),
        ("c.tar.gz", tarred(("a.gz", os.urandom(50_000)))[:20_000]),
        ("c.tar.gz", b"<html>"),
        ("gzip.zip", b"PK\x05\x06" + b"\x01" * 18),
        ("gzip.zip", zipped({"a.gz": gzip.compress(os.urandom(1000))[:-20]})),
    ],
    ids=["cut gz", "page as gz", "cut tar", "page as tar", "empty zip", "cut gz in a zip"],
)
def test_a_broken_archive_is_damaged_and_leaves_nothing_behind(take, tmp_path, name, packed):
    with pytest.raises(DamagedFileError, match=r"cannot be unpacked|is not the right archive"):
        take(name, packed, {"a.gz": "data/plain"})
    assert all_files(tmp_path) == [f"root/data/{name}"]
