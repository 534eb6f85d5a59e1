"""The step: what Lightning runs for every batch of training and of validation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Protocol

import torch
from torch import Tensor
from torch.optim.lr_scheduler import ReduceLROnPlateau

from ae_studio.config import RunConfig, check
from ae_studio.data.batches import Armful, Chunk
from ae_studio.data.share import ALL, Part, Share
from ae_studio.events import SettingValue, StepSeen
from ae_studio.latent.evaluation import EVALUATION_SEED, MeanTerms, evaluation_terms
from ae_studio.lightning import pl
from ae_studio.models.base import Autoencoder, Terms, minimised
from ae_studio.models.noise import rows_of_a_batch
from ae_studio.models.pixels import to_unit
from ae_studio.training.anatomy import Anatomy
from ae_studio.training.checkpoint import OWN_KEY
from ae_studio.training.control import TrainingStopped
from ae_studio.training.live import changed
from ae_studio.training.randomness import begin_stream, random_state, set_random_state
from ae_studio.training.schedule import is_another, make_scheduler, take_place
from ae_studio.training.start import Start

CHUNK = 8  # mini-batches that are read at once: one index operation for all, and still small enough for a cache
SHARED_CHUNK = 16  # of several processes, which tell their terms and hear of a stop once a chunk
ARMFUL = 64  # chunks in one batch of Lightning's: its 0.6 ms, two steps of the linear model, are paid once

VALIDATION_LOSS = "validation_loss"  # what early stopping and schedules watch


class StepObserver(Protocol):
    """Who watches single steps. Terms are tensors on the training device: nothing in a step waits for the device."""

    def before_step(self) -> None:
        """May wait (pause) and may raise (stop)."""

    def after_step(self, step: int, terms: Terms, images: int) -> None: ...

    def tell_step(self, seen: StepSeen) -> None: ...

    @property
    def inspecting(self) -> bool:
        """Whether the step at hand is to be told from the inside."""

    @property
    def stop_requested(self) -> bool: ...


class TrainingModule(pl.LightningModule):
    """Steps a model through armfuls of chunks of mini-batches, by manual optimisation.

    Of several processes each takes its ``share`` of every batch, and all see the terms of the whole batch.
    ``steps_done`` counts training steps over the whole run; ``validation`` holds the last validation's mean terms.
    """

    def __init__(
        self,
        model: Autoencoder[Any],
        config: RunConfig,
        steps_per_epoch: int,
        observer: StepObserver,
        share: Share = ALL,
    ) -> None:
        super().__init__()
        self.automatic_optimization = False
        self.model = model
        self.config = config
        self.steps_per_epoch = steps_per_epoch
        self.steps_done = 0
        self.start = Start()
        self.validation: dict[str, float] = {}
        self._observer = observer
        self._share = share
        self._means = MeanTerms()
        self._is_cast = False  # whether steps are computed in 16 bits, where that is safe
        self._stream: dict[str, Tensor] = {}
        self._has_place = True  # in the schedule: a checkpoint knows it, unless the schedule is another now

    def training_step(self, armful: Armful, batch_idx: int) -> None:
        self._is_cast = torch.is_autocast_enabled(self.device.type)
        for images, labels, total in armful:
            if self._share.ranks > 1:
                self._shared_steps(images, labels.to(self.device), total)
            else:
                self._steps(images, labels.to(self.device))

    def _steps(self, images: Tensor, labels: Tensor) -> None:
        size, observer = self.config.batch_size, self._observer
        for batch, classes in zip(torch.split(images, size), torch.split(labels, size), strict=True):
            observer.before_step()
            terms = self._seen_step(batch, classes) if observer.inspecting else self._step(batch, classes)
            observer.after_step(self.steps_done, terms, len(batch))

    def _seen_step(self, images: Tensor, labels: Tensor) -> Terms:
        """The same step, told from the inside."""
        rate = self.learning_rate
        with Anatomy(self.model) as anatomy:
            terms = self._step(images, labels, anatomy=anatomy)
        epoch = (self.steps_done - 1) // self.steps_per_epoch + 1
        self._observer.tell_step(anatomy.seen(epoch, self.steps_done, terms, self.config.clip, rate))
        return terms

    def _shared_steps(self, images: Tensor, labels: Tensor, total: int) -> None:
        """This process's rows of a chunk of ``total`` images; the gradients are averaged over all processes."""
        global_batch = self.config.batch_size * self._share.ranks
        parts = [self._share.part(min(global_batch, total - start)) for start in range(0, total, global_batch)]
        sizes = [part.stop - part.start for part in parts]
        cut = zip(torch.split(images, sizes), torch.split(labels, sizes), parts, strict=True)
        steps = [self._step(batch, classes, part) for batch, classes, part in cut]
        self._tell_all(steps, parts)

    def _tell_all(self, steps: list[Terms], parts: list[Part]) -> None:
        """One reduction a chunk: the terms of the whole batches, and whether any of the processes is to stop."""
        names = list(steps[0])
        weighted = [
            terms[name].detach().float() * part.images
            for terms, part in zip(steps, parts, strict=True)
            for name in names
        ]
        wish = torch.tensor(float(self._observer.stop_requested), device=self.device)
        *_, wishes = reduced = self._total(torch.stack([*weighted, wish]))
        for index, part in enumerate(parts):
            values = reduced[index * len(names) : (index + 1) * len(names)] / part.size
            step = self.steps_done - len(parts) + index + 1
            self._observer.after_step(step, dict(zip(names, values, strict=True)), part.size)
        if wishes > 0:  # all at the same step: one that stopped alone would leave the others waiting
            raise TrainingStopped

    def _total(self, values: Tensor) -> Tensor:
        """Summed over the processes."""
        total: Any = self.trainer.strategy.reduce(values, reduce_op="sum")
        return total

    def _step(self, images: Tensor, labels: Tensor, part: Part | None = None, anatomy: Anatomy | None = None) -> Terms:
        optimizer: Any = self.optimizers(use_pl_optimizer=False)
        # Past the modules' own way of setting a value, which looks whether it is a weight: a hundredth of a small step.
        vars(self.model)["epochs_done"] = self.steps_done / self.steps_per_epoch
        if part is None:
            x = to_unit(images, self.device)
            if anatomy is not None:
                anatomy.begin(images, x, labels)
            terms = self.model.terms_given(x, labels)
            optimizer.zero_grad()
            # Not Lightning's manual_backward: it adds 0.04 ms, a tenth of a small model's step, to scale fp16 losses.
            minimised(terms).backward()
        else:
            with rows_of_a_batch(part.start, part.stop, part.size):
                terms = self.model.terms_given(to_unit(images, self.device), labels)
            optimizer.zero_grad()
            # The mean over the whole batch, from means over parts that may differ by an image in size.
            self.manual_backward(minimised(terms) * (part.images * self._share.ranks / part.size))
        if anatomy is not None:
            anatomy.take_gradients()
        if self.config.clip > 0:
            for group in optimizer.param_groups:
                torch.nn.utils.clip_grad_norm_(group["params"], self.config.clip)
        optimizer.step()
        if self._is_cast:
            # Lightning opens one autocast region around the whole armful, and a region keeps its 16-bit copies of the
            # weights: without this, all mini-batches but the first would be computed with old weights.
            torch.clear_autocast_cache()
        vars(self)["steps_done"] += 1
        return terms

    def on_validation_epoch_start(self) -> None:
        self._means = MeanTerms()
        # Kept by hand, not by a context: a stop would leave that open, to be closed by its collection in a later run.
        self._stream = random_state(self.device)
        torch.manual_seed(EVALUATION_SEED)

    def validation_step(self, batch: Chunk, batch_idx: int) -> None:
        images, labels, size = batch
        part = self._share.part(size)
        with rows_of_a_batch(part.start, part.stop, size):
            self._means.add(evaluation_terms(self.model, images, labels), part.images)

    def on_validation_epoch_end(self) -> None:
        set_random_state(self._stream, self.device)
        alone = self._share.ranks == 1
        self.validation = self._means.values() if alone else self._means.values_of_all(self._total)
        self.log(VALIDATION_LOSS, self.validation["loss"])

    def on_save_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        checkpoint[OWN_KEY] = {"steps_done": self.steps_done, "rng": random_state(self.device)}

    def on_load_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        saved = checkpoint[OWN_KEY]
        self.steps_done = saved["steps_done"]
        set_random_state(saved["rng"], self.device)
        if is_another(checkpoint["lr_schedulers"], self.config):
            checkpoint["lr_schedulers"], self._has_place = [], False

    def on_train_start(self) -> None:
        """A run that goes on: what no checkpoint has put in its place is put there."""
        start = self.start
        if start.snapshot is not None:
            self.steps_done, self._has_place = start.epoch * self.steps_per_epoch, False
            begin_stream(self.config.seed, start.epoch)
        if not self._has_place:
            self._take_place(start)
        if not start.afresh:
            for change in start.changes_at(self.steps_done):
                self.change(change.values)

    def _take_place(self, start: Start) -> None:
        groups = self.model.parameter_groups(self.config.lr, self.config.weight_decay)
        rates = [group.get("lr", self.config.lr) for group in groups]
        optimizer: Any = self.optimizers(use_pl_optimizer=False)
        scheduler: Any = self.lr_schedulers()
        anew = start.epochs_of_another_loss(self.steps_per_epoch)
        take_place(optimizer, scheduler, self.config, rates, start.past_losses, anew)

    def change(self, values: Mapping[str, SettingValue]) -> None:
        """Other values of settings, from the next step on. Raises :class:`ConfigError` for those that cannot be.

        A learning rate that a schedule has lowered is scaled as the base that it came from.
        """
        before, config = self.config, changed(self.config, values)
        old = self.model.parameter_groups(before.lr, before.weight_decay)
        self.config = config
        self.model.settings = check(type(self.model.settings), config.settings)
        new = self.model.parameter_groups(config.lr, config.weight_decay)
        optimizer: Any = self.optimizers(use_pl_optimizer=False)
        scheduler: Any = self.lr_schedulers()
        for number, (group, was, now) in enumerate(zip(optimizer.param_groups, old, new, strict=True)):
            base, wanted = was.get("lr", before.lr), now.get("lr", config.lr)
            group["lr"] = wanted if group["lr"] == base else group["lr"] * (wanted / base)
            group["weight_decay"] = now["weight_decay"]
            if "initial_lr" in group:
                group["initial_lr"] = wanted
            if hasattr(scheduler, "base_lrs"):
                scheduler.base_lrs[number] = wanted
        if isinstance(scheduler, ReduceLROnPlateau) and config.settings != before.settings:
            scheduler.best = math.inf  # of another loss

    def configure_optimizers(self) -> Any:
        # The fused Adam updates all weights in one call: a third of a small model's step.
        groups = self.model.parameter_groups(self.config.lr, self.config.weight_decay)
        optimizer = torch.optim.Adam(groups, lr=self.config.lr, fused=True)
        scheduler = make_scheduler(optimizer, self.config)
        if scheduler is None:
            return {"optimizer": optimizer}
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": scheduler, "monitor": VALIDATION_LOSS}}

    def step_schedule(self) -> None:
        """Once an epoch, after the validation."""
        scheduler: Any = self.lr_schedulers()
        if isinstance(scheduler, ReduceLROnPlateau):
            scheduler.step(self.validation["loss"])
        elif scheduler is not None:
            scheduler.step()

    @property
    def learning_rate(self) -> float:
        optimizer: Any = self.optimizers(use_pl_optimizer=False)
        return float(optimizer.param_groups[0]["lr"])
