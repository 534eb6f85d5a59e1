"""What the processes of a run do beside training that neither write nor speak."""

from __future__ import annotations

from ae_studio.data.batches import TrainBatches
from ae_studio.events import StepSeen
from ae_studio.lightning import pl
from ae_studio.models.base import Terms
from ae_studio.training.control import RunControl
from ae_studio.training.module import TrainingModule


class Bystander(pl.Callback):
    """Keeps step with :class:`~ae_studio.training.observer.RunObserver`, which the first process has."""

    module: TrainingModule

    def __init__(self, batches: TrainBatches, control: RunControl) -> None:
        self._batches = batches
        self._control = control

    @property
    def stop_requested(self) -> bool:
        return self._control.stop_requested

    @property
    def inspecting(self) -> bool:
        """Steps of several processes are not told from the inside."""
        return False

    def tell_step(self, seen: StepSeen) -> None:
        """There is nobody to tell."""

    def before_step(self) -> None:
        """There is nobody here to pause for."""

    def after_step(self, step: int, terms: Terms, images: int) -> None:
        """The first process has the same terms, and tells them."""

    def on_train_epoch_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        self._batches.epoch = trainer.current_epoch

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        self.module.model.epochs_done = float(trainer.current_epoch + 1)
        self.module.step_schedule()
        trainer.save_checkpoint("last.ckpt")  # every process takes part; only the first writes, and knows where to

    def keep_partial_epoch(self) -> None:
        """The first process does."""
