"""One run, put together: data, model, Lightning's trainer and the observer."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ae_studio import __version__
from ae_studio.config import ConfigError, RunConfig
from ae_studio.data.batches import Indices, SharedEvaluationBatches, Source, TrainBatches, source
from ae_studio.data.images import load
from ae_studio.data.share import Share
from ae_studio.events import Images, OnEvent, RunEnded, RunStarted
from ae_studio.latent.look import Labelled
from ae_studio.lightning import EarlyStopping, pl
from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space
from ae_studio.models.own import loaded
from ae_studio.models.own_file import place
from ae_studio.models.pixels import channels_last, to_unit
from ae_studio.models.stacks import parameter_count
from ae_studio.models.trial import try_out
from ae_studio.torch_setup import compute_on_all_threads
from ae_studio.training.bystander import Bystander
from ae_studio.training.control import RunControl, TrainingStopped
from ae_studio.training.cores import sharing_cores
from ae_studio.training.devices import choose_place
from ae_studio.training.failures import a_process_died
from ae_studio.training.live import ALL, Change, config_at
from ae_studio.training.module import ARMFUL, CHUNK, SHARED_CHUNK, VALIDATION_LOSS, TrainingModule
from ae_studio.training.observer import RunObserver, Watched
from ae_studio.training.processes import Processes, environment
from ae_studio.training.ranks import find_ranks
from ae_studio.training.run_folder import RunFolder
from ae_studio.training.start import put_weights, start_of

SAMPLE_SIZE = 2000  # codes on the canvas: enough to see the classes, cheap enough for several looks a second
FIRST_IMAGES = 2048  # that a model may start from: pseudo-inputs, a first codebook
PROBES = 24  # images in the reconstruction grid
PACKAGES = ("pytorch-lightning", "torchvision", "numpy", "safetensors")


class Fit:
    """A run from its settings to its end. Raises ConfigError or DataError when made from what cannot be run."""

    def __init__(
        self,
        config: RunConfig,
        control: RunControl,
        on_event: OnEvent,
        resume: Path | None = None,
        changes: Sequence[Change] = (),
    ) -> None:
        self._config = config
        self._control = control
        self._emit = on_event
        self.ranks = find_ranks(config)
        self._share = Share(self.ranks.rank, self.ranks.world)
        self._place = choose_place(config, self.ranks.local_rank)
        self._start = start_of(resume)
        if resume and self._start.epoch >= config.epochs:
            raise ConfigError(f"epochs must be above the {self._start.epoch} already done, got {config.epochs}")
        self._data = load(config.data, validation_fraction=config.validation_fraction)
        self._own = loaded(config.model)
        if self._own:
            self._try_own(self._own.file)
        torch.manual_seed(config.seed)
        self._planned = list(changes)
        if self._planned and not self.ranks.alone:
            raise ConfigError("changes: settings can be changed in a training of one process only")
        self._config = config = self._with_changes_so_far()
        self._model = build_model(config, self._data.image_shape, self._data.class_names)
        if self._start.afresh:
            self._model.begin(self._first_images(), len(self._data.train))
        if self._start.snapshot:
            put_weights(self._start.snapshot, self._model)
        self._observer: RunObserver | Bystander | None = None
        self._processes: Processes | None = None

    def run(self, folder: RunFolder | None) -> RunEnded:
        """Trains; ``folder`` is None in all processes of a run but the first."""
        torch.set_flush_denormal(True)  # a code that dies away would otherwise make every step several times slower
        compute_on_all_threads(self._config.devices)
        if folder and not self._start.afresh:
            folder.rewind(self._start.epoch, self._start.epoch * self._steps_per_epoch)
            folder.note_epochs(self._start.epoch, self._config.epochs)
        elif folder:
            if self._own and self._own.source:
                folder.write_model(self._own.source.content)
            folder.write_config(self._config, self._about())
        if folder:
            folder.write_sample(self._sample_images())
        train, validation, observer = self._parts(folder)
        steps_per_epoch = self._steps_per_epoch
        module = TrainingModule(self._model, self._config, steps_per_epoch, observer, self._share)
        module.start = self._start
        observer.module, self._observer = module, observer
        if isinstance(observer, RunObserver):
            observer.plan(self._planned)
        if folder:
            self._emit(self._started(folder, steps_per_epoch))
        with _quiet_lightning(), sharing_cores(), self._ending_all():
            trainer = self._trainer(folder, observer)
            trainer.fit(module, train, validation, ckpt_path=self._start.checkpoint, weights_only=True)
        return RunEnded("finished", self._how_it_finished(trainer), folder.path if folder else None)

    @contextmanager
    def _ending_all(self) -> Iterator[None]:
        """All processes end with this one; one that is stopped or has finished is not missed by the others."""
        in_order = False
        try:
            yield
            in_order = True
        except TrainingStopped:
            in_order = True
            raise
        finally:
            if self._processes is not None:
                self._processes.end_all(in_order=in_order)

    def how_one_died(self) -> str:
        """How another process of this run came to its end; empty where none has failed, as far as is known here."""
        return self._processes.how_one_died() if self._processes else ""

    @property
    def _global_batch(self) -> int:
        """Images of a step, of all processes together."""
        return self._config.batch_size * self.ranks.world

    @property
    def _steps_per_epoch(self) -> int:
        return -(-len(self._data.train) // self._global_batch)

    def _with_changes_so_far(self) -> RunConfig:
        """The settings that the last step behind was done with, which may be others than the run began with.

        Changes from there on are tried, so that a wrong one is not found out hours later.
        """
        config = self._start.config(self._config, self._start.epoch * self._steps_per_epoch)
        config_at(config, [*self._start.changes, *self._planned], ALL)
        return config

    def keep_partial_epoch(self) -> None:
        if self._observer is not None:
            self._observer.keep_partial_epoch()

    def _parts(self, folder: RunFolder | None) -> tuple[TrainBatches, SharedEvaluationBatches, RunObserver | Bystander]:
        """The images, once, on the training device where they fit; the batches cut from them; and who watches."""
        data, config = self._data, self._config
        images = source(data.images, self._place.device)
        chunk, armful = (CHUNK, ARMFUL) if self.ranks.alone else (SHARED_CHUNK, 1)
        train = TrainBatches(
            images, data.labels, data.train, self._global_batch, config.seed, chunk, self._share, armful
        )
        validation = SharedEvaluationBatches(images, data.labels, data.validation, share=self._share)
        if folder is None:
            return train, validation, Bystander(train, self._control)
        sample, probes = (data.validation[:n] for n in (SAMPLE_SIZE, PROBES))
        watched = Watched(
            sample=self._labelled(images, sample),
            sample_labels=data.labels[sample],
            probes=self._labelled(images, probes),
            probe_images=channels_last(data.images[probes]),
        )
        return train, validation, RunObserver(folder, train, watched, self._control, self._emit)

    def _labelled(self, images: Source, indices: Indices) -> Labelled:
        chosen = torch.tensor(indices, device=images.device)
        return images.index_select(0, chosen), torch.tensor(self._data.labels[indices], device=images.device)

    def _try_own(self, file: str) -> None:
        """A model of the user's own may do anything wrong, and that is better said before a folder is made."""
        labels = torch.tensor(self._data.labels[self._data.train[:FIRST_IMAGES]])
        shared = not self.ranks.alone
        try:
            try_out(self._config, self._first_images(), labels, self._data.class_names, shared=shared)
        except ConfigError:
            raise
        except Exception as error:
            raise ConfigError(f"{type(error).__name__}: {error} ({place(error, file)})") from error

    def _first_images(self) -> Tensor:
        """The same in every process."""
        return to_unit(torch.tensor(np.array(self._data.images[self._data.train[:FIRST_IMAGES]])))

    def _trainer(self, folder: RunFolder | None, observer: RunObserver | Bystander) -> pl.Trainer:
        callbacks: list[pl.Callback] = [observer]
        if self._config.early_stopping:
            callbacks.append(EarlyStopping(VALIDATION_LOSS, patience=self._config.early_stopping, check_finite=False))
        trainer = pl.Trainer(
            accelerator=self._place.accelerator,
            devices=self._config.devices,
            num_nodes=self._config.nodes,
            strategy=self._strategy(folder),
            plugins=[environment(self.ranks)],
            use_distributed_sampler=False,  # the batches are parted already
            precision=self._place.precision,  # type: ignore[arg-type]
            max_epochs=self._config.epochs,
            callbacks=callbacks,
            # The whole validation before training is our epoch 0; a run that goes on has had its own.
            num_sanity_val_steps=-1 if self._start.afresh else 0,
            inference_mode=False,
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
            default_root_dir=folder.path if folder else None,
        )
        if self._start.snapshot:  # Lightning has no other way to say so (pytorch-lightning#18804)
            progress: Any = trainer.fit_loop.epoch_progress.current
            done = self._start.epoch
            progress.ready = progress.started = progress.processed = progress.completed = done
        return trainer

    def _strategy(self, folder: RunFolder | None) -> Processes | str:
        if self.ranks.alone:
            return "auto"

        def end(how: str) -> None:  # the training itself hangs, so nothing else can end this run any more
            ended = RunEnded("failed", a_process_died(how, self.ranks.world), folder.path if folder else None)
            try:
                self._emit(ended)
                if folder:
                    folder.write_ended(ended)
            finally:
                processes.kill_all()
                os._exit(1)

        backend = "nccl" if self._place.accelerator == "gpu" else "gloo"
        processes = self._processes = Processes(end, process_group_backend=backend)
        return processes

    def _sample_images(self) -> Images:
        return channels_last(self._data.images[self._data.validation[:SAMPLE_SIZE]])

    def _started(self, folder: RunFolder, steps_per_epoch: int) -> RunStarted:
        data = self._data
        return RunStarted(
            run=folder.path,
            epochs=self._config.epochs,
            first_epoch=self._start.epoch,
            goes_on=not self._start.afresh,
            steps_per_epoch=steps_per_epoch,
            space=latent_space(self._config, data.class_names),
            parameters=parameter_count(self._model),
            train_images=len(data.train),
            validation_images=len(data.validation),
            device=self._place.device_name,
            precision=self._place.precision_name,
            probes=channels_last(data.images[data.validation[:PROBES]]),
            sample_labels=data.labels[data.validation[:SAMPLE_SIZE]],
            class_names=data.class_names,
            loss_unit=self._model.loss_unit,
            sample_images=self._sample_images(),
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
            "code_size": self._model.code_size,
            **({"model_sha256": self._own.source.sha256} if self._own and self._own.source else {}),
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
