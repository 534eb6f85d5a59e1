"""Between the window and the engine: the only module of the window that talks to training and runs.

The engine (torch and Lightning) takes seconds to load, so it is imported inside the functions that need it, most of
which run in the worker's thread.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from ae_studio.config import RunConfig
from ae_studio.events import (
    EpochDone,
    Event,
    Look,
    LookDone,
    OnEvent,
    RunEnded,
    RunGoesOn,
    RunStalled,
    RunStarted,
    SettingValue,
    StepsDone,
    StepSeen,
    ValuesChanged,
)
from ae_studio.gui.training_thread import TrainingThread
from ae_studio.gui.worker import Worker
from ae_studio.paths import runs_root
from ae_studio.training.live import Change

if TYPE_CHECKING:
    from ae_studio.own_process import OwnProcess
    from ae_studio.runs.branching import Ready
    from ae_studio.runs.opening import OpenedRun
    from ae_studio.training.control import RunControl

First = Literal["all", "epoch", "step", "seen step"]


class Session(QObject):
    """The engine, and the run that is shown.

    Signals:
        engine_ready(devices): torch is loaded; devices maps each unusable one to the reason.
        values_changed(ValuesChanged): settings of the run that is being trained.
        step_seen(StepSeen): a step from the inside.
        run_started(RunStarted), steps_done(StepsDone), epoch_done(EpochDone), run_ended(RunEnded)
        run_stalled(RunStalled), run_goes_on(): of a run that is watched.
        look_shown(Look): the look to show now, the newest one, or the last of a run that was opened.
        run_opened(OpenedRun): a run was read back; its last look follows; one without an end is watched from now on.
        run_rejoined(Ready): a run was read back and goes on; its last look follows, then run_started.
        pictures_saved(paths): pictures of the run were written.
        errand_failed(kind, message, details): "engine", "open" or "pictures" failed.
    """

    engine_ready = Signal(object)
    run_started = Signal(object)
    steps_done = Signal(object)
    epoch_done = Signal(object)
    values_changed = Signal(object)
    step_seen = Signal(object)
    run_ended = Signal(object)
    run_stalled = Signal(object)
    run_goes_on = Signal()
    look_shown = Signal(object)
    run_opened = Signal(object)
    run_rejoined = Signal(object)
    pictures_saved = Signal(object)
    errand_failed = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_path: Path | None = None
        self.watched: Path | None = None  # the folder of another process's run, while it is followed
        self.watch_options: dict[str, Any] = {}  # poll_s, patience_s of ae_studio.runs.watching.watch
        self._processes: dict[Path, OwnProcess] = {}  # of this window's own making, by their run folder
        self._following = True
        self._newest: Look | None = None
        self._control: RunControl | None = None
        self._thread: TrainingThread | None = None
        self._errands = Worker(self)
        self._errands.done.connect(self._take_result)
        self._errands.failed.connect(self.errand_failed)

    def load_engine(self) -> None:
        self._errands.request("engine", _load_engine)

    def end(self) -> None:
        """Stops what runs, and waits for every thread."""
        self.end_watching()
        self.stop()
        if self._thread is not None:
            self._thread.wait()
        self._errands.end()

    # The run

    @property
    def training(self) -> bool:
        """In this window; a run that is watched is another process's."""
        return self._thread is not None and self.watched is None

    @property
    def paused(self) -> bool:
        return self._control is not None and self._control.paused

    def train(self, config: RunConfig, changes: Sequence[Change] = (), *, first: First = "all") -> None:
        """Begins a run; what happens comes as signals. Does nothing while one is running, and ends a watching.

        ``changes`` of settings are made on the way, as another run had them. ``first``: how much is trained before it
        pauses, all of it, an epoch, a step, or one that is told from the inside.
        """
        if self.training:
            return
        from ae_studio.training.control import RunControl

        self.end_watching()
        control = RunControl(live=True)
        if first == "epoch":
            control.epoch()
        elif first != "all":
            control.step(seen=first == "seen step")
        self._begin_thread(control, partial(_train, config, control, tuple(changes)))

    def go_on(self, ready: Ready) -> None:
        """Trains on a run that was read back. Does nothing while one is running, and ends a watching."""
        if self.training:
            return
        from ae_studio.training.control import RunControl

        self.end_watching()
        self.run_path = ready.opened.path
        self.run_rejoined.emit(ready)
        if ready.opened.moment is not None:
            self.look_shown.emit(ready.opened.moment.look)
        control = RunControl(live=True)
        self._begin_thread(control, partial(_go_on, ready, control))

    def _begin_thread(self, control: RunControl, work: Callable[[OnEvent], RunEnded]) -> None:
        self._control = control
        self._thread = TrainingThread(work, self)
        self._thread.event_happened.connect(self._take_event)
        self._thread.start()

    def pause(self) -> None:
        if self._control and self.training:
            self._control.pause()

    def resume(self) -> None:
        if self._control and self.training:
            self._control.resume()

    def step(self, *, seen: bool = False) -> None:
        """One training step, then pause; ``seen``: told from the inside, by ``step_seen``."""
        if self._control and self.training:
            self._control.step(seen=seen)

    def train_epoch(self) -> None:
        """To the end of the epoch, then pause."""
        if self._control and self.training:
            self._control.epoch()

    def change(self, values: Mapping[str, SettingValue]) -> None:
        """Other values of settings, from the next step on; ``values_changed`` follows."""
        if self._control and self.training:
            self._control.change(values)

    def stop(self) -> None:
        process = self.own_process
        if process is not None:
            process.interrupt()
        elif self._control and self.training:
            self._control.stop()

    # A run of another process

    def watch(self, path: Path) -> None:
        """Follows what another process writes; its events come as those of an own run do."""
        if self.training:
            return
        from ae_studio.training.control import RunControl

        self.end_watching()
        self.watched = path
        control = RunControl()
        process = self._processes.get(path.resolve())
        options = self.watch_options | ({"gone": process.why_gone} if process else {})
        self._begin_thread(control, partial(_watch, path, control, options))

    def end_watching(self) -> None:
        """Leaves the run alone: nothing more is told of it."""
        if self.watched is None or self._thread is None or self._control is None:
            return
        thread, self._thread, self.watched = self._thread, None, None
        self._control.stop()
        self._control = None
        thread.wait()
        thread.deleteLater()

    @property
    def own_process(self) -> OwnProcess | None:
        """That of the run which is watched, while it lives and is of this window's own making."""
        process = self._processes.get(self.watched.resolve()) if self.watched else None
        return process if process and process.alive else None

    def train_apart(self, config: RunConfig, repeat: Path | None = None) -> None:
        """Begins a run in a process of its own, and watches it. Raises OSError where none can be started.

        ``repeat``: the run that is made again, with its changes.
        """
        if self.training:
            return
        from ae_studio.command import repeat_command, this_program, train_command
        from ae_studio.own_process import OwnProcess
        from ae_studio.training.run_format import new_run_path

        path = new_run_path(runs_root(), config).resolve()
        words = repeat_command(repeat.resolve(), path) if repeat else train_command(config, path)
        self._processes[path] = OwnProcess(this_program(words), _log_beside(path))
        self.watch(path)

    def log_of(self, run: Path | None) -> Path | None:
        """What a run said: the log in its folder, else what its own process wrote."""
        inside = run / "log.txt" if run else None
        process = self._processes.get(run.resolve()) if run else None
        return process.log if process and not (inside and inside.exists()) else inside

    def _take_event(self, event: Event) -> None:
        if self.sender() is not self._thread:
            return  # still under way from a run that is not watched any more
        if isinstance(event, StepsDone):
            self.steps_done.emit(event)
        elif isinstance(event, LookDone):
            self._take_look(event.look)
        elif isinstance(event, EpochDone):
            self.epoch_done.emit(event)
            self._take_look(event.look)
        elif isinstance(event, RunStarted):
            self.run_path, self._following, self._newest = event.run, True, None
            self.run_started.emit(event)
        elif isinstance(event, ValuesChanged):
            self.values_changed.emit(event)
        elif isinstance(event, StepSeen):
            self.step_seen.emit(event)
        elif isinstance(event, RunStalled):
            self.run_stalled.emit(event)
        elif isinstance(event, RunGoesOn):
            self.run_goes_on.emit()
        elif isinstance(event, RunEnded):
            self._end_run(event)

    def _end_run(self, event: RunEnded) -> None:
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
        self._thread, self._control, self.watched = None, None, None
        self.run_ended.emit(event)

    # Moments of the run

    def follow(self, following: bool) -> None:
        """Whether the newest look is shown as it comes; it is at once where one came meanwhile."""
        missed = following and not self._following
        self._following = following
        if missed and self._newest is not None:
            self.look_shown.emit(self._newest)

    def _take_look(self, look: Look) -> None:
        self._newest = look
        if self._following:
            self.look_shown.emit(look)

    # From the disk

    def open_run(self, path: Path) -> None:
        self._errands.request("open", partial(_open_run, path))

    def save_pictures(self) -> None:
        if self.run_path is not None:
            self._errands.request("pictures", partial(_save_pictures, self.run_path))

    def _take_result(self, kind: str, result: Any) -> None:
        if kind == "engine":
            self.engine_ready.emit(result)
        elif kind == "open":
            self._take_opened(result)
        elif kind == "pictures":
            self.pictures_saved.emit(result)

    def _take_opened(self, opened: OpenedRun) -> None:
        if self.training:
            return  # one was begun meanwhile
        self.end_watching()
        self.run_path = opened.path
        if opened.ended is None:
            self.watch(opened.path)
        self.run_opened.emit(opened)
        if opened.moment is not None:
            self.look_shown.emit(opened.moment.look)


