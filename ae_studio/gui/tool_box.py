"""The canvas's tools as a strip of buttons on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QToolButton, QWidget

from ae_studio.gui.canvas_tools import CanvasTool
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme

ICON = 18  # pixels
INSET = 8  # pixels from the canvas's upper left corner
PADDING, GAP = 3, 2  # pixels around and between the buttons


class ToolBox(QFrame):
    """One button a tool; one of them is down. It stands in the corner of its parent, in no more rows than fit there.

    Signals:
        tool_chosen(CanvasTool)
    """

    tool_chosen = Signal(object)

    def __init__(self, tools: Sequence[CanvasTool], parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.move(INSET, INSET)
        self.setObjectName("tool_box")
        self._tools = {tool.name: tool for tool in tools}
        self._buttons = {tool.name: self._button(tool) for tool in tools}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        self._grid.setSpacing(GAP)
        for button in self._buttons.values():
            self._group.addButton(button)
        self._rows = 0
        self._fit()
        parent.installEventFilter(self)
        self._buttons[tools[0].name].setChecked(True)
        self._group.buttonToggled.connect(self._choose)

    def _button(self, tool: CanvasTool) -> QToolButton:
        button = named(QToolButton(self), f"{tool.name}_tool_button", checkable=True)
        button.setAccessibleName(f"{tool.title} tool")
        button.setToolTip(f"{tool.title}: {tool.hint} ({tool.key})")
        button.setIconSize(QSize(ICON, ICON))
        button.setShortcut(QKeySequence(tool.key))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("tool", tool.name)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The parent's size is another."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """As many rows as there is room for, and as many columns as that takes."""
        buttons = list(self._buttons.values())
        room = self._canvas.height() - 2 * INSET - 2 * PADDING
        rows = max(1, min(len(buttons), (room + GAP) // (buttons[0].sizeHint().height() + GAP)))
        if rows != self._rows:
            self._rows = rows
            for index, button in enumerate(buttons):
                self._grid.addWidget(button, index % rows, index // rows)
        self.adjustSize()

    def choose(self, name: str) -> None:
        """Takes a tool in hand."""
        self._buttons[name].setChecked(True)

    def allow(self, name: str, reason: str) -> None:
        """Greys a tool, for a reason, or allows it again where that is empty."""
        button, tool = self._buttons[name], self._tools[name]
        button.setEnabled(not reason)
        button.setToolTip(reason or f"{tool.title}: {tool.hint} ({tool.key})")
        if reason and button.isChecked():
            next(iter(self._buttons.values())).setChecked(True)

    def set_theme(self, theme: Theme) -> None:
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme.text))

    def _choose(self, button: QToolButton, down: bool) -> None:
        if down:
            self.tool_chosen.emit(self._tools[str(button.property("tool"))])
