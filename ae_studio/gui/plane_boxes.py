"""Which plane of the latent space is seen: two of its dimensions, or one that is fitted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ae_studio.gui.named import named

AXES = ""  # what the box holds for two dimensions
PLANES = {  # what is shown in the box, and what it means
    AXES: ("Axes", "Two dimensions of the code, chosen beside"),
    "pca": ("PCA", "Principal components: the plane in which the codes spread most"),
    "kl": ("Largest KL", "The two dimensions that say most about the image, by their KL divergence"),
    "lda": ("Classes", "Linear discriminants: the plane in which the classes lie farthest apart"),
    "points": ("Three images", "The plane through the codes of three images: pick them with the tool, or look at them"),
}
GAP = 8  # pixels
NARROWEST = 54  # pixels of a box, in a small window


class PlaneBoxes(QWidget):
    """A box with the kinds of plane, and two for the dimensions where the kind leaves them open.

    Signals:
        plane_chosen(plane): two dimensions counted from 0, or one of the names of :data:`PLANES`.
    """

    plane_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plane_boxes")
        self._reasons: Mapping[str, str] = {}
        self._axes = named(QLabel(self), "dim_label")
        self._plane_box = self._make_box("plane_box", "Plane")
        self._x_box = self._make_box("x_dimension_box", "Dimension to the right")
        self._y_box = self._make_box("y_dimension_box", "Dimension upwards")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for widget in (self._plane_box, self._x_box, self._y_box, self._axes):
            layout.addWidget(widget)
            if isinstance(widget, QComboBox):
                widget.activated.connect(self._choose)
        for name, (words, hint) in PLANES.items():
            self._plane_box.addItem(words, name)
            self._plane_box.setItemData(self._plane_box.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self.start(2)

    def _make_box(self, name: str, accessible: str) -> QComboBox:
        box = named(QComboBox(self), name)
        box.setAccessibleName(accessible)
        box.setToolTip(accessible)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMinimumWidth(NARROWEST)
        return box

    def start(self, latent_dim: int) -> None:
        """Another run's codes, of so many dimensions; 0 where there is nothing to choose or to name."""
        names = [f"z{index + 1}" for index in range(latent_dim)]
        for box in (self._x_box, self._y_box):
            box.clear()
            box.addItems(names)
        self._plane_box.setVisible(latent_dim > 2)
        self.show_plane((0, min(1, latent_dim - 1)))

    def show_plane(self, plane: object, labels: tuple[str, str] = ("", "")) -> None:
        """The plane that is seen, and what its two axes are called."""
        dimensions = plane if isinstance(plane, tuple) else None
        if dimensions is not None:
            self._x_box.setCurrentIndex(dimensions[0])
            self._y_box.setCurrentIndex(dimensions[1])
        self._plane_box.setCurrentIndex(self._plane_box.findData(AXES if dimensions is not None else plane))
        self._tell_meaning(labels)

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Why there is no plane of some kind now, by name; those are grey."""
        self._reasons = reasons
        model = self._plane_box.model()
        assert isinstance(model, QStandardItemModel)
        for row, (name, (_, hint)) in enumerate(PLANES.items()):
            reason = reasons.get(name, "")
            model.item(row).setEnabled(not reason)
            self._plane_box.setItemData(row, reason or hint, Qt.ItemDataRole.ToolTipRole)

    def _tell_meaning(self, labels: tuple[str, str]) -> None:
        kind, count = self._plane_box.currentData(), self._x_box.count()
        by_dimension = kind == AXES and count > 2
        self._x_box.setVisible(by_dimension)
        self._y_box.setVisible(by_dimension)
        self._plane_box.setToolTip(f"Plane: {PLANES[kind or AXES][1]}")
        if count <= 2:
            self._axes.setText(("", "z₁", "z₁ × z₂")[count])
        else:
            self._axes.setText("" if by_dimension else " × ".join(label for label in labels if label))
        self._axes.setVisible(bool(self._axes.text()))

    def _choose(self) -> None:
        kind = self._plane_box.currentData()
        self._tell_meaning(("", ""))
        if kind != AXES:
            self.plane_chosen.emit(kind)
            return
        x, y = self._x_box.currentIndex(), self._y_box.currentIndex()
        if x == y:  # a plane needs two: the other box steps aside
            other = self._y_box if self.sender() is self._x_box else self._x_box
            other.setCurrentIndex((x + 1) % self._x_box.count())
            x, y = self._x_box.currentIndex(), self._y_box.currentIndex()
        self.plane_chosen.emit((x, y))
