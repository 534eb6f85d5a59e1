"""One run, put together: data, model, Lightning's trainer and the observer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from ae_studio.config import ConfigError, RunConfig
from ae_studio.data.batches import SharedEvaluationBatches, TrainBatches
from ae_studio.data.images import load
from ae_studio.data.share import Share
from ae_studio.events import OnEvent, RunEnded
from ae_studio.models.build import build_model
from ae_studio.models.own import loaded
from ae_studio.models.own_file import place
from ae_studio.models.trial import try_out
from ae_studio.torch_setup import compute_on_all_threads
from ae_studio.training.bystander import Bystander
from ae_studio.training.company import Company
from ae_studio.training.control import RunControl
from ae_studio.training.cores import sharing_cores
from ae_studio.training.devices import choose_place
from ae_studio.training.live import ALL, Change, config_at
from ae_studio.training.module import TrainingModule
from ae_studio.training.observer import RunObserver
from ae_studio.training.particulars import Particulars
from ae_studio.training.portions import Portions
from ae_studio.training.ranks import find_ranks
from ae_studio.training.run_folder import RunFolder
from ae_studio.training.start import put_weights, start_of
from ae_studio.training.trainer import how_it_finished, make_trainer, quiet_lightning


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
        self._company = Company(self.ranks, self._place, on_event)
        self._start = start_of(resume)
        if resume and self._start.epoch >= config.epochs:
            raise ConfigError(f"epochs must be above the {self._start.epoch} already done, got {config.epochs}")
        self._data = load(config.data, validation_fraction=config.validation_fraction)
        self._portions = Portions(self._data)
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
            self._model.begin(self._portions.first_images(), len(self._data.train))
        if self._start.snapshot:
            put_weights(self._start.snapshot, self._model)
        self._observer: RunObserver | Bystander | None = None

    def _try_own(self, file: str) -> None:
        """A model of the user's own may do anything wrong, and that is better said before a folder is made."""
        images, labels = self._portions.first_images(), self._portions.first_labels()
        try:
            try_out(self._config, images, labels, self._data.class_names, shared=not self.ranks.alone)
        except ConfigError:
            raise
        except Exception as error:
            raise ConfigError(f"{type(error).__name__}: {error} ({place(error, file)})") from error

    def _with_changes_so_far(self) -> RunConfig:
        """The settings that the last step behind was done with, which may be others than the run began with.

        Changes from there on are tried, so that a wrong one is not found out hours later.
        """
        config = self._start.config(self._config, self._start.epoch * self._steps_per_epoch)
        config_at(config, [*self._start.changes, *self._planned], ALL)
        return config

    @property
    def _global_batch(self) -> int:
        """Images of a step, of all processes together."""
        return self._config.batch_size * self.ranks.world

    @property
    def _steps_per_epoch(self) -> int:
        return -(-len(self._data.train) // self._global_batch)

    @property
    def _particulars(self) -> Particulars:
        sha256 = self._own.source.sha256 if self._own and self._own.source else ""
        return Particulars(self._config, self._portions, self._model, self._place, self._start, sha256)

    def run(self, folder: RunFolder | None) -> RunEnded:
        """Trains; ``folder`` is None in all processes of a run but the first."""
        torch.set_flush_denormal(True)  # a code that dies away would otherwise make every step several times slower
        compute_on_all_threads(self._config.devices)
        if folder:
            self._prepare(folder)
        train, validation, observer = self._parts(folder)
        module = TrainingModule(self._model, self._config, self._steps_per_epoch, observer, self._share)
        module.start = self._start
        observer.module, self._observer = module, observer
        if isinstance(observer, RunObserver):
            observer.plan(self._planned)
        root = folder.path if folder else None
        if root:
            self._emit(self._particulars.started(root, self._steps_per_epoch))
        with quiet_lightning(), sharing_cores(), self._company.ending_all():
            strategy = self._company.strategy(folder)
            trainer = make_trainer(
                self._config, self._start, self._place, self.ranks, strategy=strategy, observer=observer, root=root
            )
            trainer.fit(module, train, validation, ckpt_path=self._start.checkpoint, weights_only=True)
        return RunEnded("finished", how_it_finished(trainer, self._config), root)

    def _prepare(self, folder: RunFolder) -> None:
        """What the folder holds before the first step, or before the next one of a run that goes on."""
        if self._start.afresh:
            if self._own and self._own.source:
                folder.write_model(self._own.source.content)
            folder.write_config(self._config, self._particulars.record())
        else:
            folder.rewind(self._start.epoch, self._start.epoch * self._steps_per_epoch)
            folder.note_epochs(self._start.epoch, self._config.epochs)
        folder.write_sample(self._portions.sample_images)

    def _parts(self, folder: RunFolder | None) -> tuple[TrainBatches, SharedEvaluationBatches, RunObserver | Bystander]:
        """The batches, and who watches."""
        portions, share = self._portions, self._share
        images = portions.on(self._place.device)
        train = portions.train_batches(images, self._global_batch, self._config.seed, share)
        validation = portions.validation_batches(images, share)
        if folder is None:
            return train, validation, Bystander(train, self._control)
        return train, validation, RunObserver(folder, train, portions.watched(images), self._control, self._emit)

    def keep_partial_epoch(self) -> None:
        if self._observer is not None:
            self._observer.keep_partial_epoch()

    def how_one_died(self) -> str:
        """How another process of this run came to its end; empty where none has failed, as far as is known here."""
        return self._company.how_one_died()
