"""Images and what the model makes of them: fixed ones, random ones, the worst, the selected, a drawn one."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ae_studio.events import Images
from ae_studio.gui.class_errors import ClassErrors
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.reconstruction_grid import INVITATION, ReconstructionGrid
from ae_studio.gui.theme import Theme
from ae_studio.latent.errors import ClassError, Reconstructed, squared_errors
from ae_studio.latent.grid import Mode, Wish, by_error
from ae_studio.latent.groups import read_only

MODES: dict[Mode, tuple[str, str]] = {
    "fixed": ("Fixed", "The same images at every look"),
    "random": ("Random", "Other images of the sample; New takes others again"),
    "worst": ("Worst", "The images of the sample with the largest errors"),
    "selected": ("Selected", "The images that are selected"),
    "drawn": ("Drawn", "The image that was drawn last"),
}
EMPTY: dict[Mode, str] = {
    "selected": "Select points on the canvas: their images appear here",
    "drawn": "Draw an image: what the model makes of it appears here",
}
NARROW, BARS = 110, 190  # pixels wide, at least and at most
NARROWEST = 44  # pixels of the box in the dock's header, in a small window
ICON = 14  # pixels


class ReconstructionPanel(QWidget):
    """The grid, and what it shows.

    Signals:
        wish_changed(): other images are wanted: read ``wish``.
        image_picked(index): of the sample.
        class_picked(label): in the list of errors.
        classes_looked_at(visible): the errors of all images are of use now, or no longer.
    """

    wish_changed = Signal()
    image_picked = Signal(int)
    class_picked = Signal(int)
    classes_looked_at = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reconstruction_panel")
        self.drawn: Images | None = None
        self._probes: Images | None = None
        self._decoded: Images | None = None
        self._seed = 0
        self._seen = False
        self.grid = ReconstructionGrid(self)
        self.class_errors = ClassErrors()
        self._bars = named(QScrollArea(self, widgetResizable=True), "class_errors_area", visible=False)
        self._box = named(QComboBox(self), "grid_mode_box", toolTip="Which images are shown")
        self._new = named(QPushButton("New", self), "new_images_button", toolTip="Other random images", visible=False)
        self._sort = self._toggle("sort_grid_button", "The largest errors first")
        self._classes = self._toggle("class_errors_button", "The mean error of each class")
        self._legend = named(FittingLabel(self), "dim_label")
        self.header = QWidget(self)  # stands in the dock's own header
        self._lay_out()
        self._connect()
        self.allow("There is no run yet")

    def _toggle(self, name: str, hint: str) -> QToolButton:
        button = named(QToolButton(self), name, toolTip=hint, checkable=True)
        button.setAccessibleName(hint)
        button.setIconSize(QSize(ICON, ICON))
        return button

    def _lay_out(self) -> None:
        self._box.setAccessibleName("Which images are shown")
        for mode, (title, hint) in MODES.items():
            self._box.addItem(title, mode)
            self._box.setItemData(self._box.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self._box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._box.setMinimumWidth(NARROWEST)
        row = QHBoxLayout(self.header)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self._box, self._new, self._sort, self._classes):
            row.addWidget(widget)
        row.addWidget(self._legend, 1)
        self._bars.setFrameShape(QFrame.Shape.NoFrame)
        self._bars.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bars.setMinimumWidth(NARROW)
        self._bars.setMaximumWidth(BARS)
        self._bars.setWidget(self.class_errors)
        inside = QHBoxLayout()
        inside.setSpacing(10)
        inside.addWidget(self.grid, 3)
        inside.addWidget(self._bars, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addLayout(inside)

    def _connect(self) -> None:
        self._box.currentIndexChanged.connect(self._choose_mode)
        self._new.clicked.connect(self._draw_others)
        self._sort.toggled.connect(self._refresh)
        self._classes.toggled.connect(self._bars.setVisible)
        self._classes.toggled.connect(self._tell_looked_at)
        self.grid.capacity_changed.connect(self._refresh)
        self.grid.image_picked.connect(self.image_picked)
        self.class_errors.class_picked.connect(self.class_picked)

    # What is wished for

    @property
    def mode(self) -> Mode:
        mode: Mode = self._box.currentData()
        return mode

    def wish(self) -> Wish | None:
        """None where nothing is to be computed: nobody looks, or the fixed images are shown, which come anyway."""
        if not self._seen or self.mode == "fixed":
            return None
        return Wish(self.mode, self.grid.capacity(), self._seed, self._sort.isChecked())

    def allow(self, why_no_images: str, why_no_encoder: str = "") -> None:
        """Which modes are possible; the reasons are empty where they are."""
        reasons: dict[Mode, str] = dict.fromkeys(("random", "worst", "selected"), why_no_images)
        reasons["drawn"] = why_no_encoder or (why_no_images if why_no_images == "There is no run yet" else "")
        model = self._box.model()
        assert isinstance(model, QStandardItemModel)
        for number, (mode, (_, hint)) in enumerate(MODES.items()):
            reason = reasons.get(mode, "")
            model.item(number).setEnabled(not reason)
            self._box.setItemData(number, reason or hint, Qt.ItemDataRole.ToolTipRole)
            if reason and mode == self.mode:
                self._box.setCurrentIndex(0)
        self._classes.setEnabled(not why_no_images)
        self._classes.setToolTip(why_no_images or self._classes.accessibleName())

    def _choose_mode(self) -> None:
        self._new.setVisible(self.mode == "random")
        self._sort.setEnabled(self.mode not in ("worst", "drawn"))
        self._refresh()

    def _draw_others(self) -> None:
        self._seed += 1
        self._refresh()

    def _refresh(self) -> None:
        if self.mode == "fixed":
            self._show_fixed()
        self.wish_changed.emit()

    # What is shown

    def set_originals(self, images: Images) -> None:
        """The fixed ones, uint8 (n, H, W) or (n, H, W, 3), the same for the whole run: the first of the sample."""
        self._probes, self._decoded, self.drawn = images, None, None
        self.grid.show_images(None)
        self.class_errors.show_errors((), ())

    def show_reconstructions(self, images: Images) -> None:
        """Of the fixed ones, in their order."""
        self._decoded = images
        if self.mode == "fixed":
            self._show_fixed()

    def show_images(self, shown: Reconstructed) -> None:
        """What was wished for."""
        if self.mode != "fixed":
            self.grid.show_images(shown, EMPTY.get(self.mode, ""))

    def show_drawn(self, image: Images | None) -> None:
        """An image (H, W) or (H, W, 3) that was drawn, None for none: seen where the drawn one is to be shown."""
        self.drawn = image
        if self.mode == "drawn":
            self.wish_changed.emit()

    def show_focus(self, index: int | None) -> None:
        self.grid.show_focus(index)

    def show_class_errors(self, rows: tuple[ClassError, ...], names: tuple[str, ...]) -> None:
        self.class_errors.show_errors(rows, names)

    def clear(self) -> None:
        self._probes, self._decoded, self.drawn = None, None, None
        self.grid.show_images(None)

    def _show_fixed(self) -> None:
        if self._probes is None or self._decoded is None:
            self.grid.show_images(None, INVITATION)
            return
        errors = squared_errors(self._probes, self._decoded)
        shown = Reconstructed(read_only(np.arange(len(errors))), self._probes, self._decoded, errors)
        self.grid.show_images(by_error(shown) if self._sort.isChecked() else shown)

    def set_seen(self, seen: bool) -> None:
        """Whether anybody can see the panel: behind another tab it still counts as visible for Qt."""
        self._seen = seen
        self.wish_changed.emit()
        self._tell_looked_at()

    def _tell_looked_at(self) -> None:
        self.classes_looked_at.emit(self._seen and self._classes.isChecked())

    def set_theme(self, theme: Theme) -> None:
        self.grid.set_theme(theme)
        self.class_errors.set_theme(theme)
        self._sort.setIcon(icon("sort", theme.text))
        self._classes.setIcon(icon("bars", theme.text))
        dark, bright = QColor(theme.too_dark).name(), QColor(theme.too_bright).name()
        colours = f"<span style='color:{dark}'>too dark</span> to <span style='color:{bright}'>too bright</span>"
        words = f"Rows: the original, what the model makes of it, and the difference, from {colours}; below: the error"
        self._legend.show_longest((f"original, decoded, difference: {colours}", f"difference: {colours}", colours, ""))
        self._legend.setToolTip(words)
        self.grid.setToolTip(words)
