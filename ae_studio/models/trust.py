"""Which Python files this user lets run: fingerprints of their contents, in a list in the user's config folder.

A content is trusted, never a path: what lies there tomorrow, or in a run folder from elsewhere, may be another.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from ae_studio.paths import config_root

_trusted_here: dict[str, str] = {}  # by this process; alone where the config folder cannot be written


def fingerprint(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def trust_list() -> Path:
    return config_root() / "trusted_models.json"


def is_trusted(sha256: str) -> bool:
    return sha256 in _trusted()


def trusted_at(sha256: str) -> Path | None:
    """The file in which this content was trusted last; None for one that never was."""
    found = _trusted().get(sha256)
    return Path(found) if found else None


def trust(sha256: str, path: Path) -> None:
    """From now on this content may run; kept for later, where the config folder can be written."""
    kept = _trusted()
    _trusted_here[sha256] = str(path)
    if kept.get(sha256) != str(path):
        with contextlib.suppress(OSError):
            _write({**kept, sha256: str(path)})


def _trusted() -> dict[str, str]:
    """Fingerprints, each with the path where it was trusted. A list that cannot be read trusts nobody."""
    try:
        entries = json.loads(trust_list().read_text(encoding="utf-8"))
        kept = {str(entry["sha256"]): str(entry["path"]) for entry in entries}
    except (OSError, ValueError, TypeError, KeyError):
        kept = {}
    return {**kept, **_trusted_here}


def _write(trusted: dict[str, str]) -> None:
    path = trust_list()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")  # the processes of one run write at the same time
    entries = [{"sha256": sha256, "path": file} for sha256, file in trusted.items()]
    try:
        part.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
