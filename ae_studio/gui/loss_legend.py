"""The terms of the loss with their colours; a click hides one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.loss_lines import LOSS, TRAIN, VALIDATION, LossLines, title
from ae_studio.gui.named import named


class LossLegend(QWidget):
    """A chip for every term, and two for the loss: its training and its validation.

    Signals:
        term_toggled(name): its chip was clicked.
    """

    term_toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_chips")
        self._flow = FlowLayout(self)
        self._chips: list[QToolButton] = []

    def clear(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []

    def add_term(self, name: str) -> None:
        for split in (TRAIN, VALIDATION) if name == LOSS else (TRAIN,):
            self._chips.append(self._make_chip(name, split))
            self._flow.addWidget(self._chips[-1])

    def paint_chips(self, lines: LossLines, hidden: set[str]) -> None:
        for chip in self._chips:
            name, split = str(chip.property("term")), str(chip.property("split"))
            shown = name not in hidden
            chip.setChecked(shown)
            colour = lines.colour(name, split).name() if shown else lines.theme.dim
            chip.setStyleSheet(f"QToolButton {{ color: {colour}; }}")

    def _make_chip(self, name: str, split: str) -> QToolButton:
        text = split if name == LOSS else title(name)
        key = f"{name}_{split}_chip" if name == LOSS else f"{name}_chip"
        chip = named(QToolButton(self), key, text=text, checkable=True, autoRaise=True)
        chip.setAccessibleName(f"Show {text}")
        chip.setToolTip("Click to show or hide this term: solid is training, dashed is validation")
        chip.setProperty("term", name)
        chip.setProperty("split", split)
        chip.clicked.connect(self._tell_sender)
        return chip

    def _tell_sender(self) -> None:
        self.term_toggled.emit(str(self.sender().property("term")))
