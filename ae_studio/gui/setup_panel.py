"""The setup: data, model, training. A form made from the schemas, in which wrong values say so beside themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ae_studio.config import ConfigError, FieldSpec, RunConfig, field_specs
from ae_studio.gui.data_section import DataSection
from ae_studio.gui.form import Field
from ae_studio.gui.named import named
from ae_studio.gui.own_model import OwnModel
from ae_studio.gui.run_in import WINDOW, RunIn
from ae_studio.gui.theme import Theme
from ae_studio.models.catalog import MODELS, family
from ae_studio.training.defaults import complete, default_config

TRAINING = ("epochs", "batch_size", "lr", "schedule", "schedule_epochs", "schedule_factor", "early_stopping")
MACHINE = ("device", "seed")
MORE = ("precision", "devices", "clip", "weight_decay", "validation_fraction")
ONLY_IF = {"schedule_epochs": ("step", "plateau"), "schedule_factor": ("step", "plateau")}
LABEL_WIDTH = 128


class SetupPanel(QScrollArea):
    """Settings of the next run.

    Signals:
        config_changed(): any setting, or whether all are right.
        download_requested(name), download_cancelled(), preview_requested(name): about a data set.
    """

    config_changed = Signal()
    download_requested = Signal(str)
    download_cancelled = Signal()
    preview_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("setup_panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(288)
        self._specs = field_specs(RunConfig)
        self._fields: dict[str, Field] = {}
        self._labels: dict[str, QLabel] = {}
        self._model_fields: dict[str, Field] = {}
        self._edited: set[str] = set()
        self._locked = ""
        self._error = ""
        self._data = DataSection(self)
        self.run_in = RunIn(self)
        self._model_box = Field(_choice(self._specs["model"], tuple(MODELS)), self)
        self.own_model = OwnModel(self)
        self._card = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.RichText), "model_card")
        self._more_button = named(QPushButton("More settings", self, flat=True), "more_button", checkable=True)
        self._grid = QGridLayout()
        self._lay_out()
        self._connect()
        self.set_config(default_config())

    def _lay_out(self) -> None:
        for name, known in MODELS.items():
            box: Any = self._model_box.widget
            box.setItemText(box.findData(name), known.card.short)
        grid = self._grid
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        content = named(QWidget(self), "setup_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 2, 14, 14)
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(content)
        self._add_section("DATA")
        self._add_wide(self._data)
        self._add_section("MODEL")
        self._add_field("model", self._model_box)
        self._add_wide(self.own_model)
        self._add_wide(self._make_card())
        self._add_field("latent_dim")
        self._model_rows = self._add_wide(QWidget(self))
        self._add_section("TRAINING")
        for name in (*TRAINING, *MACHINE):
            self._add_field(name)
        self._add_run_in()
        self._add_wide(self._more_button)
        for name in MORE:
            self._add_field(name)

    def _make_card(self) -> QFrame:
        card = named(QFrame(self), "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self._card)
        return card

    def _add_section(self, title: str) -> None:
        row = self._grid.rowCount()
        if row > 1:
            self._grid.setRowMinimumHeight(row, 6)
            row += 1
        self._grid.addWidget(named(QLabel(title, self), "section_title"), row, 0, 1, 2)

    def _add_wide(self, widget: QWidget) -> QWidget:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
        return widget

    def _add_field(self, name: str, field: Field | None = None) -> None:
        field = field or Field(self._specs[name], self)
        field.setProperty("setting", name)
        self._fields[name] = field
        self._labels[name] = _add_row(self._grid, field)

    def _add_run_in(self) -> None:
        row = self._grid.rowCount()
        label = named(QLabel("Run in", self, indent=0), "field_label")
        label.setToolTip(self.run_in.box.toolTip())
        label.setBuddy(self.run_in.box)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.run_in, row, 1)

    def _connect(self) -> None:
        self._data.chosen.connect(self._change_choice)
        self._data.download_requested.connect(self.download_requested)
        self._data.download_cancelled.connect(self.download_cancelled)
        self._data.preview_requested.connect(self.preview_requested)
        self.run_in.chosen.connect(self.config_changed)
        self._more_button.toggled.connect(self._show_relevant)
        for name, field in self._fields.items():
            if name == "model":
                field.value_changed.connect(self._change_choice)
            else:
                field.value_changed.connect(self._note_edit)

    # The settings

    def config(self) -> RunConfig | None:
        """The settings, None while one of them is wrong."""
        try:
            return complete(self._values())
        except ConfigError:
            return None

    def set_config(self, config: RunConfig) -> None:
        """Fills the form; every value counts as chosen by hand."""
        self._data.choose(config.data)
        self._offer(config.model)
        self._fields["model"].set_value(config.model)
        self._show_family(config.model)
        for name, field in self._fields.items():
            field.set_value(getattr(config, name))
        for name, field in self._model_fields.items():
            field.set_value(config.settings[name])
        changed = config.model_dump()
        defaults = default_config(config.data, config.model).model_dump()
        self._edited = {name for name in self._fields if changed[name] != defaults[name]}
        self._edited |= {n for n in self._model_fields if changed["settings"][n] != defaults["settings"][n]}
        self._check()

    def choose_model(self, name: str) -> None:
        """A model of the user's own, just loaded, becomes a choice and is chosen; loaded anew it shows itself anew."""
        self._offer(name)
        self._fields["model"].set_value(name)
        self._change_choice()

    def _offer(self, name: str) -> None:
        """Makes a model that is not the app's one more choice of the box."""
        if name in MODELS:
            return
        box: Any = self._model_box.widget
        with QSignalBlocker(box):
            if box.findData(name) < 0:
                box.addItem("", name)
            box.setItemText(box.findData(name), family(name).card.short)
            box.setItemData(box.findData(name), name, Qt.ItemDataRole.ToolTipRole)

    def why_incomplete(self) -> str:
        """Why these settings cannot be trained with; empty where they can."""
        if self._error:
            return f"A setting is wrong: {self._error}"
        if self.run_in.choice == WINDOW and self._fields["devices"].value() != 1:
            return "Several devices need a process each: choose Own process or Command line under Run in"
        return self._data.why_missing()

    def _values(self) -> dict[str, Any]:
        values = {name: field.value() for name, field in self._fields.items()}
        settings = {name: field.value() for name, field in self._model_fields.items()}
        return {**values, "data": self._data.name, "settings": settings}

    def _change_choice(self) -> None:
        """Another data set or family: its own defaults, but for what the user has chosen."""
        self._show_family(self._fields["model"].value())
        defaults = default_config(self._data.name, self._fields["model"].value())
        for name, field in self._fields.items():
            if name not in self._edited and name != "model":
                field.set_value(getattr(defaults, name))
        for name, field in self._model_fields.items():
            if name not in self._edited:
                field.set_value(defaults.settings[name])
        self._check()

    def _note_edit(self) -> None:
        self._edited.add(str(self.sender().property("setting")))
        self._check()

    def _check(self) -> None:
        """Each error stands beside its field."""
        self._show_relevant()
        self._error = ""
        try:
            complete(self._values())
        except ConfigError as error:
            self._error = str(error)
        for name, field in {**self._fields, **self._model_fields}.items():
            own = [part for part in self._error.split("; ") if part.startswith((f"{name}:", f"{name} must"))]
            field.show_error(own[0].removeprefix(f"{name}: ") if own else "")
        self.config_changed.emit()

    def _show_family(self, model: str) -> None:
        known = family(model)
        self._card.setText(
            f"<b>{known.card.title}</b><br><span>{known.card.summary}</span>"
            f"<p align='center' style='margin:6px 0 0 0'><i>{known.card.formula}</i></p>"
        )
        self._card.setToolTip(known.card.paper)
        kept = {name: field for name, field in self._model_fields.items() if name in self._edited}
        values = {name: field.value() for name, field in kept.items()}
        self._replace_model_rows(field_specs(known.settings))
        for name, value in values.items():
            if name in self._model_fields and self._model_fields[name].spec.kind == kept[name].spec.kind:
                self._model_fields[name].set_value(value)
        self.own_model.show_choice(model)

    def _replace_model_rows(self, specs: Mapping[str, FieldSpec]) -> None:
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        self._model_fields = {}
        for name, spec in specs.items():
            field = Field(spec, rows)
            field.setProperty("setting", name)
            field.value_changed.connect(self._note_edit)
            field.lock(self._locked)
            field.set_value(spec.default)
            self._model_fields[name] = field
            self._labels[f"settings.{name}"] = _add_row(grid, field)
        self._grid.replaceWidget(self._model_rows, rows)
        self._model_rows.hide()
        self._model_rows.deleteLater()
        self._model_rows = rows
        rows.setVisible(bool(specs))

    def _show_relevant(self) -> None:
        """Only settings that mean something under the others."""
        for name, choices in ONLY_IF.items():
            self._show_row(self._fields[name], self._labels[name], self._fields["schedule"].value() in choices)
        for name in MORE:
            shown = self._more_button.isChecked() or bool(self._fields[name].widget.property("wrong"))
            self._show_row(self._fields[name], self._labels[name], shown)
        for name, field in self._model_fields.items():
            condition = field.spec.only_if
            shown = condition is None or self._model_fields[condition[0]].value() == condition[1]
            self._show_row(field, self._labels[f"settings.{name}"], shown)

    def _show_row(self, field: Field, label: QLabel, shown: bool) -> None:
        field.setVisible(shown)
        label.setVisible(shown)

    # What the window says

    def set_on_disk(self, on_disk: Mapping[str, bool]) -> None:
        self._data.set_on_disk(on_disk)
        self.config_changed.emit()

    def show_download(self, done: int, total: int, text: str) -> None:
        self._data.show_download(done, total, text)

    def end_download(self, error: str) -> None:
        self._data.end_download(error)

    def show_devices(self, unavailable: Mapping[str, str]) -> None:
        """Devices that cannot be used, with the reason."""
        self._fields["device"].disable_choices(dict(unavailable))

    def lock(self, reason: str) -> None:
        """While a training runs."""
        self._locked = reason
        for field in (*self._fields.values(), *self._model_fields.values()):
            field.lock(reason)
        self._data.lock(reason)
        self.own_model.lock(reason)
        self.run_in.lock(reason)

    def unlock(self) -> None:
        self.lock("")

    def set_theme(self, theme: Theme) -> None:
        self._data.set_theme(theme)


def _add_row(grid: QGridLayout, field: Field) -> QLabel:
    """The field in a new last row, its label before it; returns the label."""
    label = named(QLabel(field.spec.label, field.parentWidget(), indent=0), "field_label")
    label.setToolTip(field.widget.toolTip())
    label.setBuddy(field.widget)
    row = grid.rowCount()
    grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(field, row, 1)
    return label


def _choice(spec: FieldSpec, choices: tuple[str, ...]) -> FieldSpec:
    """A setting of free text, as a choice among what there is."""
    return dataclasses.replace(spec, kind="choice", choices=choices)
