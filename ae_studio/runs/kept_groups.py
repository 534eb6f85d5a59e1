"""The groups of a run's sample, kept in its folder: ``groups.json``. Knows no torch."""

from __future__ import annotations

from pathlib import Path

from ae_studio.latent.groups import Groups, as_text, from_text
from ae_studio.training.atomic import write_text_atomic

FILE = "groups.json"
LARGEST = 50_000_000  # bytes: a file beyond is none of ours


def read_groups(run: Path, sample: int) -> Groups:
    """None where none are kept. Raises ValueError where the file is damaged or of another sample than of this size."""
    path = run / FILE
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"{path}: too large for a list of groups")
        content = path.read_bytes()
    except OSError:
        return ()
    try:
        return from_text(content.decode("utf-8"), sample)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def write_groups(run: Path, groups: Groups, sample: int) -> None:
    """Without groups there is no file. Raises OSError where the folder cannot be written."""
    path = run / FILE
    if groups:
        write_text_atomic(path, as_text(groups, sample))
    else:
        path.unlink(missing_ok=True)
