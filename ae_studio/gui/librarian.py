"""Lists the runs, reads and changes what is said of them, and moves them to the trash: in threads of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.events import Images
from ae_studio.gui.worker import Worker
from ae_studio.runs.about import write_about
from ae_studio.runs.details import read_details, read_pictures
from ae_studio.runs.library import RunSettings, list_runs, read_run, recent_runs, settings_of, trash
from ae_studio.runs.listed import ListedRun
from ae_studio.runs.record import RunError


class LeftError(Exception):
    """The window is closed, so nobody waits for the list any more."""


class Librarian(QObject):
    """Of each kind of work the newest is done; what takes long holds up nothing that is quick.

    Signals:
        listed(Listing): every run; before, where that takes long, those that are read so far.
        changed(ListedRun): what is known of one run is another.
        details_read(Details)
        thumbnails_read(images): by folder; None where there are none.
        settings_read(RunSettings), repeat_read(RunSettings): to fill the form with; to make the run again.
        recent_read(runs): those that were made or changed last.
        trashed(folders): they are gone, and the list is another.
        failed(message)
    """

    listed = Signal(object)
    changed = Signal(object)
    details_read = Signal(object)
    thumbnails_read = Signal(object)
    settings_read = Signal(object)
    repeat_read = Signal(object)
    recent_read = Signal(object)
    trashed = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = Path()
        self._ending = False
        self._unsaid: dict[str, Callable[[], Any]] = {}  # what the user has said, until it is kept
        self._slow = Worker(self)
        self._quick = Worker(self)
        for worker in (self._slow, self._quick):
            worker.done.connect(self._take_result)
            worker.failed.connect(self._take_failure)

    def end(self) -> None:
        """Leaves a list that is being made, and waits for the threads; what the user has said is kept before."""
        self._ending = True
        self._slow.end()
        self._quick.end()
        for keep in self._unsaid.values():
            with suppress(RunError):
                keep()

    def list(self, root: Path) -> None:
        self.root = root
        self._slow.request("list", partial(list_runs, root, self.listed.emit, self._check))

    def read_details(self, run: ListedRun, count: int) -> None:
        self._quick.request("details", partial(read_details, self.root, run, count))

    def read_thumbnails(self, runs: Sequence[ListedRun], count: int) -> None:
        self._quick.request("thumbnails", partial(_read_thumbnails, self.root, tuple(runs), count))

    def read_settings(self, folder: str) -> None:
        """To train with them again."""
        self._quick.request("settings", partial(settings_of, self.root / folder))

    def read_to_repeat(self, folder: str) -> None:
        """With what was changed while it was trained."""
        self._quick.request("repeat", partial(_to_repeat, self.root / folder))

    def read_recent(self, root: Path) -> None:
        self._quick.request("recent", partial(recent_runs, root))

    def say(self, folder: str, **said: Any) -> None:
        """Of a run: its ``title``, ``tags`` or ``notes``."""
        self._keep(self.root, folder, said)

    def say_of(self, run: Path, **said: Any) -> None:
        """Likewise, wherever it lies."""
        self._keep(run.parent, run.name, said)

    def _keep(self, root: Path, folder: str, said: dict[str, Any]) -> None:
        kind = f"about {folder} {sorted(said)}"
        self._unsaid[kind] = partial(_say, root, folder, said)
        self._quick.request(kind, self._unsaid[kind])

    def trash(self, folders: Sequence[str]) -> None:
        self._slow.request("trash", partial(_trash, self.root, tuple(folders)))

    def _check(self) -> None:
        if self._ending:
            raise LeftError

    def _take_result(self, kind: str, result: Any) -> None:
        self._unsaid.pop(kind, None)
        if kind == "list":
            self.listed.emit(result)
        elif kind == "details":
            self.details_read.emit(result)
        elif kind == "thumbnails":
            self.thumbnails_read.emit(result)
        elif kind == "settings":
            self.settings_read.emit(result)
        elif kind == "repeat":
            self.repeat_read.emit(result)
        elif kind == "recent":
            self.recent_read.emit(result)
        elif kind == "trash":
            gone, errors = result
            self.trashed.emit(gone)
            if errors:
                self.failed.emit("\n".join(errors))
        elif kind.startswith("about") and result is not None:
            self.changed.emit(result)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        if LeftError.__name__ not in details:
            self.failed.emit(message)


def _to_repeat(run: Path) -> RunSettings:
    found = settings_of(run)
    if found.problem:
        raise RunError(f"It cannot be repeated: {found.problem}")
    return found


def _read_thumbnails(root: Path, runs: tuple[ListedRun, ...], count: int) -> dict[str, Images | None]:
    found = {run.folder: read_pictures(root / run.folder, run.epochs_done, count) for run in runs}
    return {folder: pictures.reconstructions if pictures else None for folder, pictures in found.items()}


def _say(root: Path, folder: str, said: dict[str, Any]) -> ListedRun | None:
    try:
        write_about(root / folder, **said)
    except OSError as error:
        raise RunError(f"{folder}: what you said of it cannot be kept ({error.strerror or error})") from None
    return read_run(root, folder)


def _trash(root: Path, folders: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Those that are gone, and why others are not."""
    gone, errors = [], []
    for folder in folders:
        try:
            trash(root, folder)
        except RunError as error:
            errors.append(str(error))
        else:
            gone.append(folder)
    return gone, errors
