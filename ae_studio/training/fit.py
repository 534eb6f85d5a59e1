"""One run, put together: data, model, Lightning's trainer and the observer."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from ae_studio import __version__
from ae_studio.config import ConfigError, RunConfig
from ae_studio.data.batches import EvaluationBatches, TrainBatches, as_tensor, place
from ae_studio.data.images import load
from ae_studio.events import OnEvent, RunEnded, RunStarted
from ae_studio.lightning import EarlyStopping, pl
from ae_studio.models.build import build_model
from ae_studio.models.pixels import channels_last
from ae_studio.models.stacks import parameter_count
from ae_studio.torch_setup import compute_on_all_threads
from ae_studio.training.checkpoint import epochs_in, read_checkpoint
from ae_studio.training.control import RunControl
from ae_studio.training.devices import choose_place
from ae_studio.training.module import CHUNK, VALIDATION_LOSS, TrainingModule
from ae_studio.training.observer import RunObserver, Watched
from ae_studio.training.run_folder import RunFolder

SAMPLE_SIZE = 2000  # codes on the canvas: enough to see the classes, cheap enough for several looks a second
PROBES = 24  # images in the reconstruction grid
PACKAGES = ("pytorch-lightning", "torchvision", "numpy", "safetensors")


class Fit:
    """A run from its settings to its end. Raises ConfigError or DataError when made from what cannot be run."""

    def __init__(self, config: RunConfig, control: RunControl, on_event: OnEvent, resume: Path | None = None) -> None:
        self._config = config
        self._control = control
        self._emit = on_event
        self._place = choose_place(config)
        self._checkpoint = RunFolder(resume).last_checkpoint if resume else None
        self._first_epoch = epochs_in(read_checkpoint(self._checkpoint)) if self._checkpoint else 0
        if self._checkpoint and self._first_epoch >= config.epochs:
            raise ConfigError(f"epochs must be above the {self._first_epoch} already done, got {config.epochs}")
        self._data = load(config.data, validation_fraction=config.validation_fraction)
        torch.manual_seed(config.seed)
        self._model = build_model(config, self._data.image_shape)
        self._observer: RunObserver | None = None

    def run(self, folder: RunFolder) -> RunEnded:
        torch.set_flush_denormal(True)  # a code that dies away would otherwise make every step several times slower
        compute_on_all_threads()
        if self._checkpoint:
            folder.rewind(self._first_epoch)
        else:
            folder.write_config(self._config, self._about())
        train, validation, observer = self._parts(folder)
        steps_per_epoch = -(-len(self._data.train) // self._config.batch_size)
        module = TrainingModule(self._model, self._config, steps_per_epoch, observer)
        observer.module, self._observer = module, observer
        self._emit(self._started(folder, steps_per_epoch))
        with _quiet_lightning():
            trainer = self._trainer(folder, observer)
            trainer.fit(module, train, validation, ckpt_path=self._checkpoint, weights_only=True)
        return RunEnded("finished", self._how_it_finished(trainer), folder.path)

    def keep_partial_epoch(self) -> None:
        if self._observer is not None:
            self._observer.keep_partial_epoch()

    def _parts(self, folder: RunFolder) -> tuple[TrainBatches, EvaluationBatches, RunObserver]:
        """The images, once, on the training device; the batches cut from them; and who watches."""
        data, config = self._data, self._config
        images = place(as_tensor(data.images), self._place.device)
        train = TrainBatches(images, data.train, config.batch_size, config.seed, CHUNK)
        sample, probes = (torch.tensor(data.validation[:n], device=images.device) for n in (SAMPLE_SIZE, PROBES))
        watched = Watched(
            sample=images[sample],
            sample_labels=data.labels[data.validation[:SAMPLE_SIZE]],
            probes=images[probes],
            probe_images=channels_last(images[probes].cpu().numpy()),
        )
        observer = RunObserver(folder, train, watched, self._control, self._emit)
        return train, EvaluationBatches(images, data.validation), observer

    def _trainer(self, folder: RunFolder, observer: RunObserver) -> pl.Trainer:
        callbacks: list[pl.Callback] = [observer]
        if self._config.early_stopping:
            callbacks.append(EarlyStopping(VALIDATION_LOSS, patience=self._config.early_stopping, check_finite=False))
        return pl.Trainer(
            accelerator=self._place.accelerator,
            devices=1,
            precision=self._place.precision,  # type: ignore[arg-type]
            max_epochs=self._config.epochs,
            callbacks=callbacks,
            # The whole validation before training is our epoch 0; a run that goes on has had its own.
            num_sanity_val_steps=0 if self._checkpoint else -1,
            inference_mode=False,
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
            default_root_dir=folder.path,
        )

    def _started(self, folder: RunFolder, steps_per_epoch: int) -> RunStarted:
        data = self._data
        return RunStarted(
            run=folder.path,
            epochs=self._config.epochs,
            first_epoch=self._first_epoch,
            steps_per_epoch=steps_per_epoch,
            latent_dim=self._config.latent_dim,
            parameters=parameter_count(self._model),
            train_images=len(data.train),
            validation_images=len(data.validation),
            device=self._place.device_name,
            precision=self._place.precision_name,
            probes=channels_last(data.images[data.validation[:PROBES]]),
            sample_labels=data.labels[data.validation[:SAMPLE_SIZE]],
            class_names=data.class_names,
            loss_unit=self._model.loss_unit,
        )

    def _about(self) -> dict[str, Any]:
        """What the settings do not say, for the run's record."""
        return {
            "started": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
            "device": self._place.device_name,
            "precision": self._place.precision_name,
            "image_shape": list(self._data.image_shape),
            "class_names": list(self._data.class_names),
            "parameters": parameter_count(self._model),
            "train_images": len(self._data.train),
            "validation_images": len(self._data.validation),
            "steps_per_epoch": -(-len(self._data.train) // self._config.batch_size),
            "loss_unit": self._model.loss_unit,
            "versions": {"ae-studio": __version__}
            | {name: version(name) for name in PACKAGES}
            | {"torch": torch.__version__},
        }

    def _how_it_finished(self, trainer: pl.Trainer) -> str:
        epochs = trainer.current_epoch
        if epochs < self._config.epochs:
            patience = self._config.early_stopping
            return f"Stopped early, after {epochs} epochs: no better validation loss for {patience} epochs."
        return f"Finished all {epochs} epochs."


@contextmanager
def _quiet_lightning() -> Iterator[None]:
    """Our events carry everything; in a windowed app there may be no stderr to write to."""
    logger = logging.getLogger("pytorch_lightning")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="pytorch_lightning|lightning_fabric")
            yield
    finally:
        logger.setLevel(level)
