"""What is selected: how many, of which classes, how well they are reconstructed, and what they look like."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ae_studio.gui.image_grid import ImageGrid
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme
from ae_studio.latent.errors import Errors
from ae_studio.latent.scene import Scene

SHEET = 104  # pixels high
MOST = 60  # images on the sheet: more would be too small to be told apart
INVITATION = "Draw around points with the lasso (L), or select by class or error below"


class SelectionFacts(QWidget):
    """Read-only; nothing of it is shown twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self._selected: tuple[int, ...] = ()
        self._errors: Errors | None = None
        self._count = named(QLabel(self), "selected_count")
        self._classes = named(QLabel(self, wordWrap=True), "dim_label")
        self._error = named(QLabel(self), "dim_label")
        self._error.setToolTip("Mean squared error per pixel of these images, and of the whole sample")
        self._classes.setFixedHeight(2 * self._classes.fontMetrics().lineSpacing() + 2)  # nothing below it jumps
        self._classes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sheet = ImageGrid(self, invitation=INVITATION)
        self._sheet.setObjectName("selection_sheet")
        self._sheet.setAccessibleName("Selected images")
        self._sheet.setFixedHeight(SHEET)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._count, self._classes, self._error, self._sheet):
            layout.addWidget(widget)
        self._show()

    def show_scene(self, scene: Scene | None) -> None:
        """Another look; the labels and images matter, and they change with the run only."""
        before, self._scene = self._scene, scene
        if scene is None or before is None or scene.labels is not before.labels or scene.images is not before.images:
            self._show()

    def show_selection(self, selected: tuple[int, ...]) -> None:
        self._selected = selected
        self._show()

    def show_errors(self, errors: Errors | None) -> None:
        self._errors = errors
        self._error.setText(self._error_in_words())

    def set_theme(self, theme: Theme) -> None:
        self._sheet.set_theme(theme)

    def _show(self) -> None:
        scene, selected = self._scene, list(self._selected)
        total = len(scene.labels) if scene is not None else 0
        self._count.setText(f"{len(selected):,} of {total:,} images" if selected else "Nothing selected")
        words = classes_in_words(scene, selected) if scene is not None and selected else "No class"
        self._classes.setText(words)
        self._classes.setToolTip(words)
        self._error.setText(self._error_in_words())
        if scene is None or scene.images is None or not selected:
            self._sheet.clear()
        else:
            count = min(MOST, len(selected))
            self._sheet.show_images(scene.images[selected[:MOST]], columns_for(count, self.width() / SHEET))

    def _error_in_words(self) -> str:
        if self._errors is None or (self._selected and self._selected[-1] >= len(self._errors)):
            return "Mean error –"
        mine = f"{self._errors[list(self._selected)].mean():.4f}" if self._selected else "–"
        return f"Mean error {mine}, of all {self._errors.mean():.4f}"


def classes_in_words(scene: Scene, selected: Sequence[int]) -> str:
    """``"7: 30, 9: 20"``, the most frequent first."""
    labels, counts = np.unique(scene.labels[list(selected)], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    names = scene.class_names
    named_counts = [(names[labels[i]] if labels[i] < len(names) else str(labels[i]), counts[i]) for i in order]
    return ", ".join(f"{name}: {count:,}" for name, count in named_counts)


def columns_for(count: int, room: float) -> int:
    """Columns that show ``count`` square images largest in a room of this width over height."""
    return max(range(1, count + 1), key=lambda columns: min(room / columns, 1 / -(-count // columns)))
