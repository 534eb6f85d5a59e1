"""The curves of the loss plot with their colours; a click hides one."""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.icons import DOT, dot
from ae_studio.gui.loss_lines import LOSS, TRAIN, Curve, LossLines, chips
from ae_studio.gui.named import named


class LossLegend(QWidget):
    """A chip for every term, and two for the loss: its training and its validation.

    Signals:
        curves_toggled(curves): their chip was clicked; a frozenset of :data:`~ae_studio.gui.loss_lines.Curve`.
    """

    curves_toggled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_chips")
        self._flow = FlowLayout(self, gap=0)
        self._chips: dict[QToolButton, frozenset[Curve]] = {}

    def clear(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}

    def add_term(self, name: str, main: str = LOSS, *, trained: bool = True) -> None:
        """``main`` is the term that everybody compares; ``trained``: it has a training as well."""
        for text, curves in chips(name, main).items():
            if name == main and text == TRAIN and not trained:
                continue
            chip = self._make_chip(f"{name}_{text}_chip" if name == main else f"{name}_chip", text)
            self._chips[chip] = curves
            self._flow.addWidget(chip)

    def paint_chips(self, lines: LossLines, hidden: Set[Curve]) -> None:
        """A filled dot for what is shown, a ring for what waits for a click."""
        for chip, curves in self._chips.items():
            shown = not curves <= hidden
            name, split = max(curves)  # any but the faint one of single steps
            colour = lines.colour(name, split).name()
            chip.setChecked(shown)
            chip.setIcon(dot(colour, self.devicePixelRatioF(), filled=shown))
            chip.setStyleSheet("" if shown else f"QToolButton {{ color: {lines.theme.dim}; }}")

    def _make_chip(self, key: str, text: str) -> QToolButton:
        chip = named(QToolButton(self), key, text=text, checkable=True, autoRaise=True)
        chip.setAccessibleName(f"Show {text}")
        chip.setToolTip(f"Click to show or hide {text}: solid is training, dashed is validation")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(DOT, DOT))
        chip.clicked.connect(self._tell_sender)
        return chip

    def _tell_sender(self) -> None:
        sender = self.sender()
        assert isinstance(sender, QToolButton)
        self.curves_toggled.emit(self._chips[sender])
