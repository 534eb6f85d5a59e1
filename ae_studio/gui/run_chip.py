"""One of the runs that are compared, above their tabs: what it is called, its epoch, its place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.elided_label import ElidedLabel
from ae_studio.gui.epoch_box import EpochBox
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme
from ae_studio.runs.compared import ComparedRun

ICON = QSize(10, 10)  # pixels


class RunChip(QFrame):
    """The letter stands for the run in every tab.

    Signals:
        epoch_chosen(index, epoch)
        moved(index, by): to the left, -1, or to the right, 1.
        removed(index)
    """

    epoch_chosen = Signal(int, int)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "run_chip")
        self.index = index
        self._letter = named(QLabel(LETTERS[index], self), "run_letter")
        self._name = named(ElidedLabel(self), "run_name")
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.epoch_box = EpochBox(self)
        self.epoch_box.setAccessibleName(f"Epoch of run {LETTERS[index]}")
        self._left = self._button("move_left_button", f"Move run {LETTERS[index]} to the left")
        self._right = self._button("move_right_button", f"Move run {LETTERS[index]} to the right")
        self._remove = self._button("remove_run_button", f"Take run {LETTERS[index]} out of the comparison")
        self._lay_out()
        self._connect()

    def _button(self, name: str, words: str) -> QToolButton:
        button = named(QToolButton(self), name, toolTip=words)
        button.setAccessibleName(words)
        button.setIconSize(ICON)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(4)
        row.addWidget(self._letter)
        row.addSpacing(4)
        row.addWidget(self._name, 1)
        row.addWidget(self.epoch_box)
        for button in (self._left, self._right, self._remove):
            row.addWidget(button)
        for own in (self.epoch_box, self._left, self._right, self._remove):
            own.setCursor(Qt.CursorShape.ArrowCursor)  # not the chip's hand

    def _connect(self) -> None:
        self.epoch_box.epoch_chosen.connect(self._tell_epoch)
        self._left.clicked.connect(self._move_left)
        self._right.clicked.connect(self._move_right)
        self._remove.clicked.connect(self._leave)

    def show_run(self, run: ComparedRun, epoch: int, count: int) -> None:
        """One of ``count`` runs, and the epoch that is wanted of it."""
        self._name.setText(run.name)
        self.setAccessibleName(f"Run {LETTERS[self.index]}: {run.name}")
        config = run.config
        drag = "\nDrag it past another to change their order" if count > 1 else ""
        self.setToolTip(f"{run.path}\n{config.model}, {config.data}, {config.latent_dim} latent dimensions{drag}")
        self.setCursor(Qt.CursorShape.OpenHandCursor if count > 1 else Qt.CursorShape.ArrowCursor)
        self.epoch_box.offer(run.opened.epochs, epoch)
        first, last = run.opened.epochs[0], run.opened.epochs[-1]
        training = "" if run.opened.ended else "; it has no end yet: Reload takes its newest"
        self.epoch_box.setToolTip(f"Epochs {first} to {last} are kept{training}")
        self._allow(self._left, self.index > 0, "It is the first already")
        self._allow(self._right, self.index < count - 1, "It is the last already")

    def _allow(self, button: QToolButton, possible: bool, reason: str) -> None:
        button.setEnabled(possible)
        button.setToolTip(button.accessibleName() if possible else reason)

    def set_theme(self, theme: Theme) -> None:
        colour = run_colour(theme, self.index)
        self._letter.setStyleSheet(
            f"background: {colour}; color: {theme.panel}; border-radius: 4px; padding: 1px 6px; font-weight: 600;"
        )
        for button, name in ((self._left, "left"), (self._right, "right"), (self._remove, "close")):
            button.setIcon(icon(name, theme.dim))

    def _tell_epoch(self, epoch: int) -> None:
        self.epoch_chosen.emit(self.index, epoch)

    def _move_left(self) -> None:
        self.moved.emit(self.index, -1)

    def _move_right(self) -> None:
        self.moved.emit(self.index, 1)

    def _leave(self) -> None:
        self.removed.emit(self.index)
