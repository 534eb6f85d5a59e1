"""The processes of a run that neither write nor speak; what they do together is in test_processes."""

from types import SimpleNamespace

import numpy as np
import torch

from ae_studio.data.batches import TrainBatches
from ae_studio.training.bystander import Bystander
from ae_studio.training.control import RunControl


def test_a_bystander_takes_every_epochs_order_and_every_step_of_the_schedule():
    batches = TrainBatches(torch.zeros(4, 1, 2, 2, dtype=torch.uint8), np.zeros(4, np.int64), np.arange(4), 2, 0, 1)
    bystander = Bystander(batches, RunControl())
    done = []
    model = SimpleNamespace(epochs_done=0.0)
    bystander.module = SimpleNamespace(model=model, step_schedule=lambda: done.append("schedule"))
    trainer = SimpleNamespace(current_epoch=3, save_checkpoint=lambda path: done.append("checkpoint"))
    bystander.on_train_epoch_start(trainer, None)
    bystander.on_train_epoch_end(trainer, None)
    assert batches.epoch == 3
    assert model.epochs_done == 4
    assert done == ["schedule", "checkpoint"]


def test_a_stop_that_a_bystander_hears_of_is_passed_on():
    control = RunControl()
    bystander = Bystander(TrainBatches(torch.zeros(1, 1, 1, 1), np.zeros(1, np.int64), np.arange(1), 1, 0, 1), control)
    assert not bystander.stop_requested
    control.stop()
    assert bystander.stop_requested
