"""All of one run that the library knows: its pictures, its settings, and what the user says of it."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from ae_studio.gui.changes_list import ChangesList
from ae_studio.gui.image_grid import ImageGrid
from ae_studio.gui.named import named
from ae_studio.gui.run_table import short
from ae_studio.gui.theme import DARK, Theme
from ae_studio.runs.about import LONGEST_NOTES, as_tags
from ae_studio.runs.listed import ListedRun, printable

PICTURES = 6  # in a row: the originals, and below them what the model makes of them
SAVE_MS = 800  # behind the last key: a pause, in which nothing is lost by a crash
NOTHING = "Choose a run to see its pictures and settings, and to note what it showed."


class RunDetails(QScrollArea):
    """Shows a run; its tags and notes can be changed there, and are told when the user pauses or leaves.

    Signals:
        tags_edited(folder, tags), notes_edited(folder, notes)
        repeat_requested(folder): it is to be made again, with what was changed while it was trained.
    """

    tags_edited = Signal(str, object)
    notes_edited = Signal(str, str)
    repeat_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "run_details")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(230)
        self._theme = DARK
        self._run: ListedRun | None = None
        self._details: Any = None
        self._title = self._label("run_title")
        self._folder = self._label("dim_label")
        self._state = self._label("run_state")
        self._grid = named(ImageGrid(self, columns=PICTURES), "run_pictures")
        self._grid.setAccessibleName("Originals, and below them their reconstructions")
        self._grid.setFixedHeight(96)
        self._settings = self._label("run_settings", Qt.TextFormat.RichText)
        self.tags = named(QLineEdit(self, placeholderText="Tags, with commas between them"), "run_tags_edit")
        self.tags.setAccessibleName("Tags")
        self.notes = named(QPlainTextEdit(self, tabChangesFocus=True), "run_notes_edit")
        self.notes.setPlaceholderText("Notes: what did it show?")
        self.notes.setAccessibleName("Notes")
        self.notes.setMinimumHeight(110)
        self.changes = ChangesList(self)
        self._pause = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._lay_out()
        self._connect()
        self.show_run(None)

    def _label(self, name: str, form: Qt.TextFormat = Qt.TextFormat.PlainText) -> QLabel:
        label = named(QLabel(self, wordWrap=True, textFormat=form), name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self) -> None:
        content = named(QWidget(self), "run_details_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 8, 14, 12)
        column.setSpacing(6)
        self._parts: list[QWidget] = [self._folder, self._grid, self._state]
        column.addWidget(self._title)
        for part in self._parts:
            column.addWidget(part)
        column.addWidget(self.changes)
        for title, part in (("TAGS", self.tags), ("NOTES", self.notes), ("SETTINGS", self._settings)):
            heading = named(QLabel(title, self), "section_title")
            column.addSpacing(6)
            column.addWidget(heading)
            column.addWidget(part)
            self._parts += [heading, part]
        column.addStretch(1)
        self.setWidget(content)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.keep_words)
        self.notes.textChanged.connect(self._pause.start)
        self.tags.textEdited.connect(self._pause.start)
        self.tags.editingFinished.connect(self.keep_words)
        self.notes.installEventFilter(self)
        self.changes.repeat_requested.connect(lambda: self.repeat_requested.emit(self.folder))

    # What is shown

    @property
    def folder(self) -> str:
        return self._run.folder if self._run else ""

    def show_run(self, run: ListedRun | None) -> None:
        """What the list knows of it; words that are being typed are not replaced by those that were kept before."""
        same = run is not None and self._run is not None and run.folder == self._run.folder
        if not same:
            self.keep_words()
            self._details = None
            self._grid.clear()
            self._settings.clear()
            self.changes.show_changes(())
        before, self._run = self._run, run
        for part in self._parts:
            part.setVisible(run is not None)
        self._title.setText(breakable(run.name) if run else NOTHING)
        if run is None:
            return
        self._folder.setText(breakable(printable(run.folder)))
        self._folder.setVisible(bool(run.title))
        self._state.setText(breakable(_state(run)))
        if not (same and self._pause.isActive()) and (not same or before is None or _said(before) != _said(run)):
            self._fill(run)
        self._tell_settings()

    def show_details(self, details: Any) -> None:
        """An :class:`ae_studio.runs.details.Details`; not of a run that is not shown any more."""
        if self._run is None or details.run.folder != self._run.folder:
            return
        self._details = details
        pictures = details.pictures
        self._grid.setVisible(pictures is not None)
        if pictures is not None:
            self._grid.show_images(np.concatenate([pictures.originals, pictures.reconstructions]))
        self.changes.show_changes(details.changes)
        self._tell_settings()

    def _fill(self, run: ListedRun) -> None:
        """Also where the words are the same: the cursor is put to their beginning."""
        with QSignalBlocker(self.tags), QSignalBlocker(self.notes):
            if self.tags.text() != ", ".join(run.tags):
                self.tags.setText(", ".join(run.tags))
            if self.notes.toPlainText() != run.notes:
                self.notes.setPlainText(run.notes)

    def _tell_settings(self) -> None:
        run, details = self._run, self._details
        if run is None:
            return
        best = "" if run.best is None else f"{run.best:.6g} {run.loss_unit}".rstrip() + f", epoch {run.best_epoch}"
        rows = [("Model", short(run.model)), ("Data", short(run.data)), ("Best validation", best)]
        rows += [("Begun", run.started), *(details.settings if details else ())]
        self._settings.setText(
            "<table>"
            + "".join(
                f'<tr><td style="color:{self._theme.dim}; padding-right:12px">{html.escape(label)}</td>'
                f"<td>{html.escape(breakable(printable(value)))}</td></tr>"
                for label, value in rows
                if value
            )
            + "</table>"
        )

    def allow(self, why_not: str) -> None:
        """Whether a run can be made again now; a reason says why not."""
        self.changes.allow(why_not)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._grid.set_theme(theme)
        self._tell_settings()

    # What the user says

    def keep_words(self) -> None:
        """Tells what was changed since it was last told."""
        self._pause.stop()
        if self._run is None:
            return
        tags, notes = as_tags(self.tags.text().split(",")), self.notes.toPlainText()[:LONGEST_NOTES]
        if tags != self._run.tags:
            self.tags_edited.emit(self._run.folder, tags)
        if notes != self._run.notes:
            self.notes_edited.emit(self._run.folder, notes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.notes and event.type() == QEvent.Type.FocusOut:
            self.keep_words()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_words()
        super().hideEvent(event)


def breakable(text: str) -> str:
    """With places where a line may end: names and paths without spaces would make the panel as wide as they are."""
    return re.sub(r"[_/\\]|\S{16}", lambda found: found[0] + "\u200b", text)


def _said(run: ListedRun) -> tuple[tuple[str, ...], str]:
    return run.tags, run.notes


def _state(run: ListedRun) -> str:
    return f"Damaged\n{run.told}" if run.broken else run.told
