"""The library of runs: all that were trained, to find again, to note what they showed, and to go on from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QWidget

from ae_studio.gui.buttons import button_beside_list
from ae_studio.gui.list_or_words import ListOrWords
from ae_studio.gui.message_line import MessageLine
from ae_studio.gui.named import named
from ae_studio.gui.run_actions import RunActions
from ae_studio.gui.run_details import RunDetails
from ae_studio.gui.run_table import RunTable
from ae_studio.gui.runs_sieve import RunsSieve
from ae_studio.gui.runs_view import RunsView
from ae_studio.gui.side_window import SideWindow
from ae_studio.gui.theme import Theme
from ae_studio.runs.listed import ListedRun, printable

FIRST_SIZE = 1240, 720  # pixels
SMALLEST = 760, 360
DETAILS_WIDTH = 310


class LibraryDialog(SideWindow):
    """Stands over the window and leaves it free. Return opens, F2 renames, Delete trashes, Ctrl+F searches.

    Signals:
        refresh_requested(): what lies on the disk may be another by now.
        open_requested(folder), settings_requested(folder): show it in the window; put its settings into the form.
        continue_requested(folder): show it, and ask from where it is to go on.
        compare_requested(folders): side by side.
        details_requested(run), thumbnails_requested(runs): of those that are looked at.
        said(folder, what, value): the user's own "title", "tags" or "notes" of a run.
        trash_requested(folders): the user has agreed.
    """

    refresh_requested = Signal()
    open_requested = Signal(str)
    settings_requested = Signal(str)
    continue_requested = Signal(str)
    compare_requested = Signal(object)
    details_requested = Signal(object)
    thumbnails_requested = Signal(object)
    said = Signal(str, str, object)
    trash_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("library_dialog", "Runs", FIRST_SIZE, SMALLEST, parent)
        self._root = Path()
        self._left_out, self._unread = 0, 0
        self._late: list[Callable[[], None]] = []  # what is to be shown when no name is being typed any more
        self.table = RunTable(self)
        self.view = RunsView(self.table, self)
        self.details = RunDetails(self)
        self.sieve = RunsSieve(self)
        self.actions_row = RunActions(self)
        self._count = named(QLabel(self), "dim_label")
        self._message = MessageLine(self)
        self._clear_button = button_beside_list("clear_sieve_button", "Show all runs", self)
        self._clear_button.hide()
        self._stack = ListOrWords(self.view, "Reading…", self, self._clear_button)
        self._lay_out()
        self._connect()
        self._show_chosen(None)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        splitter.addWidget(self._stack)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([FIRST_SIZE[0] - DETAILS_WIDTH, DETAILS_WIDTH])
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._count, 1)
        below.addWidget(self.actions_row)
        self.column.addWidget(self.sieve)
        self.column.addWidget(self._message)
        self.column.addWidget(splitter, 1)
        self.column.addLayout(below)

    def _connect(self) -> None:
        view, actions = self.view, self.actions_row
        self.sieve.changed.connect(self._sift)
        self._clear_button.clicked.connect(self.clear_sieve)
        view.chosen.connect(self._show_chosen)
        view.selectionModel().selectionChanged.connect(self._tell_chosen)
        view.open_requested.connect(actions.open)
        view.trash_requested.connect(actions.ask_for_trash)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.itemDelegate().closeEditor.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
        self.table.thumbnails_wanted.connect(self.thumbnails_requested)
        self.table.renamed.connect(self._rename)
        self.details.tags_edited.connect(self._keep_tags)
        self.details.notes_edited.connect(self._keep_notes)
        actions.open_requested.connect(self.open_requested)
        actions.settings_requested.connect(self.settings_requested)
        actions.continue_requested.connect(self.continue_requested)
        actions.compare_requested.connect(self.compare_requested)
        actions.trash_requested.connect(self.trash_requested)
        actions.rename_requested.connect(view.rename)
        actions.files_requested.connect(self._show_files)
        actions.refused.connect(self.tell)
        for keys, act in (("Ctrl+F", self.sieve.take_keys), ("F5", self.refresh_requested.emit)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Comes and goes

    def open_library(self) -> None:
        """In front, with what lies on the disk now."""
        self.tell("")
        self.come()
        self.view.setFocus()
        self.refresh_requested.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.table.forget_wishes()
        super().hideEvent(event)

    # What is shown

    def show_listing(self, listing: Any) -> None:
        """A :class:`ae_studio.runs.library.Listing`, whole or as far as it is read; what is chosen and sought stays."""
        if self.view.editing:
            self._late.append(partial(self.show_listing, listing))
            return
        if listing.unread and len(listing.runs) < len(self.table.runs):
            return  # a part of what is shown already
        self._root, self._left_out, self._unread = listing.root, listing.left_out, listing.unread
        if listing.problem:
            self.tell(listing.problem)
        self.sieve.offer(listing.runs)
        self.table.set_runs(listing.runs, self.sieve.chosen())
        self._tell_count()
        self.view.choose_first()

    def show_change(self, run: ListedRun) -> None:
        if self.view.editing:
            self._late.append(partial(self.show_change, run))
            return
        runs = tuple(run if each.folder == run.folder else each for each in self.table.runs)
        self.sieve.offer(runs)
        self.table.set_runs(runs, self.sieve.chosen())
        self._tell_count()

    def _catch_up(self) -> None:
        """What came while a name was being typed."""
        late, self._late = self._late, []
        for show in late:
            show()

    def tell(self, message: str) -> None:
        """Above the list: what went wrong, or what was done."""
        self._message.tell(message)

    def tell_trashed(self, folders: list[str]) -> None:
        if folders:
            what = printable(folders[0]) if len(folders) == 1 else f"{len(folders):,} runs"
            self.tell(f"{what}: moved to the trash. To have it back, restore it from the system's trash.")

    def allow(self, why_not: str) -> None:
        """Whether a run can be opened, and the form be filled, now; a reason says why not."""
        self.details.allow(why_not)
        self.actions_row.allow(why_not)

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme, self.devicePixelRatioF())
        self.details.set_theme(theme)

    def _tell_count(self) -> None:
        shown, every = len(self.table.shown), len(self.table.runs)
        more = f"; {self._left_out:,} more are left out" if self._left_out else ""
        more = f"; reading {self._unread:,} more…" if self._unread else more
        count = f"{shown:,} of {every:,} runs" if shown != every else f"{every:,} run{'s' if every != 1 else ''}"
        self._count.setText(f"{count}{more}")
        if not every:
            self._stack.say(
                "No runs yet. Train a model, and its run appears here with its settings, its best value and a few of "
                f"its pictures.\n\nRuns are kept in {self._root}"
            )
        elif not shown:
            self._stack.say("No run is like this.")
        self._clear_button.setVisible(bool(every))
        self.details.setVisible(bool(every))
        self._stack.show_list(bool(shown))

    def _show_chosen(self, run: ListedRun | None) -> None:
        self.details.show_run(run)
        if run is not None:
            self.details_requested.emit(run)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        self.actions_row.show_chosen(self.view.current, self.view.selected)

    # What is sought

    def _sift(self) -> None:
        self.table.sift(self.sieve.chosen())
        self._tell_count()

    def clear_sieve(self) -> None:
        self.sieve.clear()
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search, Return and the arrow down lead to what was found."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
        if self.sieve.search.hasFocus() and event.key() in keys:
            self.view.setFocus()
            self.view.choose_first()
        else:
            super().keyPressEvent(event)

    # What is done with a run

    def _show_menu(self, at: QPoint) -> None:
        """Of the run under the mouse, which is chosen by then."""
        if self.view.indexAt(at).isValid():
            self.actions_row.show_menu(self.view.viewport().mapToGlobal(at), self.view)

    def _show_files(self, folder: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._root / folder))):
            self.tell(f"No program here shows folders. It is {self._root / folder}")

    def _rename(self, folder: str, title: str) -> None:
        self.said.emit(folder, "title", title)

    def _keep_tags(self, folder: str, tags: tuple[str, ...]) -> None:
        self.said.emit(folder, "tags", list(tags))

    def _keep_notes(self, folder: str, notes: str) -> None:
        self.said.emit(folder, "notes", notes)
