"""What stands above linked latent spaces: the tools, how the spaces are shown, and the classes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ae_studio.gui.icons import icon
from ae_studio.gui.legend import Legend
from ae_studio.gui.named import named
from ae_studio.gui.plane_boxes import PlaneBoxes
from ae_studio.gui.theme import Theme

ICON = QSize(18, 18)  # pixels
OWN_PLANES = "Each canvas shows a plane of its own: there is no common view"


class LinkedBar(QWidget):
    """Signals: ``tool_chosen(name)``, ``aligned_toggled(on)``, ``fit_requested()``, ``selection_cleared()``."""

    tool_chosen = Signal(str)
    aligned_toggled = Signal(bool)
    fit_requested = Signal()
    selection_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "linked_bar")
        self._hand = self._button("hand", "H", "Hand: drag the handle in any of them; it moves in all")
        self._lasso = self._button("lasso", "L", "Lasso: draw around points; the same images are selected in all")
        self._tools = QButtonGroup(self)
        self._aligned = named(QToolButton(self), "aligned_button", text="Aligned", checkable=True, checked=True)
        self._own = named(QToolButton(self), "own_way_button", text="Each its own way", checkable=True)
        self._ways = QButtonGroup(self)
        self._same_view = named(QCheckBox("Same view", self), "same_view_box", checked=True)
        self._fit = named(QToolButton(self), "linked_fit_button", text="Fit", toolTip="All points in view (0)")
        self._clear = named(QToolButton(self), "clear_selection_button")
        self._plane_label = named(QLabel("Plane of A", self), "dim_label")
        self.planes = PlaneBoxes(self)
        self.legend = Legend(self)
        self._lay_out()
        self._connect()
        self.show_selected(0)

    def _button(self, name: str, key: str, hint: str) -> QToolButton:
        button = named(QToolButton(self), f"linked_{name}_button", checkable=True, toolTip=f"{hint} ({key})")
        button.setAccessibleName(f"{name.capitalize()} tool")
        button.setIconSize(ICON)
        button.setShortcut(QKeySequence(key))
        return button

    def _lay_out(self) -> None:
        self._hand.setChecked(True)
        self._aligned.setToolTip("Turned, mirrored and scaled so that they agree best with run A's plane (Procrustes)")
        self._own.setToolTip("Every run on its own plane, as it was learned; the handle stays linked")
        self._same_view.setToolTip("Zooming and moving one moves all")
        self._fit.setAccessibleName("All points in view")
        for group, buttons in ((self._tools, (self._hand, self._lasso)), (self._ways, (self._aligned, self._own))):
            for button in buttons:
                group.addButton(button)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._hand)
        row.addWidget(self._lasso)
        row.addSpacing(8)
        row.addWidget(self._aligned)
        row.addWidget(self._own)
        row.addSpacing(8)
        row.addWidget(self._same_view)
        row.addWidget(self._fit)
        row.addSpacing(8)
        row.addWidget(self._plane_label)
        row.addWidget(self.planes)
        row.addStretch()
        row.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.legend)

    def _connect(self) -> None:
        self._tools.buttonToggled.connect(self._take_tool)
        self._aligned.toggled.connect(self._align)
        self._fit.clicked.connect(self.fit_requested)
        self._clear.clicked.connect(self.selection_cleared)

    @property
    def same_view(self) -> bool:
        """Whether one view is moved with another."""
        return self._same_view.isChecked() and self._same_view.isEnabled()

    def begin(self, dim: int, choice: object, axes: tuple[str, str]) -> None:
        """The first run's dimensions, and its plane that is shown."""
        self.planes.start(dim)
        self.planes.show_plane(choice, axes)
        self.planes.show_reasons({"points": "Three images are picked in the main window"})
        self.planes.setVisible(dim > 2)
        self._plane_label.setVisible(dim > 2)

    def show_selected(self, count: int) -> None:
        self._clear.setEnabled(count > 0)
        self._clear.setText(f"{count:,} selected  ✕" if count else "0 selected")
        self._clear.setAccessibleName("Clear the selection")
        self._clear.setToolTip("Select nothing (Esc)" if count else "Draw around points with the lasso (L)")

    def set_theme(self, theme: Theme) -> None:
        self._hand.setIcon(icon("hand", theme.text))
        self._lasso.setIcon(icon("lasso", theme.text))
        self.legend.set_theme(theme)

    def _take_tool(self, button: QToolButton, down: bool) -> None:
        if down:
            self.tool_chosen.emit("lasso" if button is self._lasso else "hand")

    def _align(self, on: bool) -> None:
        self._same_view.setEnabled(on)
        self._same_view.setToolTip("Zooming and moving one moves all" if on else OWN_PLANES)
        self.planes.setEnabled(on)
        self.aligned_toggled.emit(on)
