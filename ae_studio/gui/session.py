"""Between the window and the engine: the run that is trained or watched in a thread, and what comes from the disk.

What the engine does stands in ``engine.py``, what a run tells in ``run_stream.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ae_studio.config import RunConfig
from ae_studio.events import Event, OnEvent, RunEnded, SettingValue
from ae_studio.gui import engine
from ae_studio.gui.engine import First
from ae_studio.gui.own_processes import OwnProcesses
from ae_studio.gui.run_stream import RunStream
from ae_studio.gui.training_thread import TrainingThread
from ae_studio.gui.worker import Worker
from ae_studio.training.live import Change

if TYPE_CHECKING:
    from ae_studio.own_process import OwnProcess
    from ae_studio.runs.branching import Ready
    from ae_studio.runs.opening import OpenedRun
    from ae_studio.training.control import RunControl


class Session(RunStream):
    """The engine, and the run that is shown.

    Signals, beside those of its run:
        engine_ready(devices): torch is loaded; devices maps each unusable one to the reason.
        run_opened(OpenedRun): a run was read back; its last look follows; one without an end is watched from now on.
        run_rejoined(Ready): a run was read back and goes on; its last look follows, then run_started.
        pictures_saved(paths): pictures of the run were written.
        errand_failed(kind, message, details): "engine", "open" or "pictures" failed.
    """

    engine_ready = Signal(object)
    run_opened = Signal(object)
    run_rejoined = Signal(object)
    pictures_saved = Signal(object)
    errand_failed = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watched: Path | None = None  # the folder of another process's run, while it is followed
        self.watch_options: dict[str, Any] = {}  # poll_s, patience_s of ae_studio.runs.watching.watch
        self._processes = OwnProcesses()
        self._control: RunControl | None = None
        self._thread: TrainingThread | None = None
        self._errands = Worker(self)
        self._errands.done.connect(self._take_result)
        self._errands.failed.connect(self.errand_failed)

    def load_engine(self) -> None:
        self._errands.request("engine", engine.load_engine)

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
        pauses.
        """
        if self.training:
            return
        self.end_watching()
        control = engine.new_control(first)
        self._begin_thread(control, partial(engine.train, config, control, tuple(changes)))

    def go_on(self, ready: Ready) -> None:
        """Trains on a run that was read back. Does nothing while one is running, and ends a watching."""
        if self.training:
            return
        self.end_watching()
        self._show_rejoined(ready)
        control = engine.new_control()
        self._begin_thread(control, partial(engine.go_on, ready, control))

    def go_on_apart(self, ready: Ready) -> None:
        """Likewise in a process of its own, which is watched. Raises OSError where none can be started."""
        if self.training:
            return
        path = ready.opened.path
        self._processes.go_on(path, ready.config)
        self.watch(path, known=ready.opened.last_whole_epoch, resumed=True)
        self._show_rejoined(ready)

    def _show_rejoined(self, ready: Ready) -> None:
        self.run_path = ready.opened.path
        self.run_rejoined.emit(ready)
        if ready.opened.moment is not None:
            self.look_shown.emit(ready.opened.moment.look)

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

    def watch(self, path: Path, **options: Any) -> None:
        """Follows what another process writes; its events come as those of an own run do.

        ``options``: those of :func:`ae_studio.runs.watching.watch`.
        """
        if self.training:
            return
        self.end_watching()
        self.watched = path
        control = engine.control_of_watching()
        options = self.watch_options | self._processes.watch_options(path) | options
        self._begin_thread(control, partial(engine.watch, path, control, options))

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
        return self._processes.living(self.watched)

    def train_apart(self, config: RunConfig, repeat: Path | None = None) -> None:
        """Begins a run in a process of its own, and watches it. Raises OSError where none can be started.

        ``repeat``: the run that is made again, with its changes.
        """
        if not self.training:
            self.watch(self._processes.begin(config, repeat))

    def log_of(self, run: Path | None) -> Path | None:
        """What a run said: the log in its folder, else what its own process wrote."""
        return self._processes.log_of(run)

    # What it tells

    def _take_event(self, event: Event) -> None:
        if self.sender() is not self._thread:
            return  # still under way from a run that is not watched any more
        if isinstance(event, RunEnded):
            self._let_go()
        self.tell(event)

    def _let_go(self) -> None:
        """Of the run that has ended; another can be begun."""
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
        self._thread, self._control, self.watched = None, None, None

    # From the disk

    def open_run(self, path: Path) -> None:
        self._errands.request("open", partial(engine.open_run, path))

    def save_pictures(self) -> None:
        if self.run_path is not None:
            self._errands.request("pictures", partial(engine.save_pictures, self.run_path))

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
            self.watch(opened.path, known=opened.last_whole_epoch)
        self.run_opened.emit(opened)
        if opened.moment is not None:
            self.look_shown.emit(opened.moment.look)
