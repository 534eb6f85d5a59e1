"""What was read of the runs before, kept in the user's cache folder so that a list of thousands is there at once.

The folders are the truth: every line carries the fingerprint of the folder that it was read from, and counts only while
that is still the same. An index that is missing, damaged, of another version or of another folder is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from ae_studio import __version__
from ae_studio.paths import cache_root
from ae_studio.runs.listed import Fingerprint, ListedRun

VERSION = 2  # of what a line means
LARGEST = 256 << 20  # bytes: with a hundred thousand runs it has 40 MB

_values = attrgetter(*(field.name for field in fields(ListedRun)))  # astuple copies them deeply, for ten times the time

Known = dict[str, tuple[Fingerprint, ListedRun]]
"""By the folder's name."""


class RunIndex:
    """Of the runs in one folder. A file that is replaced as a whole, so two windows may read and write it at once."""

    def __init__(self, root: Path) -> None:
        self._root = os.path.abspath(root)
        name = hashlib.sha256(os.fsencode(self._root)).hexdigest()[:16]
        self.path = cache_root() / "runs" / f"{name}.json"

    def read(self) -> Known:
        """Empty where nothing is known."""
        try:
            if self.path.stat().st_size > LARGEST:
                return {}
            head, _, body = self.path.read_bytes().partition(b"\n")
            if head != self._head(body):
                return {}
            runs = ((tuple(seen), ListedRun(*map(_frozen, values))) for seen, values in json.loads(body))
            return {run.folder: (seen, run) for seen, run in runs}
        except (OSError, ValueError, TypeError):
            return {}

    def write(self, known: Mapping[str, tuple[Fingerprint, ListedRun]]) -> None:
        """Where the cache folder cannot be written nothing is kept, and nothing is said of it: it only saves time."""
        body = json.dumps([(seen, _values(run)) for seen, run in known.values()], separators=(",", ":")).encode("ascii")
        if len(body) > LARGEST:
            return
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.path, self._head(body) + b"\n" + body)

    def _head(self, body: bytes) -> bytes:
        """What the first line must say of the rest."""
        head = {"version": [VERSION, __version__], "root": self._root, "crc32": zlib.crc32(body)}
        return json.dumps(head).encode("ascii")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _replace(path: Path, content: bytes) -> None:
    """Under a name of this process's own, then renamed; not forced onto the disk, since a damaged one does no harm."""
    file, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(file, "wb") as opened:
            opened.write(content)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise
