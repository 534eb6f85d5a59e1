"""One request to one mirror: the rest of a file, appended to what has come so far (RFC 9110, section 14)."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from ae_studio.data.disk import append, check_room, settle, writing

TIMEOUT_S = 15.0  # silence after which a mirror counts as gone; also the longest that Cancel can take
CHUNK = 1 << 16  # bytes: small enough to cancel at once on a slow line
LIMIT = 1 << 31  # bytes; far above every archive, against a server that never ends

OnBytes = Callable[[int, int], None]
"""Called with bytes done and bytes in all (0 where the server does not say)."""
Cancelled = Callable[[], bool]


class DownloadCancelled(Exception):
    """The user said stop. What has come so far is kept, and the next download goes on from there."""


class MirrorFailed(Exception):
    """This mirror will not do, others may. The message is short and follows the mirror's name."""


def bring_on(url: str, part: Path, on_bytes: OnBytes, cancelled: Cancelled) -> str:
    """Brings ``part`` as far as one request can. Returns "" when the server has sent all it has, else why it stopped.

    Raises :class:`MirrorFailed` where asking again is useless, :class:`DownloadCancelled`, and
    :class:`~ae_studio.data.disk.DownloadError` where the disk refuses.
    """
    if cancelled():
        raise DownloadCancelled
    start = size_of(part)
    headers = {"User-Agent": "ae-studio", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    try:
        with urlopen(Request(url, headers=headers), timeout=TIMEOUT_S) as answer:
            return _keep(answer, start, part, on_bytes, cancelled)
    except HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and start:
            return ""  # there is no more: the part is whole, or not of this file; its checksum tells
        raise MirrorFailed(f"HTTP {error.code} {error.reason}") from None
    except (URLError, http.client.HTTPException, OSError) as error:
        return _reason(error)


def size_of(part: Path) -> int:
    """Bytes that have come so far."""
    return part.stat().st_size if part.is_file() else 0


def _keep(answer: http.client.HTTPResponse, start: int, part: Path, on_bytes: OnBytes, cancelled: Cancelled) -> str:
    resumed = answer.status == http.HTTPStatus.PARTIAL_CONTENT
    if resumed and not (answer.headers.get("Content-Range") or "").startswith(f"bytes {start}-"):
        raise MirrorFailed("it sent another part of the file than was asked for")
    done = start if resumed else 0  # a server that knows no Range sends everything again
    length = answer.headers.get("Content-Length") or ""
    total = done + int(length) if length.isdecimal() else 0
    check_room(part.parent, total - done)
    with writing(part.parent):
        file = open(part, "ab" if resumed else "wb", buffering=0)  # noqa: SIM115  (closed by the next line)
    with file:
        for chunk in _chunks(answer):
            append(file, chunk, part.parent)
            done += len(chunk)
            on_bytes(done, total)
            if cancelled():
                raise DownloadCancelled
            if done > LIMIT:
                raise MirrorFailed("it sends without end")
        settle(file, part.parent)
    return f"it broke off after {done:,} of {total:,} bytes" if done < total else ""


def _chunks(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    # read1 gives what has come; read would wait for a whole chunk, and Cancel with it.
    while chunk := answer.read1(CHUNK):
        yield chunk


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return f"no answer for {TIMEOUT_S:.0f} s"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted: {cause.verify_message}"
    return f"no connection: {getattr(cause, 'strerror', None) or cause}"
