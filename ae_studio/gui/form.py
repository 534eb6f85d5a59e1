"""A form field for one setting, whatever its kind: made from the schema that the command line uses too."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ae_studio.config import FieldSpec
from ae_studio.gui.named import named
from ae_studio.gui.number_box import NumberBox

LARGEST_INT = 2**31 - 1
NARROWEST = 90  # pixels: Qt would keep room for the largest number, and the form would not fit beside its scroll bar
LIVE = "Can be changed now: takes effect at the next step."
OFF_AT_ZERO = ("early_stopping", "clip", "weight_decay", "warmup")


class Field(QWidget):
    """The widget of a setting, with the error or the advice about it below.

    Signals:
        value_changed(): by the user.
        committed(): the user has pressed Return in it, or left it.
    """

    value_changed = Signal()
    committed = Signal()

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
        if spec.kind == "float":
            self._hint += "\nCtrl with an arrow key doubles or halves it"
        self.widget.setToolTip(self._hint)
        self._refused = ""  # why what is being typed cannot be a value
        self._settled: Any = None  # the value before the user began to type
        self._last: Any = None  # the value that was told last
        self._error = named(QLabel(self, wordWrap=True), "field_error", visible=False)
        self._advice = named(QLabel(self, wordWrap=True), "field_advice", visible=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.widget)
        layout.addWidget(self._error)
        layout.addWidget(self._advice)
        self._changed_signal().connect(self._tell)
        if isinstance(self.widget, QAbstractSpinBox):
            self.widget.lineEdit().textEdited.connect(self._follow_typing)
            self.widget.editingFinished.connect(self._commit)

    @property
    def being_typed(self) -> bool:
        """What it holds may be the beginning of a number that the user still writes."""
        return isinstance(self.widget, QAbstractSpinBox) and self.widget.lineEdit().isModified()

    @property
    def refused(self) -> bool:
        """What is being typed is no value that can be."""
        return bool(self._refused)

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
        self._settled = self._last = self.value()

    def show_error(self, text: str) -> None:
        """An empty text takes the error away, but for one about what is being typed."""
        text = text or self._refused
        self._error.setText(text)
        self._error.setVisible(bool(text))
        set_property(self.widget, "wrong", bool(text))

    def show_advice(self, text: str, more: str = "") -> None:
        """Of a value that can be used, but is likely not meant; ``more`` is its tooltip. Empty: none."""
        self._advice.setText(text)
        self._advice.setToolTip(more)
        self._advice.setVisible(bool(text))

    def lock(self, reason: str) -> None:
        """An empty reason unlocks it."""
        self.widget.setEnabled(not reason)
        self.widget.setToolTip(reason or self._hint)

    def set_live(self, live: bool) -> None:
        """Whether a value that is given now changes a training that runs; it is marked, and says so."""
        self.widget.setEnabled(True)
        self.widget.setToolTip(f"{LIVE}\n{self._hint}" if live else self._hint)
        set_property(self.widget, "live", live)

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
        before, self._last = self._last, self.value()
        if self._refused and self._last == before:
            return  # Qt puts back what was right last, and ends the typing next
        self._refused = ""
        if not self.being_typed:
            self._settled = self.value()
        self.value_changed.emit()

    def _follow_typing(self, text: str) -> None:
        """A number out of range is said while it stands there; who leaves it finds the one from before."""
        assert isinstance(self.widget, QAbstractSpinBox)
        before = self._refused
        right = self.widget.hasAcceptableInput()
        self._refused = "" if right else f"Not taken: it must be {self.spec.range_text}"
        if self._refused != before:
            self.show_error("")
        if self._refused:
            self._advice.hide()  # it is about the digits before

    def _commit(self) -> None:
        if self._refused:  # Qt's own way back ends at what was right last: at 500 for who typed 5000
            self._refused = ""
            self.set_value(self._settled)
            self.value_changed.emit()
        self._settled = self.value()
        self.committed.emit()

    def _changed_signal(self) -> Any:
        widget = self.widget
        if isinstance(widget, QComboBox):
            return widget.currentIndexChanged
        if isinstance(widget, QCheckBox):
            return widget.toggled
        return widget.textChanged if isinstance(widget, QLineEdit) else widget.valueChanged


def set_property(widget: QWidget, name: str, value: bool) -> None:
    """One that the style sheet looks at."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


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
