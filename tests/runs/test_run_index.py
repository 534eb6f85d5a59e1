import json

import pytest

from ae_studio.paths import cache_root
from ae_studio.runs import run_index
from ae_studio.runs.listed import ListedRun
from ae_studio.runs.run_index import VERSION, RunIndex

KNOWN = {
    "a": ((1, 2, 3), ListedRun("a", best=0.25, tags=("x", "y"), problems=("p",), notes="β\n")),
    "b\udc80": ((4,), ListedRun("b\udc80", best=None, broken=True)),
}


@pytest.fixture
def index(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_CACHE", str(tmp_path / "cache"))
    return RunIndex(tmp_path / "runs")


def test_what_was_written_comes_back(index):
    assert index.read() == {}
    index.write(KNOWN)
    assert index.read() == KNOWN
    assert cache_root() in index.path.parents


def test_another_folder_has_an_index_of_its_own(index, tmp_path):
    index.write(KNOWN)
    assert RunIndex(tmp_path / "others").read() == {}


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"0.25", b"0.75"),
        lambda content: b"\xff" + content,
        lambda content: content.replace(b'"version": [%d' % VERSION, b'"version": [0'),
        lambda content: content.split(b"\n")[0] + b"\n[]",
    ],
)
def test_a_damaged_one_is_as_good_as_none(index, damage):
    index.write(KNOWN)
    index.path.write_bytes(damage(index.path.read_bytes()))
    assert index.read() == {}
    index.write(KNOWN)
    assert index.read() == KNOWN


def test_lines_of_another_shape_are_as_good_as_none(index):
    for body in (b"[[1]]", b"{}", b"[[[1], [1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3]]]", b"7"):
        index.path.parent.mkdir(parents=True, exist_ok=True)
        index.path.write_bytes(index._head(body) + b"\n" + body)
        assert index.read() == {}


def test_another_version_of_the_app_reads_everything_anew(index, monkeypatch):
    index.write(KNOWN)
    monkeypatch.setattr(run_index, "__version__", "99")
    assert index.read() == {}


def test_where_nothing_can_be_written_nothing_is_said(index):
    cache_root().write_text("a file in the way")
    index.write(KNOWN)
    assert index.read() == {}


def test_two_windows_that_write_at_once_leave_a_whole_one(index, monkeypatch):
    """The second begins and ends while the first is still writing."""
    other = {"c": ((7,), ListedRun("c"))}
    replace = run_index.os.replace

    def interrupted(part, path):
        monkeypatch.setattr(run_index.os, "replace", replace)
        index.write(other)
        assert index.read() == other
        replace(part, path)

    monkeypatch.setattr(run_index.os, "replace", interrupted)
    index.write(KNOWN)
    assert index.read() == KNOWN
    assert [path for path in index.path.parent.iterdir() if path.name.startswith(".")] == []


def test_it_is_plain_json_behind_its_first_line(index):
    index.write(KNOWN)
    head, body = index.path.read_bytes().split(b"\n")
    assert json.loads(head)["version"][0] == run_index.VERSION
    assert len(json.loads(body)) == 2
