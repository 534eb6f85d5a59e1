"""Selecting by class and by error, without the canvas."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from ae_studio.gui.error_threshold import ErrorThreshold
from ae_studio.gui.named import named
from ae_studio.gui.short_box import short_box
from ae_studio.gui.theme import Theme
from ae_studio.latent.errors import Errors
from ae_studio.latent.groups import How

HOW_IN_WORDS = {
    "replace": "Select",
    "add": "Add to the selection",
    "remove": "Take out of the selection",
    "intersect": "Keep only these of the selection",
}


class SelectBy(QWidget):
    """A class, or a side of a threshold.

    Signals:
        class_wanted(label, how), error_wanted(threshold, above, how)
    """

    class_wanted = Signal(int, str)
    error_wanted = Signal(float, bool, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._how = self._box("how_box", "What is done with what is found")
        for how in get_args(How):
            self._how.addItem(HOW_IN_WORDS[how], how)
        self._class = self._box("select_class_box", "Class to select")
        self._class_button = self._button("select_class_button", "Apply to the images of this class")
        self._side = self._box("error_side_box", "Side of the threshold")
        self._side.addItems(["at least", "at most"])
        self.threshold = ErrorThreshold(self)
        self._error_button = self._button("select_error_button", "Apply to the images on this side of the threshold")
        self._why_no_errors = ""
        self._lay_out()
        self._connect()
        self.show_classes(())
        self.threshold.show_errors(None)

    def _box(self, name: str, accessible: str) -> QComboBox:
        box = short_box(name, accessible, 4, self)
        box.setToolTip(accessible)
        return box

    def _button(self, name: str, accessible: str) -> QPushButton:
        button = named(QPushButton("Apply", self), name, toolTip=accessible)
        button.setAccessibleName(accessible)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(named(QLabel("Action", self), "dim_label"), 0, 0)
        grid.addWidget(self._how, 0, 1, 1, 2)
        grid.addWidget(named(QLabel("Class", self), "dim_label"), 1, 0)
        grid.addWidget(self._class, 1, 1)
        grid.addWidget(self._class_button, 1, 2)
        grid.addWidget(self.threshold, 2, 0, 1, 3)
        grid.addWidget(named(QLabel("Error", self), "dim_label"), 3, 0)
        grid.addWidget(self._side, 3, 1)
        grid.addWidget(self._error_button, 3, 2)

    def _connect(self) -> None:
        self._class_button.clicked.connect(self._want_class)
        self._error_button.clicked.connect(self._want_error)
        self._side.currentIndexChanged.connect(lambda index: self.threshold.take_side(index == 0))
        self.threshold.threshold_changed.connect(self._show_threshold)

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Of another run."""
        self._class.clear()
        self._class.addItems(list(names))
        self._class.setEnabled(bool(names))
        self._class_button.setEnabled(bool(names))

    def show_errors(self, errors: Errors | None, why_not: str = "") -> None:
        self._why_no_errors = why_not
        self.threshold.show_errors(errors)

    def set_theme(self, theme: Theme) -> None:
        self.threshold.set_theme(theme)

    def _show_threshold(self) -> None:
        known = self.threshold.isEnabled()
        self._error_button.setEnabled(known)
        why = self._why_no_errors or "The errors are being computed"
        self._error_button.setToolTip(self._error_button.accessibleName() if known else why)

    def _want_class(self) -> None:
        self.class_wanted.emit(self._class.currentIndex(), self._how.currentData())

    def _want_error(self) -> None:
        self.error_wanted.emit(self.threshold.threshold, self.threshold.above, self._how.currentData())
