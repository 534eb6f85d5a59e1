"""The latent space: its canvas, the plane that is seen, and the classes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from ae_studio.events import USAGE_LEVELS, Codebook, Labels, LatentSpace
from ae_studio.gui.colour_button import ColourButton
from ae_studio.gui.colouring import PointColours
from ae_studio.gui.corner_tool import CornerTool
from ae_studio.gui.hover_card import HoverCard
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.legend import Legend
from ae_studio.gui.named import named
from ae_studio.gui.plane_boxes import PlaneBoxes
from ae_studio.gui.point_tool import PointTool
from ae_studio.gui.scale_view import ScaleView
from ae_studio.gui.stroke_tool import StrokeTool
from ae_studio.gui.switches import Switches
from ae_studio.gui.theme import Theme, ordered_colours
from ae_studio.gui.tool_box import ToolBox

ROOM = 800  # pixels of a window's height from which on it is not low
GAP = 8  # pixels between what stands in the header


class LatentPanel(QWidget):
    """The hero with its header.

    Signals:
        plane_chosen(plane): two dimensions counted from 0, or the name of a kind of plane.
        slot_chosen(slot): which slot of the code the hand is to move, counted from 0.
    """

    plane_chosen = Signal(object)
    slot_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("latent_panel")
        self.canvas = LatentCanvas(self)
        self.corner_tool = CornerTool(self)
        self.stroke_tool = StrokeTool(self.canvas)
        self.point_tool = PointTool(self)
        tools = [self.canvas.hand_tool, self.point_tool, self.canvas.lasso_tool, self.corner_tool, self.stroke_tool]
        self.tool_box = ToolBox(tools, self.canvas)
        self.tool_box.hide()  # until there is something to use them on
        self.scale_view = ScaleView(self.canvas)
        self.hover_card = HoverCard(self.canvas)
        self.legend = Legend(self)
        self.colour_button = ColourButton()
        self._title = named(QLabel("Latent space"), "panel_title")
        self.planes = PlaneBoxes(self)
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

    def _lay_out(self) -> None:
        header = self._header
        header.setContentsMargins(12, 6, 8, 6)
        header.setSpacing(GAP)
        for widget in (self._title, self.planes):
            header.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        header.addWidget(self.legend, 1)
        header.addStretch()
        header.addWidget(self.colour_button, 0, Qt.AlignmentFlag.AlignVCenter)
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
        others = [self._title, self.planes, self.colour_button, self._reset_button]
        taken = sum(each.sizeHint().width() + GAP for each in others if not each.isHidden())
        margins = self._header.contentsMargins()
        room = self.width() - margins.left() - margins.right() - taken
        beside = self.legend.row_width() <= room
        if beside == (self._below.count() == 0):
            return
        if beside:
            self._below.removeWidget(self.legend)
            self._header.insertWidget(self._header.count() - 3, self.legend, 1)
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
        self.colour_button.shapes_toggled.connect(self.canvas.mark_points)
        self.colour_button.shapes_toggled.connect(self.legend.show_marks)
        self._reset_button.clicked.connect(self.canvas.reset_view)
        self.planes.plane_chosen.connect(self.plane_chosen)
        self._slot_box.valueChanged.connect(self._choose_slot)

    def start(self, space: LatentSpace, labels: Labels, class_names: tuple[str, ...], plane: object) -> None:
        """Another run: its classes, and the dimensions that can be chosen; ``plane`` is the one shown."""
        self.tool_box.show()
        is_globe = space.kind == "sphere" and space.dim == 3
        if space.kind == "codebook":
            self.canvas.start(labels[:0], len(USAGE_LEVELS), palette=ordered_colours)  # entries are no images
            self.legend.show_classes(USAGE_LEVELS, ordered_colours)
        else:
            self.canvas.start(labels, len(class_names), globe=is_globe)
            self.legend.show_classes(class_names)
            self.show_counts(labels)
        self.switches.show_switches(space.switches)
        self._codebook.setVisible(space.kind == "codebook")
        self._slot_box.setVisible(space.slots > 1)
        self._strip.setVisible(space.kind == "codebook" or bool(space.switches))
        with QSignalBlocker(self._slot_box):
            self._slot_box.setRange(1, space.slots)
            self._slot_box.setSuffix(f" of {space.slots}")
            self._slot_box.setValue(1)
        self.planes.start(0 if is_globe else space.dim)
        self.planes.show_plane(plane)
        self._place_legend()

    def give_way(self) -> None:
        """In a low window the legend leaves its room to the canvas, while something else is shown over it."""
        self.legend.setVisible(self.window().height() >= ROOM)

    def take_back(self) -> None:
        self.legend.show()

    def show_plane(self, plane: object, labels: tuple[str, str]) -> None:
        """Which plane is seen, and what its axes are called."""
        self.planes.show_plane(plane, labels)
        self._place_legend()

    def show_codebook(self, codebook: Codebook | None) -> None:
        """How much of it is in use."""
        if codebook is not None:
            self._codebook.setText(f"perplexity {codebook.perplexity:.0f} of {len(codebook.entries)} entries")

    def show_counts(self, labels: Labels) -> None:
        """The classes (n,) of the points that are there."""
        self.legend.show_counts(np.bincount(labels, minlength=1).tolist())
        self._place_legend()

    def colour_points(self, colours: PointColours | None) -> None:
        """By numbers; None: by class."""
        self.canvas.colour_points(colours)
        self.legend.show_colours(colours is None)
        if colours is None:
            self.scale_view.hide()
        else:
            self.scale_view.show_scale(colours.scale, colours.title, colours.unit)

    def allow_point_tool(self, reason: str) -> None:
        """Empty where data points can be dragged."""
        self.tool_box.allow(self.point_tool.name, reason)

    def set_theme(self, theme: Theme) -> None:
        self.canvas.set_theme(theme)
        self.scale_view.set_theme(theme)
        self.hover_card.set_theme(theme)
        self.tool_box.set_theme(theme)
        self.legend.set_theme(theme)

    def _choose_slot(self, number: int) -> None:
        self.slot_chosen.emit(number - 1)
