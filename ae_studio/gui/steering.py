"""What can be done with a training now, and why not the rest; and the doing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ae_studio.command import as_text, repeat_command, resume_command, train_command
from ae_studio.config import ConfigError, RunConfig
from ae_studio.gui.engine import First
from ae_studio.gui.run_in import COMMAND, PROCESS, QUEUE, WINDOW
from ae_studio.gui.session import Session
from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.gui.toolbar import Possible
from ae_studio.training.defaults import complete, preset_values
from ae_studio.training.live import Change
from ae_studio.training.run_format import is_held


class Steering(QObject):
    """Begins, pauses, steps and stops: in this window, in a process of its own, or by a command to copy.

    Signals:
        possible_changed(Possible)
        begun(RunConfig): a training in this window.
        asked(): for something new, so that what was told before is over.
        noted(text): what is under way.
        refused(message): why what was asked for is not done.
        paused_changed(paused)
        command_made(text): the command that trains with the settings.
        queue_requested(config), sweep_requested(config): with these settings, in the queue.
        continue_queued(Ready): a run that is to go on there.
    """

    possible_changed = Signal(object)
    begun = Signal(object)
    asked = Signal()
    noted = Signal(str)
    refused = Signal(str)
    paused_changed = Signal(bool)
    command_made = Signal(str)
    queue_requested = Signal(object)
    sweep_requested = Signal(object)
    continue_queued = Signal(object)

    def __init__(self, session: Session, setup: SetupPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._setup = setup
        self._no_engine = "Loading the engine…"  # why nothing can be trained yet; empty when it can

    # What can be done

    def possible(self) -> Possible:
        session = self._session
        steer = "" if session.training else "Nothing is being trained"
        if session.watched:
            steer = "This run belongs to another process: steer it there"
        return Possible(
            train=self._why_no_training(),
            steer=steer,
            paused=session.paused,
            step=steer if session.watched else self._why_no_step(),
            keep="" if session.run_path and not session.training else "There is no finished run to save from",
            stop="" if session.own_process else steer,
            queues=self._setup.run_in.choice == QUEUE,
            go_on=self._why_no_continuing(),
            evaluate=self._no_engine or ("" if session.run_path else "There is no run yet"),
        )

    def tell_possible(self) -> None:
        self.possible_changed.emit(self.possible())

    def _why_no_training(self) -> str:
        if self._no_engine:
            return self._no_engine
        if self._session.training:
            return "A training is running"
        if self._session.own_process and self._setup.run_in.choice != QUEUE:
            return "A training runs in its own process: stop it first"
        return self._setup.why_incomplete()

    def _why_no_step(self) -> str:
        """Of the training, or of one that a step would begin."""
        if self._session.training:
            return ""
        here = self._setup.run_in.choice == WINDOW
        return self._why_no_training() or ("" if here else "Only a run in this window can be stepped: see Run in")

    def _why_no_continuing(self) -> str:
        session = self._session
        if self._no_engine or session.training:
            return self._no_engine or "A training is running"
        if session.run_path is None:
            return "There is no run yet"
        if session.watched and (session.own_process or is_held(Path(session.watched, "metrics.csv"))):
            return "This run is being trained by another process: stop it there first"
        return ""

    # The engine

    def load_engine(self) -> None:
        """In the background."""
        self.noted.emit(self._no_engine)
        self._session.load_engine()

    def take_engine(self) -> None:
        self._no_engine = ""
        self.noted.emit("Ready")
        self.tell_possible()

    def take_failure(self, kind: str, message: str, details: str) -> None:
        """Of an errand; without an engine nothing can be trained."""
        if kind == "engine":
            self._no_engine = "The engine could not be loaded"
        self.noted.emit("")
        self.tell_possible()

    # A training

    def train(self, first: First = "all") -> None:
        """With the settings as they are, where the user wants it to run; ``first`` as a session has it."""
        config = self._setup.config()
        if config is None or self._why_no_training():
            return
        where = self._setup.run_in.choice
        if where == COMMAND:
            self.make_command()
            return
        self.asked.emit()
        if where == QUEUE:
            self.queue_requested.emit(config)
        elif where == PROCESS:
            self._train_apart(config)
        else:
            self._train_here(config, first=first)
        self.tell_possible()

    def repeat(self, found: Any) -> None:
        """A run again, with its changes: :class:`ae_studio.runs.library.RunSettings`. Its settings fill the form."""
        if not self._session.training:  # whose settings stand there
            self._setup.set_config(found.config)
        if self._why_no_training():
            self.refused.emit(f"It cannot be repeated: {self._why_no_training()}")
        elif self._setup.run_in.choice == COMMAND:
            self.command_made.emit(as_text(repeat_command(found.run)))
        else:
            self.asked.emit()
            if self._setup.run_in.choice == PROCESS:
                self._train_apart(found.config, found.run)
            else:
                self._train_here(found.config, found.changes)
            self.tell_possible()

    def go_on(self, ready: Any) -> None:
        """With a run that was read back, a :class:`ae_studio.runs.branching.Ready`."""
        if why := self._why_no_continuing():
            self.refused.emit(why)
            return
        where = self._setup.run_in.choice
        if where == COMMAND:
            self.noted.emit("")  # nothing is under way
            self.command_made.emit(as_text(resume_command(ready.opened.path, ready.config.epochs)))
            return
        self.asked.emit()
        if where == QUEUE:
            self.continue_queued.emit(ready)
        elif where == PROCESS:
            self._start_apart(partial(self._session.go_on_apart, ready))
        else:
            self._session.go_on(ready)
            self._begin_here(ready.config)
        self.tell_possible()

    def _train_here(self, config: RunConfig, changes: Sequence[Change] = (), first: First = "all") -> None:
        (self._session.train if first == "all" else partial(self._session.train, first=first))(config, changes)
        self._begin_here(config)

    def _begin_here(self, config: RunConfig) -> None:
        self.begun.emit(config)
        self._setup.lock("This is fixed while a training runs", live=True)

    def _train_apart(self, config: RunConfig, repeat: Path | None = None) -> None:
        self._start_apart(partial(self._session.train_apart, config, repeat))

    def _start_apart(self, start: Callable[[], None]) -> None:
        try:
            start()
        except OSError as error:
            self.refused.emit(f"No process could be started: {error}")
        else:
            self.noted.emit("Starting a process of its own…")

    def train_preset(self, name: str) -> None:
        """In this window, on the data that are chosen."""
        current = self._setup.config()
        values = preset_values(name) | ({"data": current.data} if current else {})
        try:
            config = complete(values)
        except ConfigError as error:
            self.refused.emit(str(error))
            return
        self._setup.set_config(config)
        reason = self._why_no_training()
        if reason:
            self.refused.emit(reason)
            return
        self.asked.emit()
        self._train_here(config)
        self.tell_possible()

    def make_command(self) -> None:
        config = self._setup.config()
        if config is None:
            self.refused.emit(self._setup.why_incomplete())
        else:
            self.command_made.emit(as_text(train_command(config)))

    def sweep(self) -> None:
        """Of the settings of the form, as they are."""
        config = self._setup.config()
        why_not = self._no_engine or self._setup.why_incomplete() if config else self._setup.why_incomplete()
        if config is None or why_not:
            self.refused.emit(why_not)
        else:
            self.sweep_requested.emit(config)

    def choose_model(self, name: str) -> None:
        """A model of the user's own, just loaded; not where a training was begun meanwhile: its settings are fixed."""
        if not self._session.training:
            self.asked.emit()
            self._setup.choose_model(name)

    def toggle_pause(self) -> None:
        if self._session.paused:
            self._session.resume()
        else:
            self._session.pause()
        self._tell_paused()

    def step(self) -> None:
        """One batch, then pause; the first one of a new run where nothing is being trained."""
        self._do("step", self._session.step)

    def seen_step(self) -> None:
        """Likewise, told from the inside."""
        self._do("seen step", partial(self._session.step, seen=True))

    def epoch(self) -> None:
        """To the end of the epoch, then pause; likewise."""
        self._do("epoch", self._session.train_epoch)

    def _do(self, first: First, go_on: Callable[[], None]) -> None:
        if self._session.training:
            go_on()
        elif not self._why_no_step():
            self.train(first)
        self._tell_paused()

    def tell_epoch(self) -> None:
        """One is done: the training pauses behind it, where that was asked for."""
        if self._session.paused:
            self._tell_paused()

    def _tell_paused(self) -> None:
        self.paused_changed.emit(self._session.paused)
        self.tell_possible()

    def stop(self) -> None:
        self._session.stop()
        self.noted.emit("Stopping…")

    def end(self, event: Any) -> None:
        """The run has ended: its settings can be changed again."""
        self._setup.unlock()
        self.tell_possible()
