"""Which two of the runs are laid over one another, and how."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from ae_studio.gui.compare_tab import LETTERS
from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.pair_viewer import BLINKS, MODES, Mode
from ae_studio.gui.theme import Theme

ORIGINAL = -1  # beside the indices of the runs
FASTEST = 8  # changes a second
HINTS = {
    "swipe": "Drag over the image: left of the line is the first, right of it the second",
    "blink": "One takes the other's place, again and again; a click or X changes at once",
    "difference": "The second less the first: blue where it has less ink, orange where it has more",
}


class PairRow(QWidget):
    """Signals: ``pair_changed()``, ``mode_changed(mode)``, ``rate_changed(changes a second)``."""

    pair_changed = Signal()
    mode_changed = Signal(str)
    rate_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modes = QButtonGroup(self)
        self._buttons = {mode: self._mode_button(mode) for mode in MODES}
        self._left, self._right = self._box("pair_left_box", "First"), self._box("pair_right_box", "Second")
        self._swap = named(QToolButton(self), "pair_swap_button", toolTip="Change the two over (X)")
        self._swap.setAccessibleName("Change the two over")
        self._rate = named(QSlider(Qt.Orientation.Horizontal, self), "blink_rate_slider")
        self._rate.setAccessibleName("Changes a second")
        self._rate.setRange(0, FASTEST)
        self._rate.setValue(round(BLINKS))
        self._rate.setFixedWidth(70)
        self._rate_label = named(QLabel(self), "dim_label")
        self._rate_label.setMinimumWidth(58)
        self._lay_out()
        self._connect()
        self._tell_rate(self._rate.value())
        self._show_mode("swipe")

    def _mode_button(self, mode: Mode) -> QToolButton:
        button = named(QToolButton(self), f"{mode}_button", text=mode.capitalize(), checkable=True, toolTip=HINTS[mode])
        button.setAccessibleName(mode.capitalize())
        button.setChecked(mode == "swipe")
        self._modes.addButton(button, MODES.index(mode))
        return button

    def _box(self, name: str, words: str) -> QComboBox:
        box = named(QComboBox(self), name)
        box.setAccessibleName(words)
        box.addItem("Original", ORIGINAL)
        return box

    def _lay_out(self) -> None:
        pair = QWidget(self)  # stays together where it stands below the modes, in a small window
        together = QHBoxLayout(pair)
        together.setContentsMargins(0, 0, 0, 0)
        together.setSpacing(4)
        for one in (self._left, self._swap, self._right):
            together.addWidget(one)
        row = FlowLayout(self, gap=4)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (*self._buttons.values(), self._rate, self._rate_label, pair):
            row.addWidget(widget)

    def _connect(self) -> None:
        self._modes.idClicked.connect(self._choose_mode)
        for box in (self._left, self._right):
            box.currentIndexChanged.connect(self.pair_changed)
        self._swap.clicked.connect(self.swap)
        self._rate.valueChanged.connect(self._tell_rate)

    @property
    def pair(self) -> tuple[int, int]:
        """Indices of runs, or ORIGINAL."""
        return int(self._left.currentData()), int(self._right.currentData())

    def offer(self, count: int) -> None:
        """So many runs: A and B are chosen at first, and of one alone the original beside it."""
        for box, chosen in zip((self._left, self._right), self._kept(count), strict=True):
            with QSignalBlocker(box):
                while box.count() > 1 + count:
                    box.removeItem(box.count() - 1)
                for index in range(box.count() - 1, count):
                    box.addItem(LETTERS[index], index)
                box.setCurrentIndex(box.findData(chosen))

    def _kept(self, count: int) -> tuple[int, int]:
        """The pair as it was, where there were two runs and still are; no run takes the place of one that is gone
        beside itself."""
        if min(self._left.count() - 1, count) < 2:
            return 0 if count > 1 else ORIGINAL, min(1, count - 1)
        left, right = self.pair
        if left >= count:
            left = 0 if right != 0 else 1
        if right >= count:
            right = count - 1 if left != count - 1 else count - 2
        return left, right

    def swap(self) -> None:
        left, right = self.pair
        with QSignalBlocker(self._left):
            self._left.setCurrentIndex(self._left.findData(right))
        with QSignalBlocker(self._right):
            self._right.setCurrentIndex(self._right.findData(left))
        self.pair_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        self._swap.setIcon(icon("swap", theme.text))

    def _choose_mode(self, index: int) -> None:
        self._show_mode(MODES[index])
        self.mode_changed.emit(MODES[index])

    def _show_mode(self, mode: Mode) -> None:
        for widget in (self._rate, self._rate_label):
            widget.setVisible(mode == "blink")

    def _tell_rate(self, rate: int) -> None:
        self._rate_label.setText(f"{rate} Hz" if rate else "by hand")
        self._rate.setToolTip(f"{rate} changes a second" if rate else "X or a click changes them")
        self.rate_changed.emit(float(rate))
