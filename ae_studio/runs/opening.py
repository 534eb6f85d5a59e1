"""A run, read back for the window: everything that its views show of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ae_studio.config import RunConfig
from ae_studio.events import Images, Labels, LatentSpace, Look, ValuesChanged
from ae_studio.runs.history import History
from ae_studio.runs.looks import restored
from ae_studio.runs.recorded import RecordedRun, RunError


@dataclass(frozen=True, slots=True)
class Moment:
    """What the run's folder holds of one epoch."""

    look: Look
    labels: Labels
    probes: Images


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """``epochs`` are those that can be looked at; ``moment`` is the last of them, None if none can be read. ``images``
    are those of the looks' codes, None where the run was kept without them.

    ``why_no_model`` says why a model of the user's own cannot be made, so that all but decoding is there; ``untrusted``
    is its Python file where the reason is that the user has not let it run. ``config`` are the settings it began with,
    ``changes`` what was changed while it was trained.
    """

    path: Path
    config: RunConfig
    class_names: tuple[str, ...]
    space: LatentSpace
    epochs: tuple[int, ...]
    history: History
    moment: Moment | None
    loss_unit: str
    ended: tuple[str, str] | None
    problems: tuple[str, ...]
    untrusted: Path | None = None
    why_no_model: str = ""
    images: Images | None = None
    changes: tuple[ValuesChanged, ...] = ()

    @property
    def last_whole_epoch(self) -> int:
        """The last that can be looked at and has its numbers; 0 where there is none."""
        return max((epoch for epoch in self.epochs if epoch in self.history.validation), default=0)


def open_run(path: Path, until: int | None = None) -> OpenedRun:
    """Opens as far as it can be read, and no further than ``until`` this epoch.

    Raises :class:`RunError` where nothing can be made of the folder.
    """
    run = RecordedRun(path)
    history = run.history() if until is None else run.history().until(until)
    epochs = [epoch for epoch in run.looks if epoch in set(run.snapshots) and (until is None or epoch <= until)]
    moment, unit = None, ""
    while epochs and moment is None:
        try:
            moment = moment_of(run, epochs[-1])
            unit = run.loss_unit or run.model(epochs[-1]).loss_unit
        except RunError as error:
            run.problems.append(str(error))
            epochs.pop()
    images = run.sample_images()
    return OpenedRun(
        path=path,
        config=run.config,
        class_names=run.class_names,
        space=run.space,
        epochs=tuple(epochs),
        history=history,
        moment=moment,
        loss_unit=unit,
        ended=run.ended,
        problems=tuple(run.problems),
        untrusted=run.untrusted,
        why_no_model=run.why_no_model,
        images=images,
        changes=run.told_changes(),
    )


def load_moment(path: Path, epoch: int) -> Moment:
    """One epoch of a run. Raises :class:`RunError` where its look or its snapshot is missing or damaged."""
    return moment_of(RecordedRun(path), epoch)


def moment_of(run: RecordedRun, epoch: int) -> Moment:
    """Likewise, of a run that is open."""
    saved = run.look(epoch)
    return Moment(restored(run, saved), saved.labels, saved.probes)
