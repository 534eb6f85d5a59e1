"""The fields of one configuration: their values, which of them were chosen by hand, and what is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.config import ConfigError, RunConfig
from ae_studio.data.catalog import dataset
from ae_studio.gui.form import Field
from ae_studio.latent.diagnosis import before_training
from ae_studio.training.defaults import complete, default_config


class SettingFields(QObject):
    """Those of every run in ``common``, those of the chosen family in ``own``; the data set stands beside them.

    Signals:
        changed(): a value was changed by the user, of any field but the family's name.
        edited(name): which; committed(name): Return was pressed in it, or it was left.
        model_chosen(): another family.
    """

    changed = Signal()
    edited = Signal(str)
    committed = Signal(str)
    model_chosen = Signal()

    def __init__(self, data: Callable[[], str], parent: QObject) -> None:
        """``data`` names the data set that is chosen."""
        super().__init__(parent)
        self.common: dict[str, Field] = {}
        self.own: dict[str, Field] = {}
        self.error = ""  # what is wrong with the values; empty where nothing is
        self._data = data
        self._edited: set[str] = set()
        self._locked, self._live = "", False

    @property
    def all(self) -> dict[str, Field]:
        return {**self.common, **self.own}

    @property
    def model(self) -> str:
        """The name of the family that is chosen."""
        return str(self.common["model"].value())

    def add(self, field: Field) -> None:
        """One more setting of every run."""
        name = field.spec.name
        self.common[name] = field
        if name == "model":
            field.value_changed.connect(self.model_chosen)
        else:
            field.value_changed.connect(self._note_edit)
            field.committed.connect(self._tell_commit)

    def take_own(self, fields: Mapping[str, Field]) -> None:
        """Another family's settings; what was chosen by hand stays where the new ones have it too."""
        kept = {name: field for name, field in self.own.items() if name in self._edited}
        self.own = dict(fields)
        for name, field in self.own.items():
            field.value_changed.connect(self._note_edit)
            field.committed.connect(self._tell_commit)
            self._lock(field)
            if name in kept and kept[name].spec.kind == field.spec.kind:
                field.set_value(kept[name].value())

    # Values

    def config(self) -> RunConfig | None:
        """None while one of them is wrong."""
        try:
            return complete(self._values())
        except ConfigError:
            return None

    def fill(self, config: RunConfig) -> None:
        """Every value that is no default counts as chosen by hand."""
        defaults = default_config(config.data, config.model)
        self._edited = set()
        for name, field in self.common.items():
            self._fill(field, getattr(config, name), getattr(defaults, name))
        for name, field in self.own.items():
            self._fill(field, config.settings[name], defaults.settings[name])
        self.check()

    def show_value(self, name: str, value: Any) -> None:
        """One that was not chosen here, but holds now."""
        self.all[name].set_value(value)
        self._edited.add(name)

    def take_defaults(self) -> None:
        """Those of the data set and the family, but for what was chosen by hand."""
        defaults = default_config(self._data(), self.model)
        for name, field in self.common.items():
            if name not in self._edited and name != "model":
                field.set_value(getattr(defaults, name))
        for name, field in self.own.items():
            if name not in self._edited:
                field.set_value(defaults.settings[name])
        self.check()

    def check(self) -> None:
        """Each error, and each advice, stands beside its field."""
        self.error = ""
        try:
            complete(self._values())
        except ConfigError as error:
            self.error = str(error)
        self.show_error(self.error)
        self._advise()

    def lock(self, reason: str, *, live: bool = False) -> None:
        """An empty reason unlocks them. ``live``: those that can be changed in a training stay free."""
        self._locked, self._live = reason, live and bool(reason)
        for field in self.all.values():
            self._lock(field)

    def _lock(self, field: Field) -> None:
        live = self._live and field.spec.live
        field.set_live(live)
        if not live:
            field.lock(self._locked)

    def show_error(self, message: str) -> None:
        """Beside the fields that it names, what the engine would say of their values."""
        for name, field in self.all.items():
            own = [part for part in message.split("; ") if part.startswith((f"{name}:", f"{name} must"))]
            field.show_error(own[0].removeprefix(f"{name}: ") if own else "")

    def _values(self) -> dict[str, Any]:
        values = {name: field.value() for name, field in self.common.items()}
        settings = {name: field.value() for name, field in self.own.items()}
        return {**values, "data": self._data(), "settings": settings}

    def _fill(self, field: Field, value: Any, default: Any) -> None:
        field.set_value(value)
        if value != default:
            self._edited.add(field.spec.name)

    def _note_edit(self) -> None:
        field = self.sender()
        assert isinstance(field, Field)
        self._edited.add(field.spec.name)
        self.check()
        self.changed.emit()
        self.edited.emit(field.spec.name)

    def _tell_commit(self) -> None:
        field = self.sender()
        assert isinstance(field, Field)
        self.committed.emit(field.spec.name)

    def _advise(self) -> None:
        """What these settings will suffer from, beside the one that it is about."""
        config = self.config()
        pixels = math.prod(dataset(self._data()).image_shape) if config else 0
        advice = {each.setting: each for each in before_training(config, pixels)} if config else {}
        for name, field in self.all.items():
            own = advice.get(name)
            field.show_advice(own.brief if own else "", own.text if own else "")
