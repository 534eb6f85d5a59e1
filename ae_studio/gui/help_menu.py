"""The Help menu: what is installed, keys and mouse, which version this is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ae_studio.gui.named import named


class HelpMenu(QObject):
    """Fills a menu.

    Signals:
        doctor_requested(): what is installed here, what is missing.
        keys_requested(), about_requested()
    """

    doctor_requested = Signal()
    keys_requested = Signal()
    about_requested = Signal()

    def __init__(self, menu: QMenu, parent: QObject) -> None:
        super().__init__(parent)
        for text, name, asked in (
            ("Doctor", "doctor_action", self.doctor_requested),
            ("Keys and mouse", "keys_action", self.keys_requested),
            ("About AE Studio", "about_action", self.about_requested),
        ):
            action = named(QAction(text, self), name)
            action.triggered.connect(asked)
            menu.addAction(action)
