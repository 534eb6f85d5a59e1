"""The setup: data, model, training. A form made from the schemas, in which wrong values say so beside themselves."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ae_studio.config import RunConfig, field_specs
from ae_studio.gui.changes_note import ChangesNote
from ae_studio.gui.data_section import DataSection
from ae_studio.gui.family_card import FamilyCard
from ae_studio.gui.form import Field
from ae_studio.gui.model_box import FamilyField
from ae_studio.gui.model_rows import ModelRows, add_row, form_grid
from ae_studio.gui.named import named
from ae_studio.gui.own_model import OwnModel
from ae_studio.gui.run_in import WINDOW, RunIn
from ae_studio.gui.setting_fields import SettingFields
from ae_studio.gui.theme import Theme
from ae_studio.models.catalog import family
from ae_studio.training.defaults import default_config

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
        self._labels: dict[str, QLabel] = {}
        self._data = DataSection(self)
        self.fields = SettingFields(self._data_name, self)
        self.run_in = RunIn(self)
        self._family = FamilyField(self._specs["model"], self)
        self.own_model = OwnModel(self)
        self._card = FamilyCard(self)
        self.changes_note = ChangesNote(self)
        self._model_rows = ModelRows({}, self)
        self._more_button = named(QPushButton("More settings", self, flat=True), "more_button", checkable=True)
        self._grid = form_grid(QGridLayout())
        self._lay_out()
        self._connect()
        self.set_config(default_config())

    def _lay_out(self) -> None:
        content = named(QWidget(self), "setup_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 2, 14, 14)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(content)
        self._add_wide(self.changes_note)
        self._add_section("DATA")
        self._add_wide(self._data)
        self._add_section("MODEL")
        self._add_field("model", self._family)
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
        self.fields.add(field)
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
        self.fields.model_chosen.connect(self._change_choice)
        self.fields.changed.connect(self._tell_change)
        self._data.download_requested.connect(self.download_requested)
        self._data.download_cancelled.connect(self.download_cancelled)
        self._data.preview_requested.connect(self.preview_requested)
        self.run_in.chosen.connect(self.config_changed)
        self._card.card_requested.connect(self.card_requested)
        self._more_button.toggled.connect(self._show_relevant)

    # The settings

    @property
    def model(self) -> str:
        """The name of the family that is chosen."""
        return self.fields.model

    def config(self) -> RunConfig | None:
        """The settings, None while one of them is wrong."""
        return self.fields.config()

    def set_config(self, config: RunConfig) -> None:
        """Fills the form; every value that is no default counts as chosen by hand."""
        self.changes_note.clear()
        self._data.choose(config.data)
        self._family.set_value(config.model)
        self._show_family(config.model)
        self.fields.fill(config)
        self._tell_change()

    def choose_model(self, name: str) -> None:
        """A model of the user's own, just loaded, becomes a choice and is chosen; loaded anew it shows itself anew."""
        self._family.set_value(name)
        self._change_choice()

    def why_incomplete(self) -> str:
        """Why these settings cannot be trained with; empty where they can."""
        if self.fields.error:
            return f"A setting is wrong: {self.fields.error}"
        if self.run_in.choice == WINDOW and self.fields.common["devices"].value() != 1:
            return "Several devices need a process each: choose Own process or Command line under Run in"
        return self._data.why_missing()

    def _change_choice(self) -> None:
        """Another data set or family: its own defaults, but for what the user has chosen."""
        self._show_family(self.model)
        self.fields.take_defaults()
        self._tell_change()

    def _tell_change(self) -> None:
        self._show_relevant()
        self.config_changed.emit()

    def _show_family(self, model: str) -> None:
        self._card.show_family(model)
        self.own_model.show_choice(model)
        rows = ModelRows(field_specs(family(model).settings), self)
        self.fields.take_own(rows.fields)
        self._grid.replaceWidget(self._model_rows, rows)
        self._model_rows.hide()
        self._model_rows.deleteLater()
        self._model_rows = rows
        self.model_shown.emit(model)

    def _data_name(self) -> str:
        return self._data.name

    def _show_relevant(self) -> None:
        """Only settings that mean something under the others."""
        schedule = self.fields.common["schedule"].value()
        for name, choices in ONLY_IF.items():
            self._show_row(name, schedule in choices)
        for name in MORE:
            wrong = bool(self.fields.common[name].widget.property("wrong"))
            self._show_row(name, self._more_button.isChecked() or wrong)
        self._model_rows.show_relevant()

    def _show_row(self, name: str, shown: bool) -> None:
        self.fields.common[name].setVisible(shown)
        self._labels[name].setVisible(shown)

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
        self.fields.common["device"].disable_choices(dict(unavailable))

    def lock(self, reason: str, *, live: bool = False) -> None:
        """While a training runs. ``live``: what can be changed meanwhile stays free."""
        self.fields.lock(reason, live=live)
        self._data.lock(reason)
        self.own_model.lock(reason)
        self.run_in.lock(reason)

    def unlock(self) -> None:
        self.lock("")

    def set_theme(self, theme: Theme) -> None:
        self._data.set_theme(theme)
