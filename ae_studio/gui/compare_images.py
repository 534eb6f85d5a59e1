"""The same images by each of the runs that are compared, and one of them large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ae_studio.gui.compare_tab import LETTERS, CompareTab
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.image_pair import ImagePair, Side
from ae_studio.gui.named import named
from ae_studio.gui.pair_row import ORIGINAL, PairRow
from ae_studio.gui.pair_viewer import PairViewer
from ae_studio.gui.same_images_feed import SameImagesFeed
from ae_studio.gui.same_images_grid import SameImagesGrid
from ae_studio.gui.theme import Theme
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.compared_images import SameImages

ORDERS = (("The first images", "first"), ("Random images", "random"), ("Where the runs differ most", "differ"))


class ImagesTab(CompareTab):
    """Every run encodes and decodes the images of the first run's validation sample."""

    TITLE = "Images"
    HINT = "The same images by each run: wiped over, blinking, or as their difference"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[ComparedRun, ...] = ()
        self._shown: SameImages | None = None
        self._index: int | None = None  # of the sample, the image that is large
        self._feed = SameImagesFeed(self)
        self._orders = named(QComboBox(self), "images_order_box")
        self._orders.setAccessibleName("Which images")
        self._orders.setToolTip("Which images of the first run's validation sample; choose it again for others")
        for text, order in ORDERS:
            self._orders.addItem(text, order)
        self._note = named(QLabel(self, wordWrap=True), "compare_warning")
        self.grid = SameImagesGrid(self)
        self._scroll = named(QScrollArea(self, widgetResizable=False), "same_images_scroll")
        self.pair_row = PairRow(self)
        self.viewer = PairViewer(self)
        self._pixel = named(FittingLabel(self), "dim_label")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._scroll.setWidget(self.grid)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        left, right = QWidget(self), QWidget(self)
        for part, widgets in ((left, (self._orders, self._scroll)), (right, (self.pair_row, self.viewer, self._pixel))):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            for widget in widgets:
                column.addWidget(widget, 1 if widget in (self._scroll, self.viewer) else 0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setHandleWidth(16)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.addWidget(self._note)
        whole.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self._orders.activated.connect(self._choose_order)
        self._feed.ready.connect(self._show)
        self._feed.failed.connect(self._fail)
        self.grid.image_chosen.connect(self._choose_image)
        self.pair_row.pair_changed.connect(self._show_pair)
        self.pair_row.mode_changed.connect(self.viewer.set_mode)
        self.pair_row.rate_changed.connect(self.viewer.set_rate)
        self.viewer.hovered.connect(self._tell_pixel)
        flip = QShortcut(QKeySequence("X"), self)
        flip.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        flip.activated.connect(self.flip)

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        self._runs = runs
        self.pair_row.offer(len(runs))
        if runs:
            self._feed.ask(runs)
        else:
            self._fail("")

    def flip(self) -> None:
        """The other one in front."""
        if self.viewer.mode == "blink":
            self.viewer.flip()
        else:
            self.pair_row.swap()

    def _choose_order(self) -> None:
        self._index = None
        self._feed.choose(self._orders.currentData())
        self._feed.ask(self._runs)

    # What is shown

    def _show(self, shown: SameImages) -> None:
        if len(shown.decoded) != len(self._runs):
            return  # others are on their way
        self.problem.emit("")
        self._shown = shown
        self.grid.show_images(shown)
        self._fit_grid()
        reasons = [f"{LETTERS[index]} {reason}." for index, reason in enumerate(shown.reasons) if reason]
        self._note.setText("\n".join(reasons))
        self._note.setVisible(bool(reasons))
        places = [place for place, index in enumerate(shown.indices.tolist()) if index == self._index]
        self.grid.choose(places[0] if places else 0)

    def _fit_grid(self) -> None:
        """As wide as its columns, once for each number of runs."""
        wanted = self.grid.width() + self._scroll.verticalScrollBar().sizeHint().width() + 4
        if self._scroll.minimumWidth() != min(wanted, self.width() // 2):
            self._scroll.setMinimumWidth(min(wanted, self.width() // 2))
            self._splitter.setSizes([wanted, max(1, self.width() - wanted)])

    def _fail(self, message: str) -> None:
        self._shown = None
        self.grid.show_images(None)
        self._note.hide()
        self.viewer.show_pair(None, message or "No run is compared")
        self.problem.emit(message)

    def _choose_image(self, place: int) -> None:
        assert self._shown is not None
        self._index = int(self._shown.indices[place])
        row = self.grid.row_rect(place)
        self._scroll.ensureVisible(0, round(row.center().y()), 0, round(row.height() / 2))
        self._show_pair()

    def _show_pair(self) -> None:
        if self._shown is None or not len(self._shown.indices):
            return
        left, right = (self._side(index) for index in self.pair_row.pair)
        names, label = self._runs[0].opened.class_names, int(self._shown.labels[self.grid.current])
        title = f"image {self._shown.indices[self.grid.current] + 1}"
        title += f", {names[label]}" if 0 <= label < len(names) else ""
        self.viewer.show_pair(ImagePair(title, left, right))
        self._tell_pixel("")

    def _side(self, index: int) -> Side:
        assert self._shown is not None
        place = self.grid.current
        if index == ORIGINAL:
            return Side("original", "original", self._shown.originals[place])
        images, run = self._shown.decoded[index], self._runs[index]
        name = f"epoch {run.epoch}: {run.name}"
        return Side(LETTERS[index], name, None if images is None else images[place], self._shown.reasons[index])

    def _tell_pixel(self, words: str) -> None:
        self._pixel.show_longest((words or self._title(), ""))

    def _title(self) -> str:
        pair = self.viewer.pair
        return f"{pair.title[0].upper()}{pair.title[1:]} of the first run's sample" if pair else ""

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in (self.grid, self.pair_row, self.viewer):
            part.set_theme(theme)

    def end(self) -> None:
        self._feed.end()
