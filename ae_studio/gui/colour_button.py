"""The chooser of what the points are coloured by, as small as it can be: a button with a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ae_studio.gui.colouring import CLASS, ColourChoice


class ColourButton(QToolButton):
    """Says ``Colour`` and offers the choices anew whenever its menu opens.

    Signals:
        chosen(key): the points are to be coloured by this.
        shapes_toggled(on): each class is to have a mark of its own.
    """

    chosen = Signal(str)
    shapes_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colour_button")
        self.setText("Colour")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choices: Callable[[], Sequence[ColourChoice]] = tuple
        self._key = CLASS
        self._menu = QMenu(self)
        self._menu.setObjectName("colour_menu")
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self._group = QActionGroup(self)
        self._shapes = QAction("Shapes too", self, checkable=True)
        self._shapes.setObjectName("shapes_action")
        self._shapes.setToolTip("Each class has a mark of its own: told apart without colours, where dots are drawn")
        self._shapes.toggled.connect(self.shapes_toggled)
        self.setMenu(self._menu)
        self.show_choice(CLASS)

    def show_choice(self, key: str) -> None:
        """It was chosen."""
        self._key = key
        title = next((choice.title for choice in self.choices() if choice.key == key), "Class")
        self.setAccessibleName(f"Colour of the points: {title}")
        self.setToolTip(f"What the points are coloured by: {title}")

    def _fill(self) -> None:
        self._menu.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
            action.deleteLater()
        for choice in self.choices():
            action = QAction(choice.title, self._group, checkable=True)
            action.setObjectName(f"{choice.key}_colour_action")
            action.setEnabled(not choice.reason)
            action.setToolTip(choice.reason or choice.hint)
            action.setChecked(choice.key == self._key)
            action.triggered.connect(partial(self.chosen.emit, choice.key))
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(self._shapes)
