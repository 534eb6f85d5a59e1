"""The metrics of a run on the test split: the one way to them, for the terminal and for the window."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from ae_studio.data.images import load
from ae_studio.latent.diagnosis import before_training, of_an_epoch
from ae_studio.latent.evaluation import fixed_noise
from ae_studio.latent.measured import Measured, Options, as_result
from ae_studio.latent.measures.subject import Subject, TestImages
from ae_studio.latent.metrics import METRICS, measure
from ae_studio.runs.metrics_cache import Evaluation, MetricsCache
from ae_studio.runs.recorded import RecordedRun, RunError

OnMeasured = Callable[[Measured], None]


class EvaluationCancelled(Exception):
    """Raised by a ``check`` to leave an evaluation."""


def evaluate(
    run: RecordedRun,
    epoch: int | None = None,
    options: Options | None = None,
    *,
    names: Sequence[str] | None = None,
    on_measured: OnMeasured = lambda measured: None,
    check: Callable[[], None] = lambda: None,
    anew: bool = False,
) -> dict[str, Any]:
    """``{"split": "test", "images": n, "epoch": e, "metrics": {...}, "undefined": {...}, "baseline": {...}, "about":
    {...}, "warnings": [...]}``

    By the weights after this epoch, else the last. ``names`` are the metrics, by default all; all of them are kept in
    the run's folder, and taken from there the next time unless ``anew``. ``on_measured`` is told of each as it is
    found; ``check`` is called before each metric and often in between, and may raise.

    Raises :class:`RunError` or the data's :class:`~ae_studio.data.catalog.DataError`.
    """
    epoch = run.last_epoch if epoch is None else epoch
    options = options or Options()
    cache = MetricsCache(run.path)
    kept = cache.read(epoch, options) if epoch is not None and not anew else None
    if kept is not None:
        found = [each for each in kept.measured if names is None or each.about.name in names]
        for each in found:
            on_measured(each)
        return _result(run, Evaluation(kept.epoch, kept.images, options, tuple(found)))
    evaluation = _evaluated(run, epoch, options, names or tuple(METRICS), on_measured, check)
    if names is None:
        cache.write(evaluation)
    return _result(run, evaluation)


def _evaluated(
    run: RecordedRun,
    epoch: int | None,
    options: Options,
    names: Sequence[str],
    on_measured: OnMeasured,
    check: Callable[[], None],
) -> Evaluation:
    if epoch is not None and run.snapshots and epoch not in run.snapshots:
        kept = f"{run.snapshots[0]} to {run.snapshots[-1]}"
        raise RunError(f"{run.path}: holds no weights of epoch {epoch}; it has those of {kept}")
    model = run.model(epoch)
    data = load(run.config.data, validation_fraction=run.config.validation_fraction)
    if data.image_shape != run.image_shape:
        raise RunError(f"{run.path}: was trained on images {run.image_shape}, {data.name} has {data.image_shape}")
    check()
    measured = []
    with fixed_noise():
        for each in measure(Subject(model, run.space, TestImages(data, options, check)), names):
            measured.append(each)
            on_measured(each)
            check()
    return Evaluation(int(model.epochs_done), len(data.test), options, tuple(measured))


def _result(run: RecordedRun, evaluation: Evaluation) -> dict[str, Any]:
    about = {"split": "test", "images": evaluation.images, "epoch": evaluation.epoch}
    found = as_result(list(evaluation.measured))
    return about | found | {"warnings": _warnings(run, evaluation.epoch, found["metrics"])}


def _warnings(run: RecordedRun, epoch: int, metrics: Mapping[str, float]) -> list[str]:
    """What the settings and, once it has trained, the codes of this epoch suffer from."""
    advice = [] if run.why_no_model else before_training(run.config, math.prod(run.image_shape))
    if epoch:
        terms = {"kl": metrics["kl_nats"]} if "kl_nats" in metrics else {}
        with suppress(RunError):  # without its look there are no codes
            advice += of_an_epoch(terms, run.look(epoch).codes, run.space)
    return [each.text for each in advice]
