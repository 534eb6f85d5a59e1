import os
import sys

import pytest

from ae_studio.runs import record
from ae_studio.runs.record import Parent, RunError, parent_of, read_ended, read_json, read_record, read_small


def test_a_small_file_is_read_whole(tmp_path):
    (tmp_path / "file").write_bytes(b"x" * record.MAX_BYTES)
    assert len(read_small(tmp_path / "file")) == record.MAX_BYTES


def test_a_gigabyte_is_refused_without_being_read(tmp_path):
    with open(tmp_path / "config.json", "wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(RunError, match="is larger than 4 MiB"):
        read_record(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes among files")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "config.json")
    with pytest.raises(RunError, match="is no ordinary file"):
        read_record(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path):
    (tmp_path / "config.json").mkdir()
    with pytest.raises(RunError, match=r"config\.json"):
        read_record(tmp_path)


def test_lists_within_lists_without_an_end_are_damage(tmp_path):
    (tmp_path / "file").write_text("[" * 100_000)
    with pytest.raises(ValueError, match="is damaged"):
        read_json(tmp_path / "file")


def test_bytes_that_are_no_text_are_damage(tmp_path):
    (tmp_path / "config.json").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(RunError, match="is damaged, not JSON"):
        read_record(tmp_path)


def test_an_end_that_cannot_be_read_is_told(tmp_path):
    assert read_ended(tmp_path) is None
    (tmp_path / "ended.json").write_text("[1]")
    with pytest.raises(RunError, match="how the run ended is not known"):
        read_ended(tmp_path)


@pytest.mark.parametrize(
    "said",
    [None, [], {}, {"run": "a", "epoch": 1}, {"run": "../a", "epoch": 1, "exact": True}]
    + [{"run": "a", "epoch": epoch, "exact": True} for epoch in (-1, True, "1")],
)
def test_a_parent_that_cannot_be_is_none(said):
    assert parent_of({"parent": said}) is None
    assert parent_of({"parent": {"run": "a", "epoch": 1, "exact": True}}) == Parent("a", 1, True)
