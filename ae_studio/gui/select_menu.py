"""Selecting from the menu bar: everything, nothing, a class."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ae_studio.gui.named import named
from ae_studio.latent.scene import Scene

ENTRIES = (("all", "Select all that is shown", "Ctrl+A"), ("none", "Select nothing", "Ctrl+Shift+A"))
INVERSE = ("inverse", "Select the others", "Ctrl+I")


class SelectMenu(QObject):
    """Entries of a menu that belongs to the window.

    Signals:
        all_requested(), none_requested(), inverse_requested()
        class_requested(label)
    """

    all_requested = Signal()
    none_requested = Signal()
    inverse_requested = Signal()
    class_requested = Signal(int)

    def __init__(self, menu: QMenu, parent: QObject | None = None) -> None:
        super().__init__(parent)
        menu.addSeparator()
        signals = {"all": self.all_requested, "none": self.none_requested, "inverse": self.inverse_requested}
        self._actions = []
        for key, text, shortcut in (*ENTRIES, INVERSE):
            action = named(QAction(text, menu), f"select_{key}_action")
            action.setShortcut(shortcut)
            action.triggered.connect(signals[key])
            menu.addAction(action)
            self._actions.append(action)
        self._classes = named(QMenu("Select a class", menu), "select_class_menu")
        self._classes.triggered.connect(lambda action: self.class_requested.emit(action.data()))
        menu.addMenu(self._classes)
        self._names: tuple[str, ...] = ()
        self._show()

    @property
    def actions(self) -> list[QAction]:
        """For the window, so that their keys work everywhere in it."""
        return self._actions

    def show_scene(self, scene: Scene) -> None:
        """The classes are those of another run where they have other names."""
        if scene.class_names != self._names:
            self._names = scene.class_names
            self._show()

    def _show(self) -> None:
        self._classes.clear()
        for label, name in enumerate(self._names):
            self._classes.addAction(name).setData(label)
        for action in (*self._actions, self._classes.menuAction()):
            action.setEnabled(bool(self._names))
