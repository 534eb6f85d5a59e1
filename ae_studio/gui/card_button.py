"""A button with a title and a line of words below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ae_studio.gui.elided_label import ElidedLabel
from ae_studio.gui.named import named

MARGINS = 12, 8, 12, 8  # pixels
GAP = 2
WIDTH, LEAST_WIDTH = 240, 120


class CardButton(QPushButton):
    """As wide as there is room; its words break into lines, or, ``wrapped`` being False, end in an ellipsis."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None, *, wrapped: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setProperty("card", True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wrapped)
        self.setSizePolicy(policy)
        self._title = named(ElidedLabel(title, self), "card_title")
        self._words = named(QLabel(words, self, wordWrap=True) if wrapped else ElidedLabel(words, self), "dim_label")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(GAP)
        for label in (self._title, self._words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(label)

    def heightForWidth(self, width: int) -> int:
        words = self._words.heightForWidth(width - MARGINS[0] - MARGINS[2])  # -1 of one that does not break
        if words < 0:
            words = self._words.sizeHint().height()
        return MARGINS[1] + self._title.sizeHint().height() + GAP + words + MARGINS[3]

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self.heightForWidth(WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, self.heightForWidth(max(LEAST_WIDTH, min(self.width(), WIDTH))))
