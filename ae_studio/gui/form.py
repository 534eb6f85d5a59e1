"""A form field for one setting, whatever its kind: made from the schema that the command line uses too."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ae_studio.config import FieldSpec
from ae_studio.gui.named import named

LARGEST_INT = 2**31 - 1
STEPS = (1.0, 2.0, 5.0)  # of a decade, for numbers that matter by their ratio
NARROWEST = 90  # pixels: Qt would keep room for the largest number, and the form would not fit beside its scroll bar
OFF_AT_ZERO = ("early_stopping", "clip", "weight_decay", "warmup")


class NumberBox(QDoubleSpinBox):
    """A number that may be very small: 0.001 or 1e-3; its arrows go through 1, 2, 5, 10, …"""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lowest = spec.low or 0.0
        self._open = spec.low_open
        self.setDecimals(10)
        self.setRange(spec.low if spec.low is not None else -1e12, spec.high if spec.high is not None else 1e12)

    def textFromValue(self, value: float) -> str:
        return f"{value:.6g}"

    def valueFromText(self, text: str) -> float:
        try:
            return float(text.removesuffix(self.suffix()).replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> Any:
        try:
            value = float(text.removesuffix(self.suffix()).replace(",", "."))
        except ValueError:
            return QValidator.State.Intermediate, text, position
        inside = self.minimum() <= value <= self.maximum() and not (self._open and value == self._lowest)
        return (QValidator.State.Acceptable if inside else QValidator.State.Intermediate), text, position

    def stepBy(self, steps: int) -> None:
        value = self.value()
        for _ in range(abs(steps)):
            value = _next_up(value) if steps > 0 else _next_down(value)
        if not (self._open and value <= self._lowest):
            self.setValue(value)


class Field(QWidget):
    """The widget of a setting, with the error or the advice about it below.

    Signals:
        value_changed(): by the user.
    """

    value_changed = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.widget = _make_widget(spec, self)
        self.widget.setObjectName(f"{spec.name}_box")
        self.widget.setAccessibleName(spec.label)
        self.widget.setMinimumWidth(NARROWEST)
        self.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.widget.installEventFilter(self)
        self._hint = f"{spec.help[:1].upper()}{spec.help[1:]}" + (
            f"\nRange: {spec.range_text}" if _ranged(spec) else ""
        )
        self.widget.setToolTip(self._hint)
        self._error = named(QLabel(self, wordWrap=True), "field_error", visible=False)
        self._advice = named(QLabel(self, wordWrap=True), "field_advice", visible=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.widget)
        layout.addWidget(self._error)
        layout.addWidget(self._advice)
        self._changed_signal().connect(self._tell)

    def value(self) -> Any:
        widget = self.widget
        if isinstance(widget, QComboBox):
            return widget.currentData()
        if isinstance(widget, QCheckBox):
            return widget.isChecked()
        if isinstance(widget, QLineEdit):
            return widget.text().strip()
        return widget.value()

    def set_value(self, value: Any) -> None:
        """Without ``value_changed``."""
        widget = self.widget
        with QSignalBlocker(widget):
            if isinstance(widget, QComboBox):
                widget.setCurrentIndex(max(0, widget.findData(value)))
            elif isinstance(widget, QCheckBox):
                widget.setChecked(bool(value))
            elif isinstance(widget, QLineEdit):
                widget.setText(str(value))
            else:
                widget.setValue(value)

    def show_error(self, text: str) -> None:
        """An empty text takes the error away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.widget.setProperty("wrong", bool(text))
        self.widget.style().unpolish(self.widget)
        self.widget.style().polish(self.widget)

    def show_advice(self, text: str, more: str = "") -> None:
        """Of a value that can be used, but is likely not meant; ``more`` is its tooltip. Empty: none."""
        self._advice.setText(text)
        self._advice.setToolTip(more)
        self._advice.setVisible(bool(text))

    def lock(self, reason: str) -> None:
        """An empty reason unlocks it."""
        self.widget.setEnabled(not reason)
        self.widget.setToolTip(reason or self._hint)

    def disable_choices(self, reasons: dict[str, str]) -> None:
        """Choices of a combo box that cannot be taken, each with the reason."""
        assert isinstance(self.widget, QComboBox)
        model = self.widget.model()
        for row in range(self.widget.count()):
            reason = reasons.get(self.widget.itemData(row), "")
            model.item(row).setEnabled(not reason)  # type: ignore[attr-defined]
            model.item(row).setToolTip(reason)  # type: ignore[attr-defined]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the panel; it turns a number only while that has the focus."""
        if event.type() == QEvent.Type.Wheel and not self.widget.hasFocus():
            event.ignore()
            return True
        return False

    def _tell(self) -> None:
        self.value_changed.emit()

    def _changed_signal(self) -> Any:
        widget = self.widget
        if isinstance(widget, QComboBox):
            return widget.currentIndexChanged
        if isinstance(widget, QCheckBox):
            return widget.toggled
        return widget.textChanged if isinstance(widget, QLineEdit) else widget.valueChanged


