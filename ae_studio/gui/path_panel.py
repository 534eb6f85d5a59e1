"""A way from one code to another: chosen, seen as a strip of frames, played, and taken along."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QSpinBox, QToolButton, QVBoxLayout, QWidget

from ae_studio.gui.end_box import EndBox
from ae_studio.gui.film_strip import FilmStrip, Frames
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.play_row import PlayRow
from ae_studio.gui.theme import Theme
from ae_studio.gui.yielding import YieldingRows

KINDS = {
    "linear": ("Straight", "The straight line in the code"),
    "slerp": ("Arc", "An arc about the origin (slerp): its lengths lie between those of A and B (Shoemake 1985)"),
    "geodesic": ("Geodesic", "Where the decoded image changes least on the way (Shao et al. 2018)"),
    "data": ("Along data", "From neighbour to neighbour among the codes of real images, by the shortest such way"),
    "stroke": ("Stroke", "As drawn on the canvas with the stroke tool"),
}
EVEN = {
    "code": ("Even code", "From frame to frame the same way in the code"),
    "image": ("Even image", "From frame to frame the decoded image changes equally much"),
}
SWAP, COUNT = "Exchange A and B", "Number of frames, A and B among them"
FEWEST, MOST, USUAL = 3, 60, 12  # frames
WIDTHS = 102, 102, 84  # pixels of the kind, the evenness, the frames: they share a row where there is little room
OWN_ENDS = "A stroke has its own ends"
NOTHING = "Train a model or open a run first: here its codes are turned into one another"
LOWEST = 28  # pixels of the strip, in a small window: whole frames


class PathPanel(QWidget):
    """Shows what an :class:`ae_studio.gui.interpolation.Interpolation` makes, and what is wanted of it.

    Signals:
        end_chosen(letter, what, number): "A" or "B", and as :class:`EndBox` tells it.
        swap_requested()
        kind_chosen(kind): one of KINDS.
        frames_chosen(count), even_chosen(even): one of EVEN.
        frame_shown(index): the handle is to go there.
        active_changed(active): whether anybody sees this.
        save_requested(path, frames a second, there and back)
    """

    end_chosen = Signal(str, str, int)
    swap_requested = Signal()
    kind_chosen = Signal(str)
    frames_chosen = Signal(int)
    even_chosen = Signal(str)
    frame_shown = Signal(int)
    active_changed = Signal(bool)
    save_requested = Signal(str, float, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("path_panel")
        self.header = named(FittingLabel(self), "dim_label")  # stands in the dock's own header
        self.header.setToolTip("Rows: what the path decodes to, how near that is to the data, the nearest real image")
        self.header.show_longest(("decoded, support, nearest real image", "decoded, support, nearest", ""))
        self.ends = {letter: EndBox(letter, self) for letter in "AB"}
        self.strip = FilmStrip(self)
        self.playing = PlayRow(self)
        self.player = self.playing.player
        self._swap = named(QToolButton(self), "path_swap_button")
        self._swap.setAccessibleName(SWAP)
        self._kind = self._combo("path_kind_box", "Kind of path", KINDS)
        self._even = self._combo("path_even_box", "What is even from frame to frame", EVEN)
        self._count = named(QSpinBox(self, suffix=" frames", minimum=FEWEST, maximum=MOST), "path_frames_box")
        self._count.setAccessibleName(COUNT)
        self._count.setValue(USUAL)
        self._count.setKeyboardTracking(False)
        self._area = named(QScrollArea(self, widgetResizable=True), "film_area")
        self._describe()
        self._lay_out()
        self._connect()
        self.clear()

    # Making

    def _combo(self, name: str, accessible: str, words: dict[str, tuple[str, str]]) -> QComboBox:
        box = named(QComboBox(self), name)
        box.setAccessibleName(accessible)
        for key, (text, hint) in words.items():
            box.addItem(text, key)
            box.setItemData(box.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        return box

    def _describe(self) -> None:
        for widget, width in zip((self._kind, self._even, self._count), WIDTHS, strict=True):
            widget.setFixedWidth(width)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setMinimumHeight(LOWEST)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        wishes = YieldingRows(6, self)
        for widget in (self.ends["A"], self._swap, self.ends["B"], self._kind, self._even, self._count):
            wishes.add(widget)
        self._area.setWidget(self.strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 6)
        layout.setSpacing(6)
        layout.addWidget(wishes)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.playing)

    def _connect(self) -> None:
        for letter, box in self.ends.items():
            box.chosen.connect(lambda what, number, letter=letter: self.end_chosen.emit(letter, what, number))
        self._swap.clicked.connect(self.swap_requested)
        self._kind.activated.connect(lambda _: self.kind_chosen.emit(self._kind.currentData()))
        self._even.activated.connect(lambda _: self.even_chosen.emit(self._even.currentData()))
        self._count.valueChanged.connect(self.frames_chosen)
        self.playing.save_requested.connect(self.save_requested)
        self.strip.play_requested.connect(self.player.toggle)
        self.strip.frame_chosen.connect(self.player.stop)
        self.strip.frame_chosen.connect(self.player.go)
        self.player.frame_changed.connect(self._show_frame)
        self.player.frame_changed.connect(self.frame_shown)

    # What is shown

    def clear(self) -> None:
        """No run is shown."""
        for box in self.ends.values():
            box.offer({}, 0)
        self.show_possible(dict.fromkeys(KINDS, NOTHING), "linear")
        self.show_strip(None, (NOTHING,))

    def offer(self, classes: dict[int, str], images: int) -> None:
        """Of another run: its classes that have images, by label, and how many images it has."""
        for box in self.ends.values():
            box.offer(classes, images)

    def show_end(self, letter: str, what: str, number: int) -> None:
        self.ends[letter].show_end(what, number)

    def allow_focus(self, possible: bool) -> None:
        for box in self.ends.values():
            box.allow_focus(possible)

    def show_possible(self, reasons: dict[str, str], kind: str) -> None:
        """Which kinds of path cannot be taken, by why not; and which one is."""
        self._kind.setCurrentIndex(self._kind.findData(kind))
        model = self._kind.model()
        assert isinstance(model, QStandardItemModel)
        for index, (key, (_, hint)) in enumerate(KINDS.items()):
            model.item(index).setEnabled(not reasons[key])
            self._kind.setItemData(index, reasons[key] or hint, Qt.ItemDataRole.ToolTipRole)
        nothing = reasons["linear"]
        for widget, hint in ((self._kind, KINDS[kind][1]), (self._even, EVEN["code"][1]), (self._count, COUNT)):
            widget.setEnabled(not nothing)
            widget.setToolTip(nothing or hint)
        ends = nothing or (OWN_ENDS if kind == "stroke" else "")
        for box in self.ends.values():
            box.allow(ends)
        self._swap.setEnabled(not nothing)
        self._swap.setToolTip(nothing or SWAP)

    def show_frames(self, count: int, even: str) -> None:
        """How many frames are wanted, and what is the same from one to the next."""
        with QSignalBlocker(self._count):
            self._count.setValue(count)
        self._even.setCurrentIndex(self._even.findData(even))

    def show_strip(self, frames: Frames | None, notes: tuple[str, ...] = ()) -> None:
        """``notes``: what is to be known of the path, the longest wording first; without frames, why there are none."""
        self.strip.show_frames(frames, notes[0] if notes else "")
        self.playing.show_notes(len(frames.images) if frames else 0, notes)
        self.strip.show_current(self.player.frame)

    def set_theme(self, theme: Theme) -> None:
        self.strip.set_theme(theme)
        self.playing.set_theme(theme)
        self._swap.setIcon(icon("swap", theme.text))

    def set_seen(self, seen: bool) -> None:
        """Whether its dock is in front: behind another one's tab it is not hidden, only moved out of sight."""
        if not seen:
            self.player.stop()
        self.active_changed.emit(seen)

    def _show_frame(self, index: int) -> None:
        self.strip.show_current(index)
        area = self.strip.frame_rect(index)
        self._area.ensureVisible(round(area.center().x()), 0, round(area.width()), 0)
