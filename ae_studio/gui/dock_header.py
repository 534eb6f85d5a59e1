"""What stands above a panel: its title, two buttons, and controls of its own, below the title where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from ae_studio.gui.elided_label import ElidedLabel
from ae_studio.gui.named import named

BEFORE_CONTROLS = 10  # pixels, behind the title


class DockHeader(QWidget):
    """Controls are given the width that they wish for, behind the title or else below it."""

    def __init__(
        self, title: str, controls: QWidget | None, buttons: tuple[QToolButton, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dock_header")
        self._title = named(ElidedLabel(title, self), "panel_title")
        self._controls = controls
        self._buttons = buttons
        self._broken: bool | None = None  # whether the controls stand below
        self._grid = QGridLayout(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(12, 4, 6, 2)
        self._grid.setSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0)
        for column, button in enumerate(self._buttons, start=2):
            self._grid.addWidget(button, 0, column)
        self._place_controls(below=False)

    @property
    def broken(self) -> bool:
        """Whether there are two rows."""
        return bool(self._broken)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider row."""
        controls = self._controls.minimumSizeHint().width() if self._controls else 0
        width = max(self._title.minimumSizeHint().width() + self._width_of_buttons(), controls)
        return QSize(width + self._margin(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_controls(below=self.width() < self._wished())

    def _wished(self) -> int:
        """The width of all in one row."""
        width = self._title.sizeHint().width() + self._width_of_buttons() + self._margin()
        if self._controls and self._controls.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Ignored:
            width += BEFORE_CONTROLS + self._controls.sizeHint().width() + self._grid.horizontalSpacing()
        return width

    def _width_of_buttons(self) -> int:
        return sum(button.sizeHint().width() + self._grid.horizontalSpacing() for button in self._buttons)

    def _margin(self) -> int:
        margins = self._grid.contentsMargins()
        return margins.left() + margins.right()

    def _place_controls(self, *, below: bool) -> None:
        if self._controls is None or below == self._broken:
            return
        self._broken = below
        self._grid.removeWidget(self._controls)
        self._title.setContentsMargins(0, 0, 0 if below else BEFORE_CONTROLS, 0)
        if below:
            self._grid.addWidget(self._controls, 1, 0, 1, 2 + len(self._buttons))
        else:
            self._grid.addWidget(self._controls, 0, 1)
