"""One file from the first mirror that gives it whole: resumed where it broke off, checked before it counts.

What has come so far is ``NAME.part`` beside the file to be; it stays there when a download ends early, and the next
one goes on from it. Only bytes with the right MD5 ever get the file's own name.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from ae_studio.data.dataset import Archive
from ae_studio.data.disk import DownloadError, md5_of, writing
from ae_studio.data.mirror import Cancelled, MirrorFailed, OnBytes, bring_on, size_of


def fetch(archive: Archive, target: Path, on_bytes: OnBytes, cancelled: Cancelled) -> None:
    """Puts the archive at ``target``, whole and checked.

    Raises :class:`~ae_studio.data.disk.DownloadError` where no mirror gave it or it cannot be written, and
    :class:`~ae_studio.data.mirror.DownloadCancelled` soon after ``cancelled()`` turned true; ``target`` is untouched
    then. It may be called again, and goes on.
    """
    with writing(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    failures = []
    for url in archive.urls:
        try:
            _from_mirror(url, archive.md5, part, on_bytes, cancelled)
        except MirrorFailed as failure:
            failures.append(f"{urlsplit(url).netloc}: {failure}")
            continue
        with writing(target.parent):
            os.replace(part, target)
        return
    raise DownloadError(
        f"{archive.name} could not be fetched ({'; '.join(failures)}). "
        f"Check the network and try again later, or put the file there by hand: {target}"
    )


def _from_mirror(url: str, md5: str, part: Path, on_bytes: OnBytes, cancelled: Cancelled) -> None:
    """Makes ``part`` whole: asks again as long as every answer brings it further."""
    all_from_here = not size_of(part)
    while True:
        before = size_of(part)
        broken = bring_on(url, part, on_bytes, cancelled)
        if broken and size_of(part) <= before:
            raise MirrorFailed(broken)
        if broken:
            continue
        if part.is_file() and md5_of(part) == md5:
            return
        part.unlink(missing_ok=True)
        if all_from_here:
            raise MirrorFailed("what it sent is not the file: its MD5 is wrong (a login page, perhaps?)")
        all_from_here = True  # what was there before may be at fault: once more, from the first byte
