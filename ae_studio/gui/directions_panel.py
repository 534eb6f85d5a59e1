"""The directions that the canvas does not show: a slider for each, the most important first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ae_studio.events import Codes
from ae_studio.gui.direction_row import DirectionRow
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme
from ae_studio.latent.directions import Direction

FIRST = 12  # sliders at first, where there are many more
AT_ONCE = 12  # rows that are made before the window is seen to again: about 30 ms
NOTHING = "Train a model or open a run first"


class DirectionsPanel(QWidget):
    """Shows :class:`~ae_studio.latent.directions.Direction`, its ``directions``, and where the handle is along them.

    Signals:
        moved(number, value): the handle is wished at another value along a direction, counted from 0.
        reset_requested(numbers): back to 0 along these.
        wanted(): it has come into sight, and what it shows may be old.
    """

    moved = Signal(int, float)
    reset_requested = Signal(object)
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("directions_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # floating, its ground is another
        self._theme = DARK
        self.directions: tuple[Direction, ...] = ()
        self._axes = np.zeros((0, 0), dtype=np.float32)
        self._levels = np.zeros(0, dtype=np.float32)
        self._code: Codes | None = None
        self._waiting: tuple[tuple[Direction, ...], str] | None = None  # until the slider at hand is let go
        self._shows_all = False
        self._rows: list[DirectionRow] = []
        self._making = QTimer(self, singleShot=True, interval=0)
        self._making.timeout.connect(self._show_rows)
        self._message = named(QLabel(NOTHING, self, wordWrap=True), "directions_message")
        self._reset_all = named(QPushButton("Reset all", self), "reset_directions_button")
        self._show_all = named(QPushButton(self, flat=True), "all_directions_button")
        self._column = QVBoxLayout()
        self._lay_out()
        self._reset_all.clicked.connect(self._ask_reset)
        self._show_all.clicked.connect(self._toggle_all)
        self._show_rows()

    def _lay_out(self) -> None:
        self._reset_all.setAccessibleName("Reset all directions")
        self._reset_all.setToolTip("The handle onto the plane itself: 0 along every other direction")
        self._column.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addWidget(self._reset_all)
        buttons.addStretch(1)
        buttons.addWidget(self._show_all)
        inside = named(QWidget(self), "directions_content")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 6, 12, 12)
        column.setSpacing(10)
        column.addWidget(self._message)
        column.addLayout(buttons)
        column.addLayout(self._column)
        column.addStretch(1)
        area = named(QScrollArea(self, widgetResizable=True), "directions_area")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    # What is shown

    def show_directions(self, directions: Sequence[Direction], reason: str = "") -> None:
        """Those off the plane that is seen; where there are none, the ``reason``. A slider at hand is let go first."""
        if any(row.slider.isSliderDown() for row in self._rows):
            self._waiting = tuple(directions), reason
            return
        self._waiting = None
        self.directions = tuple(directions)
        self._axes = np.array([each.axis for each in directions], dtype=np.float32)
        self._levels = np.array([each.level for each in directions], dtype=np.float32)
        self._message.setText(reason)
        self._show_rows()

    def show_code(self, code: Codes) -> None:
        """The handle's (d,)."""
        self._code = code
        if not self.isVisible() or not len(self.directions) or self._axes.shape[1] != len(code):
            return
        shown = self._shown_count
        values = self._axes[:shown] @ code - self._levels[:shown]
        for row, value in zip(self._rows[:shown], values.tolist(), strict=True):
            row.show_value(value)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    @property
    def _shown_count(self) -> int:
        """Of the rows that there are already."""
        return min(self._wanted_count, len(self._rows))

    @property
    def _wanted_count(self) -> int:
        return len(self.directions) if self._shows_all else min(FIRST, len(self.directions))

    def _show_rows(self) -> None:
        """Rows are made as they are needed, some at a time, and kept."""
        for _ in range(min(AT_ONCE, self._wanted_count - len(self._rows))):
            self._add_row()
        if len(self._rows) < self._wanted_count:
            self._making.start()
        shown, count = self._shown_count, len(self.directions)
        for row, each in zip(self._rows[:shown], self.directions, strict=False):
            row.show_direction(each.name, each.importance, each.reason, each.low, each.high)
        for number, row in enumerate(self._rows):
            row.setVisible(number < shown)
        self._message.setVisible(bool(self._message.text()))
        self._reset_all.setVisible(count > 0)
        self._show_all.setVisible(count > FIRST)
        self._show_all.setText("Show fewer" if self._shows_all else f"Show all {count}")
        if self._code is not None:
            self.show_code(self._code)

    def _add_row(self) -> None:
        row = DirectionRow(len(self._rows), self)
        row.set_theme(self._theme)
        row.moved.connect(self.moved)
        row.reset_requested.connect(self._ask_reset_of)
        row.slider.sliderReleased.connect(self._catch_up)
        self._rows.append(row)
        self._column.addWidget(row)

    def _catch_up(self) -> None:
        if self._waiting is not None:
            self.show_directions(*self._waiting)
        elif self._code is not None:
            self.show_code(self._code)

    def _ask_reset_of(self, number: int) -> None:
        self.reset_requested.emit((number,))

    def _ask_reset(self) -> None:
        self.reset_requested.emit(tuple(range(len(self.directions))))

    def _toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self._show_rows()

    def hideEvent(self, event: QHideEvent) -> None:
        self._making.stop()

    def showEvent(self, event: QShowEvent) -> None:
        self._show_rows()
        self.wanted.emit()
