"""A panel that can be moved, floated and hidden, with a quiet header of our own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QToolButton, QWidget

from ae_studio.gui.dock_header import DockHeader
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.steady import Steady
from ae_studio.gui.theme import Theme


def docks_of(panels: Mapping[str, QWidget], window: QWidget) -> dict[str, PanelDock]:
    """Each panel in a dock of its own, by its key, which is the title too; ``panel.header`` stands in the dock's."""
    return {
        key: PanelDock(key.capitalize(), panel, _dock_name(panel), window, getattr(panel, "header", None))
        for key, panel in panels.items()
    }


def _dock_name(panel: QWidget) -> str:
    """``loss_panel`` stands in ``loss_dock``."""
    return panel.objectName().removesuffix("_panel") + "_dock"


class PanelDock(QDockWidget):
    """A dock with a quiet header; its two small buttons float and hide it.

    Qt moves a dock behind another tab out of sight, but calls it visible: the panel in it is hidden then, so that it
    computes and paints nothing that nobody sees.
    """

    def __init__(
        self, title: str, panel: QWidget, name: str, parent: QWidget | None = None, extra: QWidget | None = None
    ) -> None:
        """``extra`` stands in the header, behind the title or below it."""
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setWidget(Steady(panel, self))
        self.visibilityChanged.connect(panel.setVisible)
        self._float_button = self._button(f"{name}_float_button", "Float or dock this panel")
        self._hide_button = self._button(f"{name}_hide_button", "Hide this panel; View brings it back")
        header = DockHeader(title, extra, (self._float_button, self._hide_button), self)
        self.setTitleBarWidget(Steady(header, self))
        self._float_button.clicked.connect(self._toggle_floating)
        self._hide_button.clicked.connect(self.close)

    def set_theme(self, theme: Theme) -> None:
        self._float_button.setIcon(icon("float", theme.dim))
        self._hide_button.setIcon(icon("close", theme.dim))

    def _button(self, name: str, hint: str) -> QToolButton:
        button = named(QToolButton(), name, toolTip=hint, autoRaise=True)
        button.setAccessibleName(hint)
        button.setIconSize(QSize(10, 10))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _toggle_floating(self) -> None:
        self.setFloating(not self.isFloating())
