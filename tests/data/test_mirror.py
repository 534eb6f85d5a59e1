from __future__ import annotations

from urllib.error import URLError

import pytest

from ae_studio.data import mirror as mirror_module
from ae_studio.data.mirror import DownloadCancelled, MirrorFailed, bring_on

BODY = bytes(range(256)) * 1000


@pytest.fixture
def bring(tmp_path):
    """One request for the rest of ``part``; keeps every report of progress."""

    class Bring:
        part = tmp_path / "file.part"
        reports = []  # noqa: RUF012

        def __call__(self, url, cancelled=lambda: False):
            self.reports.clear()
            return bring_on(url, self.part, lambda done, total: self.reports.append((done, total)), cancelled)

    return Bring()


def test_a_whole_answer_fills_the_part(mirror, bring):
    assert bring(mirror.serve("/file", BODY)) == ""
    assert bring.part.read_bytes() == BODY
    assert bring.reports[-1] == (len(BODY), len(BODY))


def test_only_the_rest_is_asked_for(mirror, bring):
    bring.part.write_bytes(BODY[:1000])
    assert bring(mirror.serve("/file", BODY)) == ""
    assert bring.part.read_bytes() == BODY
    assert mirror.asked == [("/file", "bytes=1000-")]
    assert bring.reports[0][0] > 1000


def test_a_server_that_ignores_range_starts_the_file_again(mirror, bring):
    bring.part.write_bytes(b"?" * 1000)
    assert bring(mirror.serve("/file", BODY, ranges=False)) == ""
    assert bring.part.read_bytes() == BODY
    assert bring.reports[-1] == (len(BODY), len(BODY))


def test_an_answer_that_breaks_off_keeps_what_came(mirror, bring):
    assert bring(mirror.serve("/file", BODY, break_after=[5000])) == "it broke off after 5,000 of 256,000 bytes"
    assert bring.part.read_bytes() == BODY[:5000]


def test_a_part_that_is_whole_already_gets_no_more(mirror, bring):
    bring.part.write_bytes(BODY)
    assert bring(mirror.serve("/file", BODY)) == ""
    assert bring.part.read_bytes() == BODY


def test_another_part_than_was_asked_for_is_refused(mirror, bring):
    bring.part.write_bytes(BODY[:1000])
    with pytest.raises(MirrorFailed, match="another part"):
        bring(mirror.serve("/file", BODY, shift=7))
    assert bring.part.read_bytes() == BODY[:1000]


@pytest.mark.parametrize("status", [403, 404, 503])
def test_an_http_error_is_the_mirrors_failure(mirror, bring, status):
    with pytest.raises(MirrorFailed, match=f"HTTP {status} "):
        bring(mirror.serve("/file", BODY, status=status))
    assert not bring.part.exists()


def test_nobody_there_is_said_in_words(bring, closed_port):
    assert bring(f"{closed_port}/file").startswith("no connection: ")


def test_silence_is_said_in_words(bring, monkeypatch):
    def silent(*arguments, **more):
        raise URLError(TimeoutError("timed out"))

    monkeypatch.setattr(mirror_module, "urlopen", silent)
    assert bring("http://127.0.0.1/file") == "no answer for 15 s"


def test_cancelling_before_the_request_sends_none(mirror, bring):
    with pytest.raises(DownloadCancelled):
        bring(mirror.serve("/file", BODY), cancelled=lambda: True)
    assert mirror.asked == []


def test_cancelling_at_a_chunk_keeps_what_came(mirror, bring):
    with pytest.raises(DownloadCancelled):
        bring(mirror.serve("/file", BODY), cancelled=lambda: bool(bring.reports))
    assert len(bring.reports) == 1
    assert 0 < bring.part.stat().st_size < len(BODY)
    assert BODY.startswith(bring.part.read_bytes())


def test_a_server_that_never_ends_is_left(mirror, bring, monkeypatch):
    monkeypatch.setattr(mirror_module, "LIMIT", 100_000)
    with pytest.raises(MirrorFailed, match="without end"):
        bring(mirror.serve("/file", BODY))
    assert bring.part.stat().st_size < 200_000
