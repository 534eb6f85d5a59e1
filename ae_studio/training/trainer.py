"""Lightning's trainer as a run wants it: silent, and with nothing of its own on the disk."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ae_studio.config import RunConfig
from ae_studio.lightning import EarlyStopping, pl
from ae_studio.training.devices import Place
from ae_studio.training.module import VALIDATION_LOSS
from ae_studio.training.processes import Processes, environment
from ae_studio.training.ranks import Ranks
from ae_studio.training.start import Start


def make_trainer(
    config: RunConfig,
    start: Start,
    place: Place,
    ranks: Ranks,
    *,
    strategy: Processes | str,
    observer: pl.Callback,
    root: Path | None,
) -> pl.Trainer:
    """``root``: the run folder, None in all processes but the first."""
    callbacks: list[pl.Callback] = [observer]
    if config.early_stopping:
        callbacks.append(EarlyStopping(VALIDATION_LOSS, patience=config.early_stopping, check_finite=False))
    trainer = pl.Trainer(
        accelerator=place.accelerator,
        devices=config.devices,
        num_nodes=config.nodes,
        strategy=strategy,
        plugins=[environment(ranks)],
        use_distributed_sampler=False,  # the batches are parted already
        precision=place.precision,  # type: ignore[arg-type]
        max_epochs=config.epochs,
        callbacks=callbacks,
        # The whole validation before training is our epoch 0; a run that goes on has had its own.
        num_sanity_val_steps=-1 if start.afresh else 0,
        inference_mode=False,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=root,
    )
    if start.snapshot:
        _begin_behind(trainer, start.epoch)
    return trainer


def _begin_behind(trainer: pl.Trainer, epoch: int) -> None:
    """So many epochs are done. Lightning has no other way to say so (pytorch-lightning#18804)."""
    progress: Any = trainer.fit_loop.epoch_progress.current
    progress.ready = progress.started = progress.processed = progress.completed = epoch


def how_it_finished(trainer: pl.Trainer, config: RunConfig) -> str:
    """In words."""
    epochs = trainer.current_epoch
    if epochs < config.epochs:
        patience = config.early_stopping
        return f"Stopped early, after {epochs} epochs: no better validation loss for {patience} epochs."
    return f"Finished all {epochs} epochs."


@contextmanager
def quiet_lightning() -> Iterator[None]:
    """Our events carry everything; in a windowed app there may be no stderr to write to."""
    loggers = [logging.getLogger(name) for name in ("pytorch_lightning", "lightning_fabric")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="pytorch_lightning|lightning_fabric")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
