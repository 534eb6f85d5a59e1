"""A direction from one group to another, and how far the handle is moved along it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.short_box import short_box
from ae_studio.latent.groups import Groups

STEPS = 20  # of the slider for a strength of 1
STRONGEST = 3  # times from one mean to the other: beyond, hardly any model has learned anything


class AttributeBox(QWidget):
    """Two groups and a strength.

    Signals:
        groups_chosen(first, second): their names, empty where there is none.
        strength_changed(strength): so many vectors from where the handle was; 0 is there.
        apply_requested(): the handle is to stay where it is now, and the strength begins anew.
    """

    groups_chosen = Signal(str, str)
    strength_changed = Signal(float)
    apply_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = tuple(self._box(*words) for words in (("from", "From group"), ("to", "To group")))
        self._slider = named(QSlider(Qt.Orientation.Horizontal, self), "strength_slider")
        self._slider.setAccessibleName("Strength of the attribute vector")
        self._slider.setRange(-STRONGEST * STEPS, STRONGEST * STEPS)
        self._slider.setPageStep(STEPS // 2)
        self._value = named(
            QLabel(self, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "strength_value"
        )
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance("−3.00"))
        self._note = named(QLabel(self, wordWrap=True), "dim_label")
        self._apply = named(QPushButton("Apply", self), "apply_attribute_button")
        self._back = named(QPushButton("Back", self), "reset_attribute_button")
        self._reason = "Keep two groups first"
        self._lay_out()
        self._connect()
        self.show_vector("", self._reason)

    def _box(self, name: str, words: str) -> QComboBox:
        box = short_box(f"{name}_group_box", words, 6, self)
        box.setToolTip(words)
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (text, box) in enumerate(zip(("From", "To"), self._boxes, strict=True)):
            grid.addWidget(named(QLabel(text, self), "dim_label"), row, 0)
            grid.addWidget(box, row, 1, 1, 2)
        grid.addWidget(named(QLabel("Strength", self), "dim_label"), 2, 0)
        grid.addWidget(self._slider, 2, 1)
        grid.addWidget(self._value, 2, 2)
        grid.addWidget(self._note, 3, 0, 1, 3)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._apply)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        grid.addLayout(buttons, 4, 0, 1, 3)

    def _connect(self) -> None:
        for box in self._boxes:
            box.activated.connect(self._tell_groups)
        self._slider.valueChanged.connect(self._change)
        self._apply.clicked.connect(self.apply_requested)
        self._back.clicked.connect(lambda: self._slider.setValue(0))

    def show_groups(self, groups: Groups) -> None:
        """To choose from; what was chosen stays where it is still there."""
        names = [group.name for group in groups]
        for place, box in enumerate(self._boxes):
            before = box.currentText()
            box.clear()
            box.addItems(names)
            box.setCurrentIndex(names.index(before) if before in names else min(place, len(names) - 1))
            box.setEnabled(len(names) > 1)
        first, second = self._boxes
        if first.currentIndex() == second.currentIndex():  # two there were not before
            second.setCurrentIndex(len(names) - 1)
        self._tell_groups()

    def show_vector(self, note: str, reason: str = "") -> None:
        """What is to be known of the direction, or why there is none."""
        self._reason = reason
        self._note.setText(note or reason)
        self._slider.setEnabled(not reason)
        self._slider.setToolTip(reason or "Moves the handle from the first group's mean code towards the second's")
        self._enable()

    def reset(self) -> None:
        """The handle has been moved by something else: the strength begins anew there."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(0)
        self._enable()

    def _tell_groups(self) -> None:
        self.groups_chosen.emit(*(box.currentText() for box in self._boxes))

    def _change(self, step: int) -> None:
        self._enable()
        self.strength_changed.emit(step / STEPS)

    def _enable(self) -> None:
        strength = self._slider.value() / STEPS
        self._value.setText(f"{strength:.2f}".replace("-", "−"))
        can = bool(strength) and not self._reason
        for button, words in ((self._apply, "Keep the handle here"), (self._back, "The handle back to where it was")):
            button.setEnabled(can)
            button.setToolTip(words if can else self._reason or "The strength is 0")
