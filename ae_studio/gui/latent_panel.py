"""The latent space: its canvas, the plane that is seen, and the classes."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from ae_studio.events import USAGE_LEVELS, Codebook, Labels, LatentSpace
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.legend import Legend
from ae_studio.gui.named import named
from ae_studio.gui.switches import Switches
from ae_studio.gui.theme import Theme, ordered_colours
from ae_studio.gui.tool_box import ToolBox

PCA = "pca"
TOOLS_AT = 8  # pixels from the canvas's upper left corner
GAP = 8  # pixels between what stands in the header


class LatentPanel(QWidget):
    """The hero with its header.

    Signals:
        plane_chosen(plane): two dimensions counted from 0, or "pca".
        slot_chosen(slot): which slot of the code the hand is to move, counted from 0.
    """

    plane_chosen = Signal(object)
    slot_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("latent_panel")
        self.canvas = LatentCanvas(self)
        self.tool_box = ToolBox([self.canvas.hand_tool, self.canvas.lasso_tool], self.canvas)
        self.tool_box.move(TOOLS_AT, TOOLS_AT)
        self.tool_box.hide()  # until there is something to use them on
        self.legend = Legend(self)
        self._title = named(QLabel("Latent space"), "panel_title")
        self._axes = named(QLabel(), "dim_label")
        self._plane_box = self._make_box("plane_box", "Plane")
        self._x_box = self._make_box("x_dimension_box", "Dimension to the right")
        self._y_box = self._make_box("y_dimension_box", "Dimension upwards")
        self._strip = QWidget(self)
        self.switches = Switches(self)
        self._codebook = named(QLabel(self), "codebook_label")
        self._slot_box = named(QSpinBox(self), "slot_box", minimum=1, prefix="Slot ")
        self._slot_box.setAccessibleName("Slot of the code that the hand moves")
        self._slot_box.setToolTip(
            "An image is made of several entries of the codebook, one a slot: the hand moves this one"
        )
        self._reset_button = named(QToolButton(), "reset_view_button", text="Fit", toolTip="All points in view (0)")
        self._reset_button.setAccessibleName("All points in view")
        self._header = QHBoxLayout()
        self._below = QHBoxLayout()  # for a legend that has no room in the header
        self._lay_out()
        self._connect()
        self._strip.hide()
        self._show_boxes(2)

    def _make_box(self, name: str, accessible: str) -> QComboBox:
        box = named(QComboBox(self), name)
        box.setAccessibleName(accessible)
        box.setToolTip(accessible)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _lay_out(self) -> None:
        header = self._header
        header.setContentsMargins(12, 6, 8, 6)
        header.setSpacing(GAP)
        for widget in (self._title, self._axes, self._plane_box, self._x_box, self._y_box):
            header.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        header.addWidget(self.legend, 1)
        header.addStretch()
        header.addWidget(self._reset_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._below.setContentsMargins(12, 0, 8, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addLayout(self._below)
        layout.addWidget(self._make_strip())
        layout.addWidget(self.canvas, 1)

    def _place_legend(self) -> None:
        """In the header where all classes have room in one row there, else below it over the full width."""
        others = [self._title, self._axes, self._plane_box, self._x_box, self._y_box, self._reset_button]
        taken = sum(each.sizeHint().width() + GAP for each in others if not each.isHidden())
        margins = self._header.contentsMargins()
        room = self.width() - margins.left() - margins.right() - taken
        beside = self.legend.row_width() <= room
        if beside == (self._below.count() == 0):
            return
        if beside:
            self._below.removeWidget(self.legend)
            self._header.insertWidget(self._header.count() - 2, self.legend, 1)
        else:
            self._header.removeWidget(self.legend)
            self._below.addWidget(self.legend)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_legend()

    def _make_strip(self) -> QWidget:
        """What only some families have: the slot of a codebook, switches."""
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(12, 0, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._slot_box)
        row.addWidget(self._codebook)
        row.addWidget(self.switches, 1)
        row.addStretch()
        return self._strip

    def _connect(self) -> None:
        self.legend.hidden_changed.connect(self.canvas.hide_classes)
        self._reset_button.clicked.connect(self.canvas.reset_view)
        self._plane_box.activated.connect(self._choose)
        self._x_box.activated.connect(self._choose)
        self._y_box.activated.connect(self._choose)
        self._slot_box.valueChanged.connect(self._choose_slot)

    def start(self, space: LatentSpace, labels: Labels, class_names: tuple[str, ...], plane: object) -> None:
        """Another run: its classes, and the dimensions that can be chosen; ``plane`` is the one shown."""
        self.tool_box.show()
        self.tool_box.adjustSize()  # it stands in no layout
        is_globe = space.kind == "sphere" and space.dim == 3
        if space.kind == "codebook":
            self.canvas.start(labels[:0], len(USAGE_LEVELS), palette=ordered_colours)  # entries are no images
            self.legend.show_classes(USAGE_LEVELS, ordered_colours)
        else:
            self.canvas.start(labels, len(class_names), globe=is_globe)
            self.legend.show_classes(class_names)
        self.switches.show_switches(space.switches)
        self._codebook.setVisible(space.kind == "codebook")
        self._slot_box.setVisible(space.slots > 1)
        self._strip.setVisible(space.kind == "codebook" or bool(space.switches))
        with QSignalBlocker(self._slot_box):
            self._slot_box.setRange(1, space.slots)
            self._slot_box.setSuffix(f" of {space.slots}")
            self._slot_box.setValue(1)
        self._show_boxes(0 if is_globe else space.dim)
        if isinstance(plane, tuple):
            self._x_box.setCurrentIndex(plane[0])
            self._y_box.setCurrentIndex(plane[1])
        self._plane_box.setCurrentIndex(0 if isinstance(plane, tuple) else 1)
        self._show_dimension_boxes()

    def show_codebook(self, codebook: Codebook | None) -> None:
        """How much of it is in use."""
        if codebook is not None:
            self._codebook.setText(f"perplexity {codebook.perplexity:.0f} of {len(codebook.entries)} entries")

    def set_theme(self, theme: Theme) -> None:
        self.canvas.set_theme(theme)
        self.tool_box.set_theme(theme)
        self.legend.set_theme(theme)

    def _show_boxes(self, latent_dim: int) -> None:
        names = [f"z{index + 1}" for index in range(latent_dim)]
        for box in (self._x_box, self._y_box):
            box.clear()
            box.addItems(names)
        self._y_box.setCurrentIndex(min(1, latent_dim - 1))
        self._plane_box.clear()
        self._plane_box.addItem("Axes")
        if latent_dim > 2:
            self._plane_box.addItem("PCA", PCA)
        self._plane_box.setVisible(latent_dim > 2)
        self._show_dimension_boxes()

    def _show_dimension_boxes(self) -> None:
        by_dimension = self._plane_box.currentData() != PCA and self._x_box.count() > 2
        self._axes.setText({0: "", 1: "z₁", 2: "z₁ × z₂"}.get(self._x_box.count(), ""))
        self._x_box.setVisible(by_dimension)
        self._y_box.setVisible(by_dimension)
        self._place_legend()

    def _choose_slot(self, number: int) -> None:
        self.slot_chosen.emit(number - 1)

    def _choose(self) -> None:
        self._show_dimension_boxes()
        if self._plane_box.currentData() == PCA:
            self.plane_chosen.emit(PCA)
            return
        x, y = self._x_box.currentIndex(), self._y_box.currentIndex()
        if x == y:  # a plane needs two: the other box steps aside
            other = self._y_box if self.sender() is self._x_box else self._x_box
            other.setCurrentIndex((x + 1) % self._x_box.count())
            x, y = self._x_box.currentIndex(), self._y_box.currentIndex()
        self.plane_chosen.emit((x, y))
