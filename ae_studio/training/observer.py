"""Watches a training: tells the world, takes looks, and keeps every epoch on disk. It computes nothing itself."""

from __future__ import annotations

import math
import shutil
import time
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from ae_studio.config import ConfigError
from ae_studio.data.batches import TrainBatches
from ae_studio.events import EpochDone, Images, Labels, Look, LookDone, OnEvent, SettingValue, StepSeen
from ae_studio.latent.look import Labelled, take_look
from ae_studio.lightning import pl
from ae_studio.models.base import Terms
from ae_studio.training.atomic import write_atomic
from ae_studio.training.control import RunControl
from ae_studio.training.live import Change, changed_event, changes_the_loss
from ae_studio.training.module import TrainingModule
from ae_studio.training.run_folder import RunFolder
from ae_studio.training.steps import StepCollector

LOOK_SHARE = 0.015  # of the training time that looks may take: with what they leave to paint it is about 4 %
LOOK_EVERY_S = 0.25  # no more often than the eye can follow


@dataclass(frozen=True, slots=True)
class Watched:
    """The images that never change during a run, with their classes, and what is shown of them."""

    sample: Labelled
    sample_labels: Labels
    probes: Labelled
    probe_images: Images


class RunObserver(pl.Callback):
    """Between a training and the world: steps become events and rows, epochs become files.

    As a Lightning callback it sees epochs; the training module calls ``before_step`` and ``after_step`` itself, since
    one of Lightning's batches holds many steps.
    """

    module: TrainingModule

    def __init__(
        self, folder: RunFolder, batches: TrainBatches, watched: Watched, control: RunControl, on_event: OnEvent
    ) -> None:
        self._folder = folder
        self._batches = batches
        self._watched = watched
        self._control = control
        self._emit = on_event
        self._steps = StepCollector()
        self._next_look = 0.0
        self._looked_at = -1  # so many steps were done at the last look
        self._planned: deque[Change] = deque()
        self._planned_step = math.inf
        self._weights: dict[str, float] = {}  # those of the next step that is told
        self._epoch_began = time.perf_counter()
        self.epochs_done = 0
        self.best_loss = math.inf

    def state_dict(self) -> dict[str, Any]:
        return {"best_loss": self.best_loss, "loss_before_training": self._steps.loss_before_training}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self.best_loss = state_dict["best_loss"]
        self._steps.loss_before_training = state_dict["loss_before_training"]

    # Single steps

    @property
    def stop_requested(self) -> bool:
        return self._control.stop_requested

    def before_step(self) -> None:
        control = self._control
        while self.module.steps_done >= self._planned_step:
            self._take_planned()
        if control.must_wait:
            waited_since = time.perf_counter()
            self._flush()
            self._look()
            while not control.before_step():
                self._take_changes()
            self._steps.restart_clock()
            self._epoch_began += time.perf_counter() - waited_since  # a pause is no time of the epoch
        else:
            while not control.before_step():
                self._take_changes()

        if control.seen and control.live and self._looked_at != self.module.steps_done:
            self._flush()
            self._look()  # a step that is seen begins where the canvas is

    @property
    def inspecting(self) -> bool:
        return self._control.seen

    def tell_step(self, seen: StepSeen) -> None:
        self._emit(seen)

    def after_step(self, step: int, terms: Terms, images: int) -> None:
        if self._steps.add(step, terms, images):
            self._flush()
            if self._control.live and time.perf_counter() >= self._next_look:
                self._look()

    # Settings that change

    def plan(self, changes: Iterable[Change]) -> None:
        """Changes to come, as another run had them."""
        self._planned = deque(sorted(changes, key=lambda change: change.step))
        self._planned_step = self._planned[0].step if self._planned else math.inf

    def _take_planned(self) -> None:
        change = self._planned.popleft()
        self.plan(self._planned)
        self._change(change.values)

    def _take_changes(self) -> None:
        """One that cannot be is no reason to lose the run; who asked is told by the check before."""
        with suppress(ConfigError):
            self._change(self._control.take_changes())

    def _change(self, values: Mapping[str, SettingValue]) -> None:
        module = self.module
        self._flush()  # what was done before was done with other weights
        before = module.config
        module.change(values)
        if module.config.settings != before.settings:
            self._begin_another_loss(module.trainer)
        change = Change(module.steps_done, values)
        self._folder.append_change(change)
        self._emit(changed_event(before, change, self.epochs_done))
        self._weights = module.model.weights()

    def _begin_another_loss(self, trainer: pl.Trainer) -> None:
        """Losses from here on are not to be measured by those before."""
        self.best_loss = math.inf
        self._steps.begin_another_scale()
        stopping = trainer.early_stopping_callback
        if stopping is not None:
            stopping.best_score = torch.tensor(math.inf)
            stopping.wait_count = 0

    def _flush(self) -> None:
        done = self._steps.flush(self.epochs_done + 1)
        if done is not None:
            done = replace(done, weights=self._weights_meanwhile())
            self._folder.append_steps(done.epoch, done.steps, done.terms)
            self._folder.append_weights((int(done.steps[0]), int(done.steps[-1])), done.weights)
            self._emit(done)
            self._steps.check(done)

    def _weights_meanwhile(self) -> dict[str, tuple[float, float]]:
        """Of the first and of the last step since the last flush."""
        first, last = self._weights, self.module.model.weights()
        self._weights = last
        return {name: (first.get(name, value), value) for name, value in last.items()}

    def _look(self) -> None:
        began = time.perf_counter()
        self._emit(LookDone(self._take_look(self.epochs_done)))
        now = time.perf_counter()
        self._next_look = now + max(LOOK_EVERY_S, (now - began) / LOOK_SHARE)
        self._steps.restart_clock()

    def _take_look(self, epoch: int) -> Look:
        module = self.module
        self._looked_at = module.steps_done
        return take_look(module.model, self._watched.sample, self._watched.probes, epoch, module.steps_done)

    # Epochs

    def on_train_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Of a run that goes on: what its losses are measured by."""
        start, module = self.module.start, self.module
        if start.afresh:
            return
        if start.snapshot is not None and start.losses:
            self.best_loss = start.best_kept
            self._steps.loss_before_training = start.losses[0]
        behind = start.epoch * module.steps_per_epoch
        if any(changes_the_loss(change.values) for change in start.changes_at(behind)):
            self._begin_another_loss(trainer)
        elif start.snapshot is not None and any(changes_the_loss(change.values) for change in start.changes):
            self._steps.begin_another_scale()
        stopping = trainer.early_stopping_callback
        if stopping is not None:  # the checkpoint's patience may be another's, or at its end
            stopping.patience = module.config.early_stopping
            stopping.wait_count = stopping.wait_count if stopping.wait_count < stopping.patience else 0

    def on_validation_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        if trainer.sanity_checking:  # Lightning's check before training is our epoch 0: the model as it was born
            self._steps.loss_before_training = self.module.validation["loss"]
            self._keep_epoch(train={})

    def on_train_epoch_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        self._batches.epoch = trainer.current_epoch
        self.epochs_done = trainer.current_epoch
        self._epoch_began = time.perf_counter()
        self._steps.start_epoch()
        self.module.model.epochs_done = float(trainer.current_epoch)  # after a resume it is not known yet
        self._weights = self.module.model.weights()  # of its first step: most schedules bend where an epoch begins

    def on_train_batch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        if trainer.is_last_batch:  # before the validation is prepared: that is no time of the steps
            self._flush()

    def on_validation_batch_start(self, trainer: pl.Trainer, *_: Any) -> None:
        if trainer.world_size == 1:  # several stop together, at their next chunk of training
            self._control.check()

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        self._flush()
        self.epochs_done = trainer.current_epoch + 1
        self._control.epoch_ended()
        self.module.model.epochs_done = float(self.epochs_done)
        self.module.step_schedule()
        self._keep_epoch(train=self._steps.means())
        self._keep_checkpoints(trainer)

    def _keep_epoch(self, train: dict[str, float]) -> None:
        module, epoch = self.module, self.epochs_done
        look = self._take_look(epoch)
        snapshot = self._keep_look(look)
        if train:
            self._folder.append_epoch(epoch, module.steps_done, "train", {**train, "lr": module.learning_rate})
        self._folder.append_epoch(epoch, module.steps_done, "validation", module.validation)
        seconds = time.perf_counter() - self._epoch_began
        if train:
            self._folder.append_time(epoch, seconds)
        rate = self._steps.images_per_second if train else 0.0
        self._emit(EpochDone(epoch, train, module.validation, module.learning_rate, seconds, rate, snapshot, look))

    def _keep_look(self, look: Look) -> Path:
        """Snapshot and look of this moment, under the look's epoch."""
        self._folder.write_look(look, self._watched.sample_labels, self._watched.probe_images)
        return self._folder.write_snapshot(look.epoch, self.module.model.state_dict())

    def _keep_checkpoints(self, trainer: pl.Trainer) -> None:
        last, loss = self._folder.last_checkpoint, self.module.validation["loss"]
        best = loss < self.best_loss
        self.best_loss = min(loss, self.best_loss)  # before it is kept, so that a run that goes on knows of it
        part = last.with_name(".last.ckpt.new")
        trainer.save_checkpoint(part)
        with open(part, "rb") as file:
            write_atomic(last, lambda out: shutil.copyfileobj(file, out))
        if best:
            with open(last, "rb") as file:
                write_atomic(self._folder.best_checkpoint, lambda out: shutil.copyfileobj(file, out))
        part.unlink()

    def keep_partial_epoch(self) -> None:
        """After a stop: the model as it stands is the last, unfinished epoch's snapshot and look."""
        self._flush()
        whole_steps = self.epochs_done * self.module.steps_per_epoch
        if self.module.steps_done > whole_steps:
            look = self._take_look(self.epochs_done + 1)
            self._keep_look(look)
            self._emit(LookDone(look))
