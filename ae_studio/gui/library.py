"""The library of runs in the window: the dialog, who works for it, and what the rest of the window hears of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ae_studio.gui.librarian import Librarian
from ae_studio.gui.theme import DARK, Theme
from ae_studio.gui.toolbar import Possible
from ae_studio.paths import runs_root

if TYPE_CHECKING:
    from ae_studio.gui.library_dialog import LibraryDialog


class Library(QObject):
    """Made when it is first opened: until then it costs nothing.

    Signals:
        open_requested(folder): the path of a run to be shown.
        summary_requested(tag): what the runs with this tag have come to.
        settings_chosen(RunConfig): those of a run, for the form; settings_told(RunSettings): with its changes.
        repeat_requested(RunSettings): the run is to be made again.
        continue_requested(folder): likewise, and to go on.
        compare_requested(entries): paths of runs, each with None: at its last epoch.
        recent_read(runs): the runs that were made or changed last.
    """

    open_requested = Signal(str)
    continue_requested = Signal(str)
    compare_requested = Signal(object)
    settings_chosen = Signal(object)
    summary_requested = Signal(str)
    settings_told = Signal(object)
    repeat_requested = Signal(object)
    recent_read = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = DARK
        self._why_not = ""
        self.dialog: LibraryDialog | None = None
        self.librarian = Librarian(self)
        self.librarian.recent_read.connect(self.recent_read)

    def prepare(self) -> None:
        """Reads what it opens: behind the main window's first paint, which that would hold back, and in its thread."""
        import ae_studio.gui.library_dialog  # noqa: F401

    def open(self) -> None:
        if self.dialog is None:
            self.dialog = self._made()
        self.dialog.open_library()

    def close(self) -> None:
        """What the user is typing is kept."""
        if self.dialog is not None:
            self.dialog.close()

    def end(self) -> None:
        """Waits for every thread."""
        self.librarian.end()

    def refresh(self) -> None:
        """Runs come, go on and end: where they are looked at, they are read again."""
        if self.dialog is not None and self.dialog.isVisible():
            self.librarian.list(runs_root())

    def read_recent(self) -> None:
        self.librarian.read_recent(runs_root())

    def open_recent(self, folder: str) -> None:
        """One of those, by its folder's name."""
        self.open_requested.emit(str(runs_root() / folder))

    def name_run(self, run: Path, title: str, tag: str) -> None:
        """One that has just begun."""
        self.librarian.say_of(run, title=title, tags=[tag])

    def show_possible(self, possible: Possible) -> None:
        """A run of the window's own is in the way of another, and its settings are fixed."""
        self._why_not = possible.why_not_open
        if self.dialog is not None:
            self.dialog.allow(self._why_not)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    def _made(self) -> LibraryDialog:
        from ae_studio.gui.library_dialog import LibraryDialog
        from ae_studio.gui.run_details import PICTURES as IN_DETAIL
        from ae_studio.gui.run_table import PICTURES as IN_A_ROW

        dialog, librarian = LibraryDialog(self._window), self.librarian
        dialog.set_theme(self._theme)
        dialog.allow(self._why_not)
        dialog.refresh_requested.connect(self.refresh)
        dialog.open_requested.connect(self._open_run)
        dialog.continue_requested.connect(self._go_on)
        dialog.settings_requested.connect(librarian.read_settings)
        dialog.sieve.summary_requested.connect(self.summary_requested)
        dialog.compare_requested.connect(self._compare)
        dialog.details_requested.connect(lambda run: librarian.read_details(run, IN_DETAIL))
        dialog.thumbnails_requested.connect(lambda runs: librarian.read_thumbnails(runs, IN_A_ROW))
        dialog.said.connect(self._say)
        dialog.trash_requested.connect(librarian.trash)
        librarian.listed.connect(dialog.show_listing)
        librarian.changed.connect(dialog.show_change)
        librarian.details_read.connect(dialog.details.show_details)
        librarian.thumbnails_read.connect(dialog.table.show_thumbnails)
        librarian.settings_read.connect(self._give_settings)
        dialog.details.repeat_requested.connect(librarian.read_to_repeat)
        librarian.repeat_read.connect(self._repeat)
        librarian.trashed.connect(dialog.tell_trashed)
        librarian.trashed.connect(self.refresh)
        librarian.failed.connect(dialog.tell)
        return dialog

    def _open_run(self, folder: str) -> None:
        self.close()
        self.open_requested.emit(str(self.librarian.root / folder))

    def _go_on(self, folder: str) -> None:
        self.close()
        self.continue_requested.emit(str(self.librarian.root / folder))

    def _compare(self, folders: Any) -> None:
        self.compare_requested.emit([(self.librarian.root / folder, None) for folder in folders])

    def _give_settings(self, found: Any) -> None:
        if not self._why_not:  # a training may have begun meanwhile
            self.close()
            self.settings_chosen.emit(found.config)
            self.settings_told.emit(found)

    def _repeat(self, found: Any) -> None:
        if not self._why_not:
            self.close()
            self.repeat_requested.emit(found)

    def _say(self, folder: str, what: str, value: Any) -> None:
        self.librarian.say(folder, **{what: value})
