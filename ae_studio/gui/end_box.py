"""Chooses one end of a path."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from ae_studio.gui.named import named

HANDLE, FOCUS, IMAGE, CLASS = "handle", "focus", "image", "class"
CLASSES_FROM = 3  # the first of their lines
NO_FOCUS = "No data point has been looked at yet: point at one on the canvas"
WIDTH = 100  # pixels: a class of some length
NUMBER_WIDTH = 72  # pixels, "no. 2000"
LIST_WIDTH = 140  # pixels, "Last point seen"


class EndBox(QWidget):
    """The handle's code as it is, the data point looked at last, the middle of a class, or an image by its number.

    Signals:
        chosen(what, number): HANDLE and FOCUS with 0, CLASS with its label, IMAGE with its number from 0.
    """

    chosen = Signal(str, int)

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = letter
        self._box = named(QComboBox(self), f"path_{letter.lower()}_box")
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(5)
        self._box.setFixedWidth(WIDTH)
        self._box.view().setMinimumWidth(LIST_WIDTH)
        self._number = named(QSpinBox(self, minimum=1, prefix="no. "), f"path_{letter.lower()}_image_box")
        self._number.setAccessibleName(f"{letter}: number of the image")
        self._number.setToolTip("Which image of the fixed sample; all of them are points of the canvas")
        self._number.setKeyboardTracking(False)
        self._number.setFixedWidth(NUMBER_WIDTH)
        label = named(QLabel(letter, self), "panel_title")
        label.setBuddy(self._box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (label, self._box, self._number):
            layout.addWidget(widget)
        self._number.hide()
        self._box.activated.connect(self._choose)
        self._number.valueChanged.connect(self._choose_image)

    def offer(self, classes: dict[int, str], images: int) -> None:
        """Of another run: the classes that have images, by their label, and how many images there are."""
        self._box.clear()
        self._box.addItem("Handle", (HANDLE, 0))
        self._box.addItem("Last point seen", (FOCUS, 0))
        self._box.addItem("Image…", (IMAGE, 0))
        for label, name in classes.items():
            self._box.addItem(f"{name} (mean)", (CLASS, label))
        for index in range(CLASSES_FROM, self._box.count()):
            self._box.setItemData(index, "The mean of the codes of this class", Qt.ItemDataRole.ToolTipRole)
        self._box.setItemData(0, "The code under the handle, as it is now", Qt.ItemDataRole.ToolTipRole)
        with QSignalBlocker(self._number):
            self._number.setMaximum(max(1, images))

    def allow_focus(self, possible: bool) -> None:
        """Whether a data point has been looked at."""
        model = self._box.model()
        index = self._box.findText("Last point seen")
        if index >= 0 and isinstance(model, QStandardItemModel):
            model.item(index).setEnabled(possible)
            self._box.setItemData(index, "" if possible else NO_FOCUS, Qt.ItemDataRole.ToolTipRole)

    def show_end(self, what: str, number: int) -> None:
        """Without telling anybody."""
        for index in range(self._box.count()):
            kind, of = self._box.itemData(index)
            if kind == what and (kind != CLASS or of == number):
                self._box.setCurrentIndex(index)
        self._number.setVisible(what == IMAGE)
        if what == IMAGE:
            with QSignalBlocker(self._number):
                self._number.setValue(number + 1)

    def allow(self, reason: str) -> None:
        """Greyed for a reason, if there is one."""
        self.setEnabled(not reason)
        words = {"A": "Where the path begins", "B": "Where the path ends"}[self._letter]
        self._box.setAccessibleName(words)
        self._box.setToolTip(reason or words)

    def _choose(self, index: int) -> None:
        what, number = self._box.itemData(index)
        if what == IMAGE:
            number = self._number.value() - 1
        self._number.setVisible(what == IMAGE)
        self.chosen.emit(what, number)

    def _choose_image(self, value: int) -> None:
        self.chosen.emit(IMAGE, value - 1)