def _make_widget(spec: FieldSpec, parent: QWidget) -> QComboBox | QCheckBox | QLineEdit | QSpinBox | QDoubleSpinBox:
    if spec.kind == "choice":
        box = QComboBox(parent)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        for choice in spec.choices:
            box.addItem(CHOICE_NAMES.get(choice, choice), choice)
        return box
    if spec.kind == "bool":
        return QCheckBox(parent)
    if spec.kind == "text":
        return QLineEdit(parent)
    number: QSpinBox | NumberBox = QSpinBox(parent) if spec.kind == "int" else NumberBox(spec, parent)
    number.lineEdit().setTextMargins(6, 0, 0, 0)
    if isinstance(number, QSpinBox):
        number.setRange(int(spec.low or 0), int(spec.high if spec.high is not None else LARGEST_INT))
        number.setGroupSeparatorShown(True)
    if spec.unit:
        number.setSuffix(f" {spec.unit}")
    if spec.name in OFF_AT_ZERO:
        number.setSpecialValueText("Off")
    return number


CHOICE_NAMES = {
    "auto": "Auto",
    "cpu": "CPU",
    "cuda": "CUDA",
    "mps": "MPS",
    "32": "32 bit",
    "bf16": "bf16",
    "none": "None",
    "step": "Step",
    "cosine": "Cosine",
    "plateau": "On a plateau",
    "mlp": "MLP",
    "conv": "Convolutional",
    "linear": "Linear",
    "bernoulli": "Bernoulli",
    "gaussian": "Gaussian",
    "gaussian-linear": "Gaussian, no sigmoid",
    "relu": "ReLU",
    "tanh": "Tanh",
    "elu": "ELU",
    "mask": "Mask",
    "kl": "KL",
    "top-k": "Top k",
    "l2": "Weight decay (L2)",
    "gp": "Gradient penalty",
    "sn": "Spectral norm",
    "normal": "Normal",
    "mixture": "Mixture of ten",
    "swiss-roll": "Swiss roll",
    "square": "Square",
    "ring": "Ring",
    "circle": "Circle",
    "one": "One",
    "several": "Several",
}


def _ranged(spec: FieldSpec) -> bool:
    return spec.kind in ("int", "float") and bool(spec.range_text)


def _next_up(value: float) -> float:
    if value <= 0:
        return 1e-4
    decade = 10.0 ** math.floor(math.log10(value) + 1e-9)
    return next(
        (round(step * decade, 12) for step in (*STEPS, 10.0) if step * decade > value * (1 + 1e-9)), 10 * decade
    )


def _next_down(value: float) -> float:
    if value <= 1e-4:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(value) - 1e-9)
    return next(round(step * decade, 12) for step in (5.0, 2.0, 1.0) if step * decade < value * (1 - 1e-9))
