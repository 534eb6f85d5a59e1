"""Settings that are changed while the training runs: from the form to the engine, and what the form says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ae_studio.config import ConfigError, RunConfig
from ae_studio.events import SettingValue, ValuesChanged
from ae_studio.gui.session import Session
from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.training.live import ALL, Change, changed, config_at, in_words, live_specs, value_of

SETTLE_MS = 300  # behind the last turn of the wheel or press of an arrow: one change, not one for each
TYPING_MS = 900  # behind the last key: who types 0.05 passes 0 on the way
MOST_TOLD = 4  # changes in a note; all are in its tooltip


class LiveValues(QObject):
    """Between the setup and the session, while a run is trained in this window; notes stand in the form.

    Signals:
        told(text): a change, as it took effect.
    """

    told = Signal(str)

    def __init__(self, session: Session, setup: SetupPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._setup = setup
        self._begun: RunConfig | None = None  # what the run that is being trained began with
        self._config: RunConfig | None = None  # as it was asked for last
        self._touched: set[str] = set()  # edited, and not asked for yet
        self._asked: dict[str, SettingValue] = {}  # asked for, and not told yet
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._send)
        setup.fields.edited.connect(self._take_edit)
        setup.fields.committed.connect(self._commit)

    # A training

    def begin(self, config: RunConfig) -> None:
        """A training of this window's own begins with these settings."""
        self._begun = self._config = config
        self._touched.clear()
        self._asked.clear()
        self._setup.changes_note.clear()

    def take(self, event: ValuesChanged) -> None:
        """Of this training or of another process's: tells it, and shows what was not asked for in the form."""
        self.told.emit(f"{in_words(event)} from step {event.step + 1:,} on")
        if self._config is None:
            return
        for name, value in event.values.items():
            if self._asked.get(name) == value:
                del self._asked[name]
            elif name not in self._asked and name not in self._touched:  # a run that is repeated
                self._config = changed(self._config, {name: value})
                self._setup.fields.show_value(name, value)

    def end(self) -> None:
        """The form keeps the values as they are; what the run began with is a click away."""
        self._timer.stop()
        begun, config = self._begun, self._config
        self._begun = self._config = None
        if begun is None or config is None:
            return
        names = [name for name in live_specs(begun.model) if value_of(begun, name) != value_of(config, name)]
        if names:
            now, before = ({name: value_of(each, name) for name in names} for each in (config, begun))
            text = f"Changed while it trained: {in_words(ValuesChanged(0, 0, now, before))}. These are the last values."
            self._setup.changes_note.show_note(text, "Take what it began with", lambda: self._setup.set_config(begun))

    # What is edited

    def _take_edit(self, name: str) -> None:
        field = self._setup.fields.all.get(name)
        if self._config is None or field is None or not field.spec.live:
            return
        self._touched.add(name)
        self._timer.start(TYPING_MS if field.being_typed else SETTLE_MS)

    def _commit(self, name: str) -> None:
        if name in self._touched:
            self._send()

    def _send(self) -> None:
        """What differs from what was asked for last; a value that cannot be is said beside its field."""
        self._timer.stop()
        if self._config is None or any(self._setup.fields.all[name].refused for name in self._touched):
            return
        values = self._edited_values(self._config)
        try:
            config = changed(self._config, values)
        except ConfigError as error:
            self._setup.fields.show_error(str(error))
            return
        self._touched.clear()
        if values:
            self._config = config
            self._asked.update(values)
            self._session.change(values)

    def _edited_values(self, config: RunConfig) -> Mapping[str, SettingValue]:
        values = {name: self._setup.fields.all[name].value() for name in self._touched}
        return {name: value for name, value in values.items() if value != value_of(config, name)}

    # Of a run from the disk

    def show_opened(self, opened: Any) -> None:
        """An :class:`ae_studio.runs.opening.OpenedRun`, whose settings fill the form."""
        self._setup.changes_note.clear()
        if opened.changes and not self._session.training:
            self._offer_last(opened.config, opened.changes)

    def show_settings(self, found: Any) -> None:
        """Those of a run of the library, :class:`ae_studio.runs.library.RunSettings`, that fill the form."""
        if found.changes:
            self._offer_last(found.config, found.told)

    def _offer_last(self, config: RunConfig, events: Iterable[ValuesChanged]) -> None:
        events = list(events)
        lines = [f"step {event.step + 1:,}: {in_words(event)}" for event in events]
        more = [f"and {len(lines) - MOST_TOLD} more"] if len(lines) > MOST_TOLD else []
        text = "\n".join(["The run began like this, and was changed:", *lines[:MOST_TOLD], *more])
        last = config_at(config, (Change(event.step, event.values) for event in events), ALL)
        note = self._setup.changes_note
        note.show_note(text, "Take its last values", lambda: self._setup.set_config(last), "\n".join(lines))
