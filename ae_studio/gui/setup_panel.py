"""The setup: data, model, training. A form made from the schemas, in which wrong values say so beside themselves."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ae_studio.config import ConfigError, FieldSpec, RunConfig, field_specs
from ae_studio.data.catalog import dataset
from ae_studio.gui.data_section import DataSection
from ae_studio.gui.family_card import FamilyCard
from ae_studio.gui.form import Field
from ae_studio.gui.model_box import add_own_model, fill_model_box
from ae_studio.gui.model_rows import ModelRows, add_row, form_grid
from ae_studio.gui.named import named
from ae_studio.gui.own_model import OwnModel
from ae_studio.gui.run_in import WINDOW, RunIn
from ae_studio.gui.theme import Theme
from ae_studio.latent.diagnosis import before_training
from ae_studio.models.catalog import MODELS, family
from ae_studio.training.defaults import complete, default_config

TRAINING = ("epochs", "batch_size", "lr", "schedule", "schedule_epochs", "schedule_factor", "early_stopping")
MACHINE = ("device", "seed")
MORE = ("precision", "devices", "clip", "weight_decay", "validation_fraction")
ONLY_IF = {"schedule_epochs": ("step", "plateau"), "schedule_factor": ("step", "plateau")}


class SetupPanel(QScrollArea):
    """Settings of the next run.

    Signals:
        config_changed(): any setting, or whether all are right.
        model_shown(name): another family; card_requested(): the whole card of the one that is shown.
        download_requested(name), download_cancelled(), preview_requested(name): about a data set.
    """

    config_changed = Signal()
    model_shown = Signal(str)
    card_requested = Signal()
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
        self._edited: set[str] = set()
        self._locked = ""
        self._error = ""
        self._data = DataSection(self)
        self.run_in = RunIn(self)
        self._model_box = Field(_choice(self._specs["model"], tuple(MODELS)), self)
        self.own_model = OwnModel(self)
        self._card = FamilyCard(self)
        self._model_rows = ModelRows({}, self)
        self._more_button = named(QPushButton("More settings", self, flat=True), "more_button", checkable=True)
        self._grid = form_grid(QGridLayout())
        self._lay_out()
        self._connect()
        self.set_config(default_config())

    def _lay_out(self) -> None:
        box: Any = self._model_box.widget
        fill_model_box(box)
        content = named(QWidget(self), "setup_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 2, 14, 14)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(content)
        self._add_section("DATA")
        self._add_wide(self._data)
        self._add_section("MODEL")
        self._add_field("model", self._model_box)
        self._add_wide(self._card)
        self._add_wide(self.own_model)
        self._add_field("latent_dim")
        self._add_wide(self._model_rows)
        self._add_section("TRAINING")
        for name in (*TRAINING, *MACHINE):
            self._add_field(name)
        self._add_run_in()
        self._add_wide(self._more_button)
        for name in MORE:
            self._add_field(name)

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
        self._labels[name] = add_row(self._grid, field)

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
        self._card.card_requested.connect(self.card_requested)
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
        """A model that is not the app's becomes one more choice."""
        box: Any = self._model_box.widget
        if name not in MODELS:
            add_own_model(box, family(name))

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
        self._advise()
        self.config_changed.emit()

    def _advise(self) -> None:
        """What these settings will suffer from, beside the one that it is about."""
        config = self.config()
        pixels = math.prod(dataset(self._data.name).image_shape) if config else 0
        advice = {each.setting: each for each in before_training(config, pixels)} if config else {}
        for name, field in {**self._fields, **self._model_fields}.items():
            own = advice.get(name)
            field.show_advice(own.brief if own else "", own.text if own else "")

    def _show_family(self, model: str) -> None:
        self._card.show_family(model)
        self.own_model.show_choice(model)
        kept = {name: field for name, field in self._model_fields.items() if name in self._edited}
        self._replace_model_rows(ModelRows(field_specs(family(model).settings), self))
        for name, field in kept.items():
            if name in self._model_fields and self._model_fields[name].spec.kind == field.spec.kind:
                self._model_fields[name].set_value(field.value())
        self.model_shown.emit(model)

    def _replace_model_rows(self, rows: ModelRows) -> None:
        for field in rows.fields.values():
            field.value_changed.connect(self._note_edit)
            field.lock(self._locked)
        self._grid.replaceWidget(self._model_rows, rows)
        self._model_rows.hide()
        self._model_rows.deleteLater()
        self._model_rows = rows

    @property
    def model(self) -> str:
        """The name of the family that is chosen."""
        return str(self._fields["model"].value())

    @property
    def _model_fields(self) -> dict[str, Field]:
        return self._model_rows.fields

    def _show_relevant(self) -> None:
        """Only settings that mean something under the others."""
        for name, choices in ONLY_IF.items():
            self._show_row(self._fields[name], self._labels[name], self._fields["schedule"].value() in choices)
        for name in MORE:
            shown = self._more_button.isChecked() or bool(self._fields[name].widget.property("wrong"))
            self._show_row(self._fields[name], self._labels[name], shown)
        self._model_rows.show_relevant()

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


def _choice(spec: FieldSpec, choices: tuple[str, ...]) -> FieldSpec:
    """A setting of free text, as a choice among what there is."""
    return dataclasses.replace(spec, kind="choice", choices=choices)
