"""What can be done with a run of the library, under the right mouse button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ae_studio.gui.named import named


class RunMenu(QMenu):
    """The dialog's buttons once more, and Continue…; what cannot be done says why, as the buttons do."""

    def __init__(self, buttons: Sequence[QPushButton], go_on: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "run_menu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setToolTipsVisible(True)
        first, *others = buttons
        self._add(first.text(), first, first.click)
        self._add("Continue…", first, go_on, "Show it in the window, and train it for more epochs or branch off")
        for button in others:
            self._add(button.text(), button, button.click)

    def _add(self, text: str, button: QPushButton, act: Callable[[], object], hint: str = "") -> None:
        """Possible where the button is."""
        action = self.addAction(text, act)
        action.setEnabled(button.isEnabled())
        action.setToolTip(hint if hint and button.isEnabled() else button.toolTip())