def _load_engine() -> dict[str, str]:
    import ae_studio.training.train  # noqa: F401  # torch and Lightning
    from ae_studio.torch_setup import compute_on_one_thread
    from ae_studio.training.devices import unavailable_devices

    compute_on_one_thread()  # this thread's own errands: runs from the disk, pictures
    gc.freeze()  # torch's 400,000 objects stay for good: looking through them again and again would stop the window
    return unavailable_devices()


def _train(config: RunConfig, control: RunControl, changes: tuple[Change, ...], on_event: OnEvent) -> RunEnded:
    from ae_studio.training.train import train

    return train(config, on_event, control, changes=changes)


def _go_on(ready: Ready, control: RunControl, on_event: OnEvent) -> RunEnded:
    from ae_studio.training.train import train

    return train(ready.config, on_event, control, resume=ready.opened.path)


def _log_beside(run: Path) -> Path:
    """Not inside: a new run wants an empty folder."""
    return run.with_name(f"{run.name}.log")


def _watch(path: Path, control: RunControl, options: dict[str, Any], on_event: OnEvent) -> RunEnded:
    from ae_studio.runs.watching import watch
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
    return watch(path, on_event, control, **options)


def _open_run(path: Path) -> OpenedRun:
    from ae_studio.runs.opening import open_run

    return open_run(path)


def _save_pictures(path: Path) -> list[Path]:
    from ae_studio.export.pictures import export_pictures
    from ae_studio.runs.recorded import RecordedRun

    return export_pictures(RecordedRun(path))
