"""The metrics of a run on the test split."""

from __future__ import annotations

from typing import Any

import torch

from ae_studio.data.batches import EvaluationBatches, source
from ae_studio.data.images import load
from ae_studio.latent.metrics import metrics
from ae_studio.runs.recorded import RecordedRun, RunError


def evaluate(run: RecordedRun, epoch: int | None = None) -> dict[str, Any]:
    """``{"split": "test", "images": n, "epoch": e, "metrics": {...}}``, by the weights after this epoch, else the last.

    Raises :class:`RunError` or the data's :class:`~ae_studio.data.catalog.DataError`.
    """
    epoch = run.last_epoch if epoch is None else epoch
    model = run.model(epoch)
    data = load(run.config.data, validation_fraction=run.config.validation_fraction)
    if data.image_shape != run.image_shape:
        raise RunError(f"{run.path}: was trained on images {run.image_shape}, {data.name} has {data.image_shape}")
    images = source(data.images, torch.device("cpu"))
    found = metrics(model, EvaluationBatches(images, data.labels, data.test))
    return {"split": "test", "images": len(data.test), "epoch": epoch, "metrics": found}
