"""What lies nearest to an image, by its pixels and by its code, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ae_studio.events import Images
from ae_studio.gui.digit_view import DigitView
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.image_row import Cell, ImageRow
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme

COUNTS = (5, 10, 20)
USUAL = 10
OWN_SIDE = 76  # pixels of the image whose neighbours are shown
INVITATION = "Train a model or open a run: what lies nearest to an image appears here, by its pixels and by its code"


class NeighboursPanel(QWidget):
    """Two rows of images, and above all in how many of them they agree.

    Signals:
        count_changed(k): so many neighbours are wished.
        neighbour_chosen(index), neighbour_pointed_at(index): a data point; None when at none any more.
    """

    count_changed = Signal(int)
    neighbour_chosen = Signal(int)
    neighbour_pointed_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("neighbours_panel")
        self.header = QWidget(self)  # stands in the dock's own header
        self._words = named(FittingLabel(self.header), "dim_label")
        self._count_box = named(QComboBox(self.header), "neighbours_count_box")
        self._own = named(DigitView(self), "neighbours_own_view")
        self._caption = named(QLabel(self, wordWrap=True), "neighbours_caption")
        self.by_pixels = named(ImageRow(self, other="codes"), "pixel_neighbours")
        self.by_codes = named(ImageRow(self, other="pixels"), "code_neighbours")
        self._message = named(QLabel(INVITATION, self, wordWrap=True), "neighbours_message")
        self._pages = QStackedLayout(self)
        self._describe()
        self._lay_out()
        self._connect()

    def _describe(self) -> None:
        for count in COUNTS:
            self._count_box.addItem(str(count), count)
        self._count_box.setCurrentIndex(COUNTS.index(USUAL))
        self._count_box.setAccessibleName("How many neighbours")
        self._count_box.setToolTip("How many neighbours are shown of either kind")
        self._words.setToolTip("Images in dashes are among the nearest by one of the two only")
        self._own.setAccessibleName("Image whose neighbours are shown")
        self._own.setFixedSize(OWN_SIDE, OWN_SIDE)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._caption.setFixedWidth(OWN_SIDE)
        self.by_pixels.setAccessibleName("Nearest images by their pixels")
        self.by_codes.setAccessibleName("Nearest images by their codes")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _lay_out(self) -> None:
        header = QHBoxLayout(self.header)
        header.setContentsMargins(0, 0, 4, 0)
        header.addWidget(self._words, 1)
        header.addWidget(self._count_box)
        own = QVBoxLayout()
        own.setSpacing(4)
        own.addWidget(self._own)
        own.addWidget(self._caption)
        own.addStretch(1)
        rows = QVBoxLayout()
        rows.setSpacing(2)
        for title, row in (("by pixels", self.by_pixels), ("by codes", self.by_codes)):
            rows.addWidget(named(QLabel(title, self), "dim_label"))
            rows.addWidget(row, 1)
        page = QWidget(self)
        layout = QHBoxLayout(page)
        layout.setContentsMargins(12, 4, 12, 8)
        layout.setSpacing(14)
        layout.addLayout(own)
        layout.addLayout(rows, 1)
        self._pages.addWidget(self._message)
        self._pages.addWidget(page)

    def _connect(self) -> None:
        self._count_box.activated.connect(self._tell_count)
        for row in (self.by_pixels, self.by_codes):
            row.chosen.connect(self.neighbour_chosen)
            row.pointed_at.connect(self.neighbour_pointed_at)

    @property
    def count(self) -> int:
        return int(self._count_box.currentData())

    def show_neighbours(
        self, image: Images, caption: str, pixels: Sequence[Cell], codes: Sequence[Cell], words: str, class_count: int
    ) -> None:
        """Of an image (H, W[, 3]) that the caption names; ``words`` say in how many the rows agree."""
        self._own.show_image(image)
        self._caption.setText(caption)
        self.by_pixels.show_cells(pixels, class_count)
        self.by_codes.show_cells(codes, class_count)
        self._words.show_longest((f"{words}; others in dashes", words, ""))
        self._pages.setCurrentIndex(1)

    def show_nothing(self, why: str = INVITATION) -> None:
        """``why`` there are no neighbours to be shown."""
        for row in (self.by_pixels, self.by_codes):
            row.show_cells((), 1)  # nothing is pointed at any more
        self._message.setText(why)
        self._words.show_longest(("",))
        self._pages.setCurrentIndex(0)

    def set_theme(self, theme: Theme) -> None:
        for each in (self._own, self.by_pixels, self.by_codes):
            each.set_theme(theme)

    def _tell_count(self) -> None:
        self.count_changed.emit(self.count)
