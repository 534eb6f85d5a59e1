"""What went wrong, or what was done, said inside the window."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontDatabase
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme

DETAILS = 50, 220  # pixels of height: of a window that is small and of one that has room


class MessageBar(QFrame):
    """One message at a time: info, warning or error, with details that can be unfolded and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._text = named(QLabel(self, wordWrap=True), "message_text")
        self._details = named(QPlainTextEdit(self, readOnly=True), "message_details", visible=False)
        self._details.setAccessibleName("Details of the message")
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))  # columns are to stand
        self._details.setMinimumHeight(DETAILS[0])
        self._details.setMaximumHeight(DETAILS[1])
        self._details_button = named(QPushButton("Details", self, flat=True), "message_details_button")
        self._close_button = named(QToolButton(self), "message_close_button", toolTip="Close", autoRaise=True)
        self._close_button.setAccessibleName("Close the message")
        self._close_button.setIconSize(QSize(10, 10))
        self._lay_out()
        self._details_button.clicked.connect(self._toggle_details)
        self._close_button.clicked.connect(self.clear)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._details_button)
        row.addWidget(self._close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.addLayout(row)
        layout.addWidget(self._details)

    @property
    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""

    def show_message(self, kind: str, text: str, details: str = "", *, unfolded: bool = False) -> None:
        """``kind`` is info, warning or error. A newer message replaces the one that is there.

        ``unfolded`` shows the details at once: where they are what was asked for.
        """
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(text)
        self._details.setPlainText(details)
        self._details.setVisible(unfolded)
        self._details_button.setVisible(bool(details))
        self.show()
        self.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._close_button.setIcon(icon("close", theme.dim))

    def _toggle_details(self) -> None:
        self._details.setVisible(self._details.isHidden())
