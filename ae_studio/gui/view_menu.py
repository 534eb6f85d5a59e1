"""The View menu: panels, dark and light, layout."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu

from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, LIGHT, apply, system_theme, white_on_black

CHOICES = {"system": "Like the system", "dark": "Dark", "light": "Light"}


class ViewMenu(QObject):
    """Fills a menu and keeps its choices.

    Signals:
        theme_changed(Theme), layout_reset_requested()
    """

    theme_changed = Signal(object)
    layout_reset_requested = Signal()

    def __init__(self, menu: QMenu, docks: Sequence[QDockWidget], parent: QObject) -> None:
        super().__init__(parent)
        self.theme = DARK
        for dock in docks:
            menu.addAction(dock.toggleViewAction())
        menu.addSeparator()
        self._themes = self._theme_actions(menu)
        self._images = self._images_action(menu)
        menu.addSeparator()
        menu.addAction("Restore layout", self.layout_reset_requested.emit)
        hints = self._app().styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    def apply_theme(self) -> None:
        """The chosen theme, to the whole application."""
        choice = self._choice()
        theme = {"dark": DARK, "light": LIGHT}.get(choice) or system_theme(self._app())
        self.theme = white_on_black(theme) if self._images.isChecked() else theme
        apply(self._app(), self.theme)
        self.theme_changed.emit(self.theme)

    def _theme_actions(self, menu: QMenu) -> QActionGroup:
        group = QActionGroup(self)
        for name, text in CHOICES.items():
            action = named(QAction(text, self), f"theme_{name}_action", checkable=True)
            action.setData(name)
            action.setChecked(name == self._choice())
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._choose)
        return group

    def _images_action(self, menu: QMenu) -> QAction:
        action = named(QAction("Images white on black", self), "images_action", checkable=True)
        action.setToolTip("As data sets store them; otherwise ink on the ground of the window")
        action.setChecked(QSettings().value("white_on_black", "false") == "true")
        action.triggered.connect(self._choose_images)
        menu.addAction(action)
        return action

    def _choose_images(self, white_on_black: bool) -> None:
        QSettings().setValue("white_on_black", str(white_on_black).lower())
        self.apply_theme()

    def _choose(self, action: QAction) -> None:
        QSettings().setValue("theme", action.data())
        self.apply_theme()

    def _follow_system(self) -> None:
        if self._choice() == "system":
            self.apply_theme()

    def _choice(self) -> str:
        choice = str(QSettings().value("theme", "system"))
        return choice if choice in CHOICES else "system"

    def _app(self) -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app
