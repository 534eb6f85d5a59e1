"""A family's own settings: a row of the form for each, anew for every family."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ae_studio.config import FieldSpec
from ae_studio.gui.form import Field
from ae_studio.gui.named import named

LABEL_WIDTH = 114  # pixels: the fields of all sections stand below each other


class ModelRows(QWidget):
    """``fields`` and ``labels`` by the setting's name, with the settings' defaults."""

    def __init__(self, specs: Mapping[str, FieldSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = form_grid(QGridLayout(self))
        self.fields: dict[str, Field] = {}
        self.labels: dict[str, QLabel] = {}
        for name, spec in specs.items():
            field = Field(spec, self)
            field.set_value(spec.default)
            self.fields[name] = field
            self.labels[name] = add_row(grid, field)
        self.setVisible(bool(specs))

    def show_relevant(self) -> None:
        """Only settings that mean something under the others."""
        for name, field in self.fields.items():
            condition = field.spec.only_if
            shown = condition is None or self.fields[condition[0]].value() == condition[1]
            field.setVisible(shown)
            self.labels[name].setVisible(shown)


def form_grid(grid: QGridLayout) -> QGridLayout:
    """The grid, laid out as all of the form: labels to the left, fields to the right."""
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid


def add_row(grid: QGridLayout, field: Field) -> QLabel:
    """The field in a new last row, its label before it; returns the label."""
    label = named(QLabel(field.spec.label, field.parentWidget(), indent=0, wordWrap=True), "field_label")
    label.setFixedWidth(LABEL_WIDTH)  # a longer one takes a second line, not room from the fields
    label.setToolTip(field.widget.toolTip())
    label.setBuddy(field.widget)
    row = grid.rowCount()
    grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(field, row, 1)
    return label
