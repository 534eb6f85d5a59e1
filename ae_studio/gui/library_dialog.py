"""The library of runs: all that were trained, to find again, to note what they showed, and to go on from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ae_studio.gui.named import named
from ae_studio.gui.run_details import RunDetails
from ae_studio.gui.run_menu import RunMenu
from ae_studio.gui.run_table import RunTable
from ae_studio.gui.runs_sieve import RunsSieve
from ae_studio.gui.runs_view import RunsView
from ae_studio.gui.theme import Theme
from ae_studio.gui.trash_question import TrashQuestion
from ae_studio.runs.compared import MOST
from ae_studio.runs.listed import ListedRun, printable

WIDTH, HEIGHT = 1240, 720  # pixels at first, where the screen has room
SMALLEST = 640, 360
SHARE = 0.94  # of the window's size
NO_RUN = "Choose a run first"


class LibraryDialog(QDialog):
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
        super().__init__(parent)
        named(self, "library_dialog")
        self.setWindowTitle("Runs")
        self.setSizeGripEnabled(True)
        self.setMinimumSize(*SMALLEST)
        self._root = Path()
        self._left_out, self._unread = 0, 0
        self._late: list[Callable[[], None]] = []  # what is to be shown when no name is being typed any more
        self._why_not_now = ""  # why nothing can be opened, nor the form be filled
        self.table = RunTable(self)
        self.view = RunsView(self.table, self)
        self.details = RunDetails(self)
        self.sieve = RunsSieve(self)
        self._count = named(QLabel(self), "dim_label")
        self._message = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "library_message")
        self._message.hide()
        self._empty = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "library_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._clear_button = self._button("clear_sieve_button", "Show all runs")
        self._open_button = self._button("open_chosen_button", "Open")
        self._open_button.setProperty("primary", True)
        self._use_button = self._button("use_settings_button", "Use these settings")
        self._compare_button = self._button("compare_button", "Compare")
        self._rename_button = self._button("rename_button", "Rename…")
        self._folder_button = self._button("open_folder_button", "Open folder")
        self._trash_button = self._button("trash_button", "Move to trash")
        self._lay_out()
        self._connect()
        self._show_chosen(None)
        self._empty.setText("Reading…")
        self._clear_button.hide()
        self._stack.setCurrentIndex(1)

    def _button(self, name: str, text: str) -> QPushButton:
        button = named(QPushButton(text, self), name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)  # Return belongs to the table
        return button

    def _lay_out(self) -> None:
        empty = QWidget(self)
        column = QVBoxLayout(empty)
        column.addStretch(1)
        column.addWidget(self._empty)
        column.addWidget(self._clear_button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self.details)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([WIDTH - 310, 310])
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._count, 1)
        for button in (
            self._trash_button,
            self._folder_button,
            self._rename_button,
            self._compare_button,
            self._use_button,
            self._open_button,
        ):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self.sieve)
        whole.addWidget(self._message)
        whole.addWidget(self._splitter, 1)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self.sieve.changed.connect(self._sift)
        self._clear_button.clicked.connect(self.clear_sieve)
        self.view.chosen.connect(self._show_chosen)
        self.view.selectionModel().selectionChanged.connect(self._tell_possible)
        self.view.open_requested.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.trash_requested.connect(self._ask_for_trash)
        self.table.thumbnails_wanted.connect(self.thumbnails_requested)
        self.table.renamed.connect(self._rename)
        self.view.itemDelegate().closeEditor.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
        self.details.tags_edited.connect(self._keep_tags)
        self.details.notes_edited.connect(self._keep_notes)
        self._open_button.clicked.connect(self._open)
        self._use_button.clicked.connect(self._use)
        self._compare_button.clicked.connect(self._compare)
        self._rename_button.clicked.connect(self.view.rename)
        self._folder_button.clicked.connect(self._open_folder)
        self._trash_button.clicked.connect(self._ask_for_trash)
        for keys, act in (("Ctrl+F", self.sieve.take_keys), ("F5", self.refresh_requested.emit)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Comes and goes

    def open_library(self) -> None:
        """In front, with what lies on the disk now."""
        if not self.isVisible():
            self._fit_window()
        self.tell("")
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()
        self.refresh_requested.emit()

    def _fit_window(self) -> None:
        """Over the middle of the window, and no larger, unless the user has made it so."""
        parent = self.parentWidget()
        if parent is not None and not self.property("placed"):
            room = parent.window().geometry()
            self.resize(min(WIDTH, int(room.width() * SHARE)), min(HEIGHT, int(room.height() * SHARE)))
            self.move(room.center() - self.rect().center())
            self.setProperty("placed", True)

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
        self._message.setText(message)
        self._message.setVisible(bool(message))

    def tell_trashed(self, folders: list[str]) -> None:
        if folders:
            what = printable(folders[0]) if len(folders) == 1 else f"{len(folders):,} runs"
            self.tell(f"{what}: moved to the trash. To have it back, restore it from the system's trash.")

    def allow(self, why_not: str) -> None:
        """Whether a run can be opened, and the form be filled, now; a reason says why not."""
        self._why_not_now = why_not
        self.details.allow(why_not)
        self._tell_possible()

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
            self._empty.setText(
                "No runs yet. Train a model, and its run appears here with its settings, its best value and a few of "
                f"its pictures.\n\nRuns are kept in {self._root}"
            )
        elif not shown:
            self._empty.setText("No run is like this.")
        self._clear_button.setVisible(bool(every))
        self.details.setVisible(bool(every))
        self._stack.setCurrentIndex(0 if shown else 1)

    def _show_chosen(self, run: ListedRun | None) -> None:
        self.details.show_run(run)
        if run is not None:
            self.details_requested.emit(run)
        self._tell_possible()

    def _tell_possible(self) -> None:
        run = self.view.current
        several = len(self.view.selectionModel().selectedRows()) > 1
        gone = NO_RUN if run is None else ""
        broken = f"It cannot be opened: {run.told}" if run and run.broken else ""
        one = "One run at a time" if several else ""
        self._allow(self._open_button, gone or one or broken or self._why_not_now, "Show it in the window (Return)")
        use = "Put its settings, as it began, into the form, to train with them or with others like them"
        self._allow(self._use_button, gone or one or broken or self._why_not_now, use)
        self._allow(self._rename_button, gone or one, "Give it a name of your own (F2); its folder keeps its name")
        self._allow(self._folder_button, gone or one, "Show its files")
        self._allow(self._compare_button, self._why_not_compare(), "See them side by side")
        trained = "It is being trained; stop it first" if run and run.being_trained and not several else ""
        self._allow(self._trash_button, gone or trained, "Move it to the system's trash (Delete)")

    def _why_not_compare(self) -> str:
        """Those that are chosen; empty where they can be."""
        chosen = self.view.selected
        broken = next((run.name for run in chosen if run.broken), "")
        if not 2 <= len(chosen) <= MOST:
            return f"Choose two to four runs, with Ctrl or Shift held down: {len(chosen)} chosen"
        return f"{broken} is damaged, so it cannot be compared" if broken else ""

    def _allow(self, button: QPushButton, reason: str, hint: str) -> None:
        button.setEnabled(not reason)
        button.setToolTip(reason or hint)

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

    def _with_current(self, button: QPushButton, act: Callable[[ListedRun], None]) -> None:
        """What a key asks for is done where its button could be pressed; else the reason is told."""
        run = self.view.current
        if run is not None and button.isEnabled():
            act(run)
        elif run is not None:
            self.tell(button.toolTip())

    def _open(self) -> None:
        self._with_current(self._open_button, lambda run: self.open_requested.emit(run.folder))

    def _use(self) -> None:
        self._with_current(self._use_button, lambda run: self.settings_requested.emit(run.folder))

    def _show_menu(self, at: QPoint) -> None:
        """Of the run under the mouse, which is chosen by then."""
        if not self.view.indexAt(at).isValid():
            return
        about = (self._rename_button, self._folder_button, self._trash_button)
        buttons = (self._open_button, self._use_button, self._compare_button, *about)
        RunMenu(buttons, self._go_on, self.view).popup(self.view.viewport().mapToGlobal(at))

    def _go_on(self) -> None:
        self._with_current(self._open_button, lambda run: self.continue_requested.emit(run.folder))

    def _compare(self) -> None:
        self.compare_requested.emit([run.folder for run in self.view.selected])

    def _open_folder(self) -> None:
        self._with_current(self._folder_button, self._show_files)

    def _show_files(self, run: ListedRun) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._root / run.folder))):
            self.tell(f"No program here shows folders. It is {self._root / run.folder}")

    def _ask_for_trash(self) -> None:
        self._with_current(self._trash_button, lambda run: self._ask([each.folder for each in self.view.selected]))

    def _ask(self, folders: list[str]) -> None:
        question = TrashQuestion([run.name for run in self.table.shown if run.folder in set(folders)], self)
        question.trash_chosen.connect(lambda: self.trash_requested.emit(folders))
        question.open()

    def _rename(self, folder: str, title: str) -> None:
        self.said.emit(folder, "title", title)

    def _keep_tags(self, folder: str, tags: tuple[str, ...]) -> None:
        self.said.emit(folder, "tags", list(tags))

    def _keep_notes(self, folder: str, notes: str) -> None:
        self.said.emit(folder, "notes", notes)
