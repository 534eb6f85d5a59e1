"""The chosen family in short, below its name in the form: what it is, its formula, and the way to its whole card."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.named import named
from ae_studio.models.catalog import family


class FamilyCard(QFrame):
    """Signals:
    card_requested(): the whole card.
    """

    card_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._text = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.RichText), "model_card")
        self._button = named(QPushButton("About this model", self, flat=True), "card_button")
        self._button.setAccessibleName("About this model")
        self._button.setToolTip("What it is for, how it works, every setting, what to try, the paper (F1)")
        self._button.clicked.connect(self.card_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.setSpacing(2)
        layout.addWidget(self._text)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_family(self, model: str) -> None:
        card = family(model).card
        formula = f"<p align='center' style='margin:6px 0 0 0'><i>{card.formula}</i></p>" if card.formula else ""
        self._text.setText(f"<b>{escape(card.title)}</b><br><span>{escape(card.summary)}</span>{formula}")
        self._text.setToolTip(card.paper)
