"""The Help menu: the model that is chosen, what is installed, keys and mouse, which version this is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ae_studio.gui.named import named


class HelpMenu(QObject):
    """Fills a menu.

    Signals:
        card_requested(): the card of the model that is chosen.
        welcome_requested(): tours and recent runs.
        doctor_requested(): what is installed here, what is missing.
        keys_requested(), about_requested()
    """

    card_requested = Signal()
    welcome_requested = Signal()
    doctor_requested = Signal()
    keys_requested = Signal()
    about_requested = Signal()

    def __init__(self, menu: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        for text, keys, name, asked in (
            ("About this model", "F1", "card_action", self.card_requested),
            ("Welcome page", "", "welcome_action", self.welcome_requested),
            ("Doctor", "", "doctor_action", self.doctor_requested),
            ("Keys and mouse", "", "keys_action", self.keys_requested),
            ("About AE Studio", "", "about_action", self.about_requested),
        ):
            action = named(QAction(text, self), name)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(asked)
            menu.addAction(action)
            parent.addAction(action)  # a menu that is closed hears no keys
