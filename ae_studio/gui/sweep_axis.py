"""A setting of a sweep, and the values that it goes through, seen while they are typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ae_studio.config import ConfigError, FieldSpec
from ae_studio.gui.named import named
from ae_studio.gui.short_box import short_box
from ae_studio.sweeps.values import Axis, as_text, parse_axis

NONE = "None"
SHOWN = 8  # values of a preview; of more the first ones and the last
EXAMPLES = {
    "int": "2,8,32 or 2:32:5:log",
    "float": "1,4,16 or 1:16:4 or 1:100:3:log",
    "bool": "true,false",
    "text": "one,other",
}


class SweepAxis(QWidget):
    """A box of settings, a line for the values, and what they come to.

    Signals:
        changed()
    """

    changed = Signal()

    def __init__(self, number: int, *, optional: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, FieldSpec] = {}
        self._optional = optional
        self._box = short_box(f"sweep_setting_{number}_box", f"Setting {number}", 18, self)
        self._box.setMaxVisibleItems(24)
        self._values = named(QLineEdit(self), f"sweep_values_{number}_box")
        self._values.setAccessibleName(f"Values of setting {number}")
        self._preview = named(QLabel(" ", self, wordWrap=True), "dim_label")
        self._error = named(QLabel(self, wordWrap=True), "field_error", visible=False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._box, 0, 0)
        grid.addWidget(self._values, 0, 1)
        grid.addWidget(self._preview, 1, 1)
        grid.addWidget(self._error, 2, 1)
        grid.setColumnStretch(1, 1)
        self._box.currentIndexChanged.connect(self._tell_change)
        self._values.textChanged.connect(self._tell_change)

    @property
    def name(self) -> str:
        """Of the setting; empty where there is none."""
        return str(self._box.currentData() or "")

    @property
    def lacks(self) -> str:
        """The label of the setting whose values are still to be typed; empty where there are some."""
        return self._specs[self.name].label if self.name and not self._values.text().strip() else ""

    @property
    def wrong(self) -> bool:
        """What is wrong is said beside the field."""
        return bool(self._error.text())

    def axis(self) -> Axis | None:
        """None where nothing is chosen. Raises ConfigError where the values are wrong."""
        if not self.name:
            return None
        return parse_axis(self._specs[self.name], self._values.text())

    def offer(self, specs: Mapping[str, FieldSpec], first: str = "") -> None:
        """The settings there are; what is chosen stays where it can, else it is ``first``."""
        chosen = self.name or first
        self._specs = dict(specs)
        with QSignalBlocker(self._box):
            self._box.clear()
            if self._optional:
                self._box.addItem(NONE, "")
            for name, spec in specs.items():
                self._box.addItem(spec.label, name)
            self._box.setCurrentIndex(max(0, self._box.findData(chosen)))
        self._show()

    def show_error(self, text: str) -> None:
        """Beside the field; empty takes it away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._preview.setVisible(not text)  # also where it is empty: what stands below is not to jump
        self._values.setProperty("wrong", bool(text))
        self._values.style().unpolish(self._values)
        self._values.style().polish(self._values)

    def take_keys(self) -> None:
        self._values.setFocus()

    def _tell_change(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """What the values come to, or what is wrong with them; nothing typed yet is no error to be shown."""
        spec = self._specs.get(self.name)
        self._values.setEnabled(spec is not None)
        self._values.setPlaceholderText(_example(spec))
        self._box.setToolTip(f"{spec.help[:1].upper()}{spec.help[1:]}" if spec else "A second setting makes a grid")
        ranged = f"\nRange: {spec.range_text}" if spec and spec.range_text else ""
        self._values.setToolTip(f"Values with commas between them; from:to:how many; or from:to:how many:log{ranged}")
        error, preview = "", " "
        if spec and self._values.text().strip():
            try:
                preview = _preview(parse_axis(spec, self._values.text()))
            except ConfigError as problem:
                error = str(problem).removeprefix(f"{spec.name}: ")
        self._preview.setText(preview)
        self.show_error(error)


def _example(spec: FieldSpec | None) -> str:
    if spec is None:
        return ""
    return ",".join(spec.choices[:3]) if spec.choices else EXAMPLES[spec.kind]


def _preview(axis: Axis) -> str:
    """``3 values: 1, 4, 16``"""
    texts = [as_text(value) for value in axis.values]
    if len(texts) > SHOWN:
        texts = [*texts[: SHOWN - 1], "…", texts[-1]]
    count = len(axis.values)
    return f"{count} value{'' if count == 1 else 's'}: {', '.join(texts)} {axis.unit}".strip()
