"""Where a training begins: afresh, at a checkpoint, or at a snapshot, which has the weights alone."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from ae_studio.config import ConfigError, RunConfig
from ae_studio.training.checkpoint import epochs_in, read_checkpoint
from ae_studio.training.live import Change, changes_the_loss, config_at, read_changes
from ae_studio.training.rows import METRICS, validations
from ae_studio.training.run_folder import RunFolder


@dataclass(frozen=True, slots=True)
class Start:
    """``epoch`` whole epochs are done. From a ``checkpoint`` the training goes on as if it had never ended.

    From a ``snapshot`` it does so with Adam's moments, the patience of early stopping and the random stream begun anew.
    ``losses`` are those of validation from epoch 0 on, as far as they are known, ``best_kept`` that of best.ckpt, and
    ``changes`` the settings that were changed until then.
    """

    epoch: int = 0
    checkpoint: Path | None = None
    snapshot: Path | None = None
    losses: tuple[float, ...] = ()
    best_kept: float = math.inf
    changes: tuple[Change, ...] = ()

    @property
    def afresh(self) -> bool:
        return self.checkpoint is None and self.snapshot is None

    @property
    def past_losses(self) -> list[float]:
        """Of validation, an entry for each epoch that is done."""
        known = list(self.losses[1 : self.epoch + 1])
        return known + [math.inf] * (self.epoch - len(known))

    def config(self, config: RunConfig, step: int) -> RunConfig:
        """The settings that the last of ``step`` steps was done with, which may be others than the run began with."""
        return config_at(config, self.changes, step - 1)

    def changes_at(self, step: int) -> list[Change]:
        """Those behind the last step, which no step has been done with yet."""
        return [change for change in self.changes if change.step == step]

    def epochs_of_another_loss(self, steps_per_epoch: int) -> set[int]:
        return {change.step // steps_per_epoch + 1 for change in self.changes if changes_the_loss(change.values)}


def start_of(run: Path | None) -> Start:
    """Where this run goes on; without one, afresh. Raises :class:`ConfigError` where it cannot go on."""
    if run is None:
        return Start()
    folder = RunFolder(run)
    branched = None if folder.last_checkpoint.exists() else _branched_from_snapshot(run)
    if branched is None:
        checkpoint, snapshot = folder.last_checkpoint, None
        epoch = epochs_in(read_checkpoint(checkpoint))
    else:
        epoch, checkpoint, snapshot = branched, None, folder.snapshot_path(branched)
    known = validations(run / METRICS)
    losses = tuple(known[each][1] for each in range(epoch + 1) if each in known)
    best = _loss_of(folder.best_checkpoint, losses) if snapshot else math.inf
    return Start(epoch, checkpoint, snapshot, losses, best, tuple(read_changes(run)))


def put_weights(snapshot: Path, model: nn.Module) -> None:
    """The snapshot's into the model. Raises :class:`ConfigError` where they do not fit, or cannot be read."""
    try:
        model.load_state_dict(load_file(snapshot), strict=True)
    except (OSError, SafetensorError, RuntimeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ConfigError(f"{snapshot}: cannot be opened as this run's weights ({reason})") from None


def _loss_of(checkpoint: Path, losses: tuple[float, ...]) -> float:
    """The validation loss of this checkpoint's epoch; infinite where that is not known."""
    try:
        return losses[epochs_in(read_checkpoint(checkpoint))]
    except (ConfigError, IndexError):
        return math.inf


def _branched_from_snapshot(run: Path) -> int | None:
    """The epoch where a branch without a checkpoint began; its training has not come to the end of an epoch yet."""
    try:
        parent: Any = json.loads((run / "config.json").read_text(encoding="utf-8"))["parent"]
        epoch, exact = parent["epoch"], parent["exact"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return epoch if isinstance(epoch, int) and epoch >= 0 and exact is False else None
