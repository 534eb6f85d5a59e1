"""What the canvas says before there is anything to see."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.named import named

TEXT_WIDTH = 560  # pixels: longer lines are hard to read


class Welcome(QWidget):
    """An invitation over the empty canvas.

    Signals:
        train_requested(): with the settings as they are.
        preset_chosen(name)
    """

    train_requested = Signal()
    preset_chosen = Signal(str)

    def __init__(self, presets: Mapping[str, tuple[str, str]], parent: QWidget | None = None) -> None:
        """``presets`` maps a name to its title and its one-line summary."""
        super().__init__(parent)
        self.setObjectName("welcome")
        title = named(QLabel("The latent space appears here", self), "welcome_title")
        text = named(
            QLabel(
                "Each image becomes a point, coloured by its class. Press Train and watch the classes part; "
                "then drag the handle: what you see beside is the image that the model imagines there.",
                self,
                wordWrap=True,
            ),
            "dim_label",
        )
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._presets: dict[QPushButton, str] = {}  # with their summaries
        self._train_button = named(QPushButton("Train", self), "welcome_train_button")
        self._train_button.setProperty("primary", True)
        self._train_button.clicked.connect(self.train_requested)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(title)
        layout.addLayout(_centred(text))
        layout.addSpacing(8)
        layout.addLayout(self._buttons(presets))
        layout.addStretch(1)

    def _buttons(self, presets: Mapping[str, tuple[str, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._train_button)
        for name, (title, summary) in presets.items():
            button = named(QPushButton(title, self), f"preset_{name.replace('-', '_')}_button")
            self._presets[button] = summary
            button.setProperty("preset", name)
            button.clicked.connect(self._choose_sender)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def allow_training(self, reason: str) -> None:
        """An empty reason means that it can begin; any other is told by the buttons."""
        for button, hint in {self._train_button: "Train with the settings on the left", **self._presets}.items():
            button.setEnabled(not reason)
            button.setToolTip(reason or hint)

    def _choose_sender(self) -> None:
        self.preset_chosen.emit(str(self.sender().property("preset")))


def _centred(text: QLabel) -> QHBoxLayout:
    """As wide as a column of text, or as there is room."""
    text.setMaximumWidth(TEXT_WIDTH)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(text, 100)
    row.addStretch(1)
    return row
