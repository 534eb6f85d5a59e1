"""What lies on the canvas: a check box for each layer, its options, and presets of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ae_studio.gui.layer_board import LayerBoard
from ae_studio.gui.layers.catalog import LAYERS, PRESETS
from ae_studio.gui.layers.layer import Amount, Choice, Layer, Option
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme

STEPS = 100  # of an option's slider
INDENT = 24  # pixels: options stand below the words of their check box


class LayersPanel(QWidget):
    """Shows and changes a :class:`LayerBoard`; reads it again when it says so."""

    def __init__(self, board: LayerBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layers_panel")
        self._board = board
        self._fields: dict[tuple[str, str], QWidget] = {}  # by layer and option
        self._boxes = {layer.key: self._make_box(layer) for layer in LAYERS}
        self._options = {layer.key: self._make_options(layer) for layer in LAYERS if layer.options}
        self._lay_out()
        board.state_changed.connect(self._show_state)
        self._show_state()

    def _make_box(self, layer: Layer) -> QCheckBox:
        box = named(QCheckBox(layer.title, self), f"{layer.key}_layer_box")
        box.setAccessibleName(f"Layer: {layer.title}")
        box.toggled.connect(partial(self._board.set_on, layer.key))
        return box

    def _make_options(self, layer: Layer) -> QWidget:
        rows = QWidget(self)
        form = QFormLayout(rows)
        form.setContentsMargins(INDENT, 0, 0, 4)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        for option in layer.options:
            form.addRow(named(QLabel(option.label, rows), "dim_label"), self._make_option(layer, option, rows))
        return rows

    def _make_option(self, layer: Layer, option: Option, parent: QWidget) -> QWidget:
        change = partial(self._board.set_value, layer.key, option.name)
        widget = _choice_box(option, change, parent) if isinstance(option, Choice) else _slider(option, change, parent)
        widget.setObjectName(f"{layer.key}_{option.name}_option")
        widget.setAccessibleName(f"{layer.title}: {option.label}")
        self._fields[layer.key, option.name] = widget
        return widget

    def _lay_out(self) -> None:
        inside = named(QWidget(self), "layers_content")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 6, 12, 12)
        column.setSpacing(6)
        column.addLayout(self._make_presets())
        for layer in LAYERS:
            column.addWidget(self._boxes[layer.key], 0, Qt.AlignmentFlag.AlignLeft)
            if layer.key in self._options:
                column.addWidget(self._options[layer.key])
        column.addStretch(1)
        area = named(QScrollArea(self, widgetResizable=True), "layers_area")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _make_presets(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for key, preset in PRESETS.items():
            button = named(QPushButton(preset.title, self), f"{key}_preset_button")
            button.setToolTip(preset.hint)
            button.setAccessibleName(f"Layers: {preset.title}")
            button.clicked.connect(partial(self._apply, key))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _apply(self, key: str) -> None:
        self._board.apply(key)

    def _show_state(self) -> None:
        for layer in LAYERS:
            reason, box = self._board.reason(layer.key), self._boxes[layer.key]
            with QSignalBlocker(box):
                box.setChecked(self._board.is_on(layer.key))
            box.setEnabled(not reason)
            box.setToolTip(reason or layer.hint)
            if layer.key in self._options:
                self._show_values(layer)
                self._options[layer.key].setVisible(self._board.is_on(layer.key) and not reason)

    def _show_values(self, layer: Layer) -> None:
        """They may have been changed elsewhere, as by Undo."""
        values = self._board.values(layer.key)
        for option in layer.options:
            widget = self._fields[layer.key, option.name]
            with QSignalBlocker(widget):
                if isinstance(widget, QComboBox) and isinstance(option, Choice):
                    widget.setCurrentIndex(list(option.values).index(values[option.name]))
                elif isinstance(widget, QSlider) and isinstance(option, Amount):
                    widget.setValue(_step_of(option, values[option.name]))

    def set_theme(self, theme: Theme) -> None:
        """All colours are the style sheet's."""


def _choice_box(option: Choice, change: Any, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    for value, words in option.values.items():
        box.addItem(words, value)
    box.setCurrentIndex(list(option.values).index(option.default))
    box.activated.connect(lambda index: change(box.itemData(index)))
    return box


def _step_of(option: Amount, value: float) -> int:
    return round(STEPS * (value - option.low) / (option.high - option.low))


def _slider(option: Amount, change: Any, parent: QWidget) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal, parent)
    slider.setRange(0, STEPS)
    reach = option.high - option.low
    slider.setValue(_step_of(option, option.default))
    slider.valueChanged.connect(lambda step: change(option.low + reach * step / STEPS))
    return slider
