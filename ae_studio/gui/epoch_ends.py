"""Two epochs that are kept at hand, A and B: to flip between, to see side by side, to see what moved in between."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme, tabular
from ae_studio.latent.code_paths import Ends

HELD_S = 0.35  # a key that was down for longer was held: what it showed was a glance
NONE = "There is no epoch to go to yet"
NO_PAIR = "Set A and B first: each keeps the epoch that is shown"


class EpochEnds(QWidget):
    """A and B are set to the epoch that is shown; pressed again at that epoch, they are taken back.

    Signals:
        ends_changed(ends): which epochs they are.
        epoch_chosen(epoch): the other of the two is to be shown.
        sides_requested(a, b): both are to be seen side by side.
    """

    ends_changed = Signal(object)
    epoch_chosen = Signal(int)
    sides_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends: list[int | None] = [None, None]
        self._epoch: int | None = None  # that is shown
        self._before_glance: int | None = None
        self._pressed_at = 0.0
        self._buttons = tuple(self._button(f"epoch_{name}_button") for name in ("a", "b"))
        self._flip = self._button("epoch_flip_button")
        self._sides = self._button("epoch_sides_button")
        self._lay_out()
        self._connect()
        self.allow(None)

    def _button(self, name: str) -> QToolButton:
        button = named(QToolButton(self), name)
        button.setIconSize(QSize(16, 16))
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for button in (*self._buttons, self._flip, self._sides):
            layout.addWidget(button)
        for button in self._buttons:
            button.setFont(tabular(button.font()))
        self._flip.setAccessibleName("Flip between A and B")
        self._sides.setAccessibleName("A and B side by side")

    def _connect(self) -> None:
        for number, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, number=number: self.set_end(number))
        self._flip.clicked.connect(self.flip)
        self._sides.clicked.connect(self._ask_for_sides)

    @property
    def ends(self) -> Ends:
        return self._ends[0], self._ends[1]

    def begin(self) -> None:
        """Another run."""
        self._set([None, None])
        self.allow(None)

    def reserve_room(self, total: int) -> None:
        """For so many epochs, so that nothing beside the buttons moves when one is set."""
        for button in self._buttons:
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(f"A {total}") + 16)

    def allow(self, epoch: int | None) -> None:
        """The epoch that is shown, None where there is none."""
        self._epoch = epoch
        self._show_state()

    def drop(self, epoch: int) -> None:
        """It cannot be shown."""
        self._set([None if end == epoch else end for end in self._ends])

    def set_end(self, number: int) -> None:
        """A (0) or B (1) to the epoch that is shown, or to none where it is that already."""
        if self._epoch is not None:
            ends = [*self._ends]
            ends[number] = None if ends[number] == self._epoch else self._epoch
            self._set(ends)

    def flip(self) -> None:
        """From A to B, from B to A, from anywhere else to A."""
        a, b = self._ends
        if a is not None and b is not None:
            self.epoch_chosen.emit(b if self._epoch == a else a)

    def press(self) -> None:
        """The key for it is down."""
        self._before_glance, self._pressed_at = self._epoch, time.perf_counter()
        self.flip()

    def release(self) -> None:
        """Up again: back from a glance."""
        before, self._before_glance = self._before_glance, None
        held = time.perf_counter() - self._pressed_at > HELD_S
        if held and before is not None and None not in self._ends:
            self.epoch_chosen.emit(before)

    def set_theme(self, theme: Theme) -> None:
        self._flip.setIcon(icon("swap", theme.text))
        self._sides.setIcon(icon("sides", theme.text))

    def _set(self, ends: list[int | None]) -> None:
        if ends != self._ends:
            self._ends = ends
            self.ends_changed.emit(self.ends)
        self._show_state()

    def _ask_for_sides(self) -> None:
        a, b = self._ends
        if a is not None and b is not None:
            self.sides_requested.emit(a, b)

    def _show_state(self) -> None:
        for letter, button, end in zip("AB", self._buttons, self._ends, strict=True):
            button.setEnabled(self._epoch is not None)
            button.setText(letter if end is None else f"{letter} {end}")
            words = f"Keep epoch {self._epoch} as {letter}" if end != self._epoch else f"Let {letter} go"
            button.setAccessibleName(words)
            button.setToolTip(f"{words} ({letter})" if self._epoch is not None else NONE)
        pair = None not in self._ends
        for button, hint in (
            (self._flip, "Flip between A and B (X); hold X for a glance at the other"),
            (self._sides, "A and B side by side, in a window of their own"),
        ):
            button.setEnabled(pair)
            button.setToolTip(hint if pair else NO_PAIR)
