from __future__ import annotations

import os
import random

import pytest

from ae_studio.data.disk import DownloadError
from ae_studio.data.fetch import fetch
from ae_studio.data.mirror import DownloadCancelled

BODY = random.Random(0).randbytes(300_000)


@pytest.fixture
def get(tiny, tmp_path):
    """Fetches BODY from these addresses in turn to ``get.target``."""

    class Get:
        target = tmp_path / "folder" / "file.gz"
        part = tmp_path / "folder" / "file.gz.part"

        def __call__(self, *urls, cancelled=lambda: False):
            fetch(tiny.archive("folder/file.gz", BODY, urls, {}), self.target, lambda done, total: None, cancelled)

        def has(self, content):
            return self.target.read_bytes() == content and os.listdir(self.target.parent) == ["file.gz"]

    return Get()


def ranges(mirror):
    return [asked for _, asked in mirror.asked]


def test_a_file_arrives_whole_and_alone(mirror, get):
    get(mirror.serve("/file", BODY))
    assert get.has(BODY)


def test_a_download_that_breaks_off_goes_on_from_there(mirror, get):
    get(mirror.serve("/file", BODY, break_after=[100_000, 50_000]))
    assert get.has(BODY)
    assert ranges(mirror) == [None, "bytes=100000-", "bytes=150000-"]


def test_the_second_mirror_goes_on_where_the_first_one_broke_off(mirror, get):
    get(mirror.serve("/a", BODY, break_after=[100_000, 0]), mirror.serve("/b", BODY))
    assert get.has(BODY)
    assert mirror.asked[-1] == ("/b", "bytes=100000-")


def test_a_mirror_that_ignores_range_and_always_breaks_off_is_given_up(mirror, get):
    get(mirror.serve("/a", BODY, ranges=False, break_after=[100_000] * 9), mirror.serve("/b", BODY))
    assert get.has(BODY)
    assert [path for path, _ in mirror.asked] == ["/a", "/a", "/b"]


def test_a_wrong_file_is_thrown_away_and_the_next_mirror_asked(mirror, get):
    get(mirror.serve("/a", b"<html>please log in</html>"), mirror.serve("/b", BODY))
    assert get.has(BODY)
    assert mirror.asked[-1] == ("/b", None)


def test_a_wrong_file_everywhere_is_an_error_that_says_so(mirror, get):
    with pytest.raises(DownloadError, match=r"file\.gz could not be fetched .*127\.0\.0\.1:\d+: .*its MD5 is wrong"):
        get(mirror.serve("/a", BODY[:-1] + bytes([BODY[-1] ^ 1])))
    assert os.listdir(get.target.parent) == []


def test_a_spoilt_part_is_fetched_again_from_the_first_byte(mirror, get):
    get.part.parent.mkdir()
    get.part.write_bytes(b"!" * 1000)
    get(mirror.serve("/file", BODY))
    assert get.has(BODY)
    assert ranges(mirror) == ["bytes=1000-", None]


def test_a_part_longer_than_the_file_is_fetched_again(mirror, get):
    get.part.parent.mkdir()
    get.part.write_bytes(BODY + b"!")
    get(mirror.serve("/file", BODY))
    assert get.has(BODY)


def test_a_part_that_is_whole_only_gets_its_name(mirror, get):
    get.part.parent.mkdir()
    get.part.write_bytes(BODY)
    get(mirror.serve("/file", BODY))
    assert get.has(BODY)
    assert ranges(mirror) == [f"bytes={len(BODY)}-"]


def test_cancelling_keeps_the_part_and_the_next_call_goes_on(mirror, get):
    url = mirror.serve("/file", BODY)
    with pytest.raises(DownloadCancelled):
        get(url, cancelled=lambda: get.part.exists() and get.part.stat().st_size > 0)
    kept = get.part.stat().st_size
    assert not get.target.exists()
    get(url)
    assert get.has(BODY)
    assert ranges(mirror)[-1] == f"bytes={kept}-"


def test_offline_every_host_is_named_and_the_place_for_the_file(get, closed_port):
    with pytest.raises(DownloadError) as error:
        get(f"{closed_port}/a", f"{closed_port.replace('127.0.0.1', 'localhost')}/b")
    for words in ("(127.0.0.1:", "; localhost:", "no connection", "try again later", f"by hand: {get.target}"):
        assert words in str(error.value)


def test_a_failed_download_leaves_the_file_that_was_there(get, closed_port):
    get.target.parent.mkdir()
    get.target.write_bytes(b"good")
    with pytest.raises(DownloadError):
        get(f"{closed_port}/a")
    assert get.has(b"good")


def test_a_folder_that_cannot_be_made_is_named(get, mirror):
    get.target.parent.touch()
    with pytest.raises(DownloadError, match=r"cannot write in .*folder"):
        get(mirror.serve("/file", BODY))
    assert mirror.asked == []
