"""``train()``: the only way to train. The library, the command line and the window make the same call."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from ae_studio.config import ConfigError, RunConfig
from ae_studio.data.dataset import DataError
from ae_studio.events import OnEvent, RunEnded
from ae_studio.models.own import load_file
from ae_studio.models.own_file import names_a_file
from ae_studio.paths import runs_root
from ae_studio.training.control import RunControl, TrainingStopped
from ae_studio.training.defaults import complete
from ae_studio.training.failures import a_process_died, in_words, lost_another_process
from ae_studio.training.fit import Fit
from ae_studio.training.live import Change
from ae_studio.training.run_folder import RunFolder


def train(
    config: RunConfig,
    on_event: OnEvent,
    control: RunControl | None = None,
    *,
    out: Path | None = None,
    resume: Path | None = None,
    changes: Sequence[Change] = (),
) -> RunEnded:
    """Trains one run and keeps it in a folder of its own.

    ``on_event`` is called from the calling thread with every event; the last one, exactly one, is the returned
    :class:`RunEnded`. A run that fails does not raise. ``out`` is the run folder, by default a new one among the
    runs; ``resume`` is the folder of a run to go on with, from its last whole epoch up to ``config.epochs``.
    ``changes`` are made on the way, as if they had been asked of ``control``. Of several processes that train one model
    only the first writes the folder and tells events.
    """
    control = control or RunControl()
    folder: RunFolder | None = None
    fit: Fit | None = None
    try:
        if names_a_file(config.model):
            load_file(config.model)  # as it is now: it may have changed since it was chosen
        config = complete(config.model_dump(exclude_unset=True))
        fit = Fit(config, control, on_event, resume, changes)  # checks data, device and model before a folder is made
        if fit.ranks.first:
            folder = RunFolder.of_run(resume) if resume else _new_folder(config, out)
        ended = fit.run(folder)
    except TrainingStopped:
        ended = _stopped(fit, folder)
    except BaseException as error:  # whatever it was, it ends this run and nothing else
        ended = _failed(error, config, folder, fit)
    _record(ended, folder)
    if fit is None or fit.ranks.first:
        on_event(ended)
    return ended


def _new_folder(config: RunConfig, out: Path | None) -> RunFolder:
    return RunFolder.create(out) if out else RunFolder.create_new(runs_root(), config)


def _stopped(fit: Fit | None, folder: RunFolder | None) -> RunEnded:
    try:
        if fit is not None:
            fit.keep_partial_epoch()
    except Exception as error:
        reason = f"Stopped; the unfinished epoch could not be kept: {error}"
        return RunEnded("stopped", reason, folder.path if folder else None)
    return RunEnded("stopped", "Stopped, as asked.", folder.path if folder else None)


def _failed(error: BaseException, config: RunConfig, folder: RunFolder | None, fit: Fit | None) -> RunEnded:
    reason = str(error) if isinstance(error, ConfigError | DataError) else in_words(error, config)
    if fit is not None and not fit.ranks.alone and lost_another_process(error):
        reason = a_process_died(fit.how_one_died(), fit.ranks.world)
    if folder is not None:
        _try_to(lambda: folder.log("".join(traceback.format_exception(error))))
    return RunEnded("failed", reason, folder.path if folder else None)


def _record(ended: RunEnded, folder: RunFolder | None) -> None:
    """On a full disk the run's end cannot be written either; that must not hide the reason."""
    if folder is not None:
        _try_to(lambda: folder.write_ended(ended))
        _try_to(lambda: folder.log(f"{ended.outcome}: {ended.reason}"))
        _try_to(folder.close)


def _try_to(act: Callable[[], None]) -> None:
    with suppress(OSError):
        act()
