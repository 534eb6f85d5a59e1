"""The work of the window, told on a terminal: one line that moves, or plain lines in a pipe."""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from ae_studio.config import RunConfig
from ae_studio.data.catalog import DATASETS, dataset, on_disk
from ae_studio.events import EpochDone, Event, OnEvent, RunEnded, RunStarted, StepsDone, ValuesChanged
from ae_studio.latent.diagnosis import Advice, Diagnosis, before_training
from ae_studio.paths import data_root
from ae_studio.runs.about import About, write_about
from ae_studio.training.defaults import default_config
from ae_studio.training.live import Change, in_words

if TYPE_CHECKING:
    from ae_studio.data.dataset import DataSet
    from ae_studio.data.download import DownloadProgress
    from ae_studio.training.control import RunControl

LINE_EVERY_S = 0.1  # the moving line; more often would only flicker


class TrainingLines:
    """Writes a run's events: a line an epoch and a change, and on a terminal one that moves in between."""

    def __init__(self) -> None:
        self._moving = sys.stdout.isatty()
        self._started: RunStarted | None = None
        self._diagnosis: Diagnosis | None = None
        self._last = 0.0

    def __call__(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._started, self._diagnosis = event, Diagnosis(event.space)
            print(f"{event.device}, {event.precision}; {event.parameters:,} parameters; run {event.run}", flush=True)
        elif isinstance(event, StepsDone):
            self._show_step(event)
        elif isinstance(event, ValuesChanged):
            self._clear()
            print(f"{in_words(event)} from step {event.step + 1:,} on", flush=True)
        elif isinstance(event, EpochDone):
            self._show_epoch(event)
        elif isinstance(event, RunEnded):
            self._clear()
            self._show_advice()
            print(event.reason, file=sys.stderr if event.outcome == "failed" else sys.stdout, flush=True)

    def _show_advice(self) -> None:
        """What the run suffers from at its end; the end itself stays the last line."""
        for each in self._diagnosis.end() if self._diagnosis else ():
            print_advice(each)

    def _show_step(self, event: StepsDone) -> None:
        now = time.monotonic()
        if not self._moving or self._started is None or now - self._last < LINE_EVERY_S:
            return
        self._last = now
        done = (event.steps[-1] - 1) % self._started.steps_per_epoch + 1
        share = done / self._started.steps_per_epoch
        text = f"epoch {event.epoch}/{self._started.epochs}  {share:4.0%}  loss {event.terms['loss'][-1]:.4g}"
        print(f"\r{text}  {event.images_per_second:,.0f} images/s\x1b[K", end="", flush=True)

    def _show_epoch(self, event: EpochDone) -> None:
        self._clear()
        if self._diagnosis is not None:
            self._diagnosis.follow(event.epoch, event.validation, event.look.codes)
        total = self._started.epochs if self._started else event.epoch
        train = f"train {event.train['loss']:.5g}  " if event.train else ""
        text = f"epoch {event.epoch}/{total}  {train}validation {event.validation['loss']:.5g}"
        rate = f"  {event.images_per_second:,.0f} images/s" if event.train else ""
        print(f"{text}  mse/pixel {event.validation['mse_per_pixel']:.5f}{rate}", flush=True)

    def _clear(self) -> None:
        if self._moving:
            print("\r\x1b[K", end="")


def print_advice(advice: Advice) -> None:
    print(f"warning: {advice.text}", file=sys.stderr, flush=True)


class SaysOfRun:
    """Writes what the user says of a run into its folder, as soon as there is one, and passes on all events.

    What a run that goes on was called before stays, where nothing else is said of it now.
    """

    def __init__(self, about: About, on_event: OnEvent) -> None:
        self._said: dict[str, Any] = {"title": about.title} if about.title else {}
        self._said |= {"tags": list(about.tags)} if about.tags else {}
        self._on_event = on_event

    def __call__(self, event: Event) -> None:
        if isinstance(event, RunStarted | RunEnded) and event.run is not None and self._said:
            said, self._said = self._said, {}
            try:
                write_about(event.run, **said)
            except OSError as error:
                print(f"warning: the run's title and tags could not be kept: {error}", file=sys.stderr, flush=True)
        self._on_event(event)


def train_on_terminal(
    config: RunConfig,
    out: Path | None = None,
    resume: Path | None = None,
    about: About | None = None,
    changes: Sequence[Change] = (),
) -> int:
    """Trains, telling it on the terminal; Ctrl-C stops as the Stop button does. Returns the exit code."""
    from ae_studio.training.control import RunControl
    from ae_studio.training.devices import choose_place
    from ae_studio.training.ranks import find_ranks
    from ae_studio.training.run_folder import refuse_used
    from ae_studio.training.train import train

    ranks = find_ranks(config)
    choose_place(config, ranks.local_rank)  # a device that is not there is wrong use, not a failed run
    if out is not None and ranks.first:
        refuse_used(out)  # likewise
    if ranks.first:
        for advice in before_training(config, math.prod(dataset(config.data).image_shape)):
            print_advice(advice)
    control = RunControl()
    with _stopped_by_interrupt(control, silent=not ranks.first):
        on_event = SaysOfRun(about or About(), TrainingLines())
        ended = train(config, on_event, control, out=out, resume=resume, changes=changes)
    return 1 if ended.outcome == "failed" else 0


@contextmanager
def _stopped_by_interrupt(control: RunControl, *, silent: bool = False) -> Iterator[None]:
    """Ctrl-C asks the run to stop; a second one ends the process as usual."""

    def stop(number: int, frame: FrameType | None) -> None:
        if not silent:
            print("\nStopping at the next batch; the run is kept. Once more to end at once.", file=sys.stderr)
        control.stop()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    asked_by = [signal.SIGINT]
    if sys.platform == "win32":
        asked_by.append(signal.SIGBREAK)  # the only one that Windows passes on to a process group
    before = [signal.signal(number, stop) for number in asked_by]
    try:
        yield
    finally:
        for number, handler in zip(asked_by, before, strict=True):
            signal.signal(number, handler)


def main_job() -> int:
    """What the window is for, without one: learn the embedded digits, say how well, and leave pictures."""
    from ae_studio.evaluation_table import evaluate_on_terminal
    from ae_studio.export.pictures import export_pictures
    from ae_studio.latent.measured import Options
    from ae_studio.paths import runs_root
    from ae_studio.runs.recorded import RecordedRun
    from ae_studio.training.run_format import new_run_path

    config = default_config("digits", "vae")
    folder = new_run_path(runs_root(), config)
    code = train_on_terminal(config, out=folder)
    if code:
        return code
    run = RecordedRun(folder)
    evaluate_on_terminal(run, None, Options())
    for path in export_pictures(run):
        print(f"  {path}")
    return 0


def list_data() -> int:
    """A line for each data set: its name, whether it is here, and what it is."""
    for name, known in DATASETS.items():
        here = "here" if on_disk(name, data_root()) else "not here"
        print(f"{name:<15} {here:<9} {known.summary}")
    print(f"\nData lives under {data_root()}. `ae-studio data NAME` downloads a set.")
    return 0


def download_on_terminal(name: str) -> int:
    """Downloads a set with its progress on the terminal; Ctrl-C keeps what is there for the next time."""
    from ae_studio.data.download import DownloadCancelled, download

    known = dataset(name)
    if known.reader == "npy":
        return _tell_own(known)
    if on_disk(name, data_root()):
        print(f"{known.title} is here already, under {data_root()}.")
        return 0
    try:
        download(name, data_root(), DownloadLines(), lambda: False)
    except (KeyboardInterrupt, DownloadCancelled):
        print("\nCancelled; what was fetched is kept, and the next download goes on from there.", file=sys.stderr)
        return 1
    print(f"{known.title} is ready under {data_root()}.")
    return 0


def _tell_own(own: DataSet) -> int:
    """Images of one's own: nobody can fetch them. Raises DataError where they are not there."""
    from ae_studio.data.dataset import refuse_missing

    refuse_missing(own, data_root())
    print(f"{own.title} is there: {own.name}.")
    return 0


class DownloadLines:
    """Writes a download's progress: one moving line on a terminal, a line a file in a pipe."""

    def __init__(self) -> None:
        self._moving = sys.stdout.isatty()
        self._file = ""

    def __call__(self, progress: DownloadProgress) -> None:
        if self._moving:
            done, total = progress.bytes_done / 1e6, progress.bytes_total / 1e6
            share = f"{done:,.1f} of {total:,.1f} MB" if total else f"{done:,.1f} MB"
            print(f"\r{progress.file}  {share}\x1b[K", end="", flush=True)
            if total and done >= total:
                print()
        elif progress.file != self._file:
            print(f"{progress.file} ({progress.file_index + 1} of {progress.files})", flush=True)
        self._file = progress.file
