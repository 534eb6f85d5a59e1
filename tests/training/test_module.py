import pytest
import torch

from ae_studio.data.batches import Armful
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete
from ae_studio.training.module import TrainingModule
from ae_studio.training.schedule import make_scheduler

SMALL = {"model": "linear", "settings": {}}


class Counting:
    """An observer that keeps what it is told."""

    inspecting = False

    def __init__(self):
        self.seen = []

    def before_step(self):
        self.seen.append("before")

    def after_step(self, step, terms, images):
        self.seen.append((step, images, terms["loss"].item()))


def optimizer(lr=1.0):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)


def rates(config, epochs, losses=None):
    """The learning rate of each epoch."""
    adam = optimizer(config.lr)
    scheduler = make_scheduler(adam, config)
    seen = []
    for epoch in range(epochs):
        seen.append(adam.param_groups[0]["lr"])
        adam.step()
        if losses is not None:
            scheduler.step(losses[epoch])
        elif scheduler is not None:
            scheduler.step()
    return seen


def test_without_a_schedule_there_is_no_scheduler():
    assert make_scheduler(optimizer(), complete(SMALL)) is None


def test_steps_multiply_every_few_epochs():
    config = complete({**SMALL, "lr": 0.8, "schedule": "step", "schedule_epochs": 2, "schedule_factor": 0.5})
    assert rates(config, 5) == pytest.approx([0.8, 0.8, 0.4, 0.4, 0.2])


def test_a_cosine_falls_to_zero_at_the_last_epoch():
    config = complete({**SMALL, "lr": 0.8, "schedule": "cosine", "epochs": 4})
    assert rates(config, 5) == pytest.approx([0.8, 0.8 * 0.853553, 0.4, 0.8 * 0.146447, 0.0], rel=1e-4)


def test_a_plateau_waits_for_its_patience():
    config = complete({**SMALL, "lr": 0.8, "schedule": "plateau", "schedule_epochs": 1, "schedule_factor": 0.1})
    assert rates(config, 5, losses=[5, 5, 5, 5, 5]) == pytest.approx([0.8, 0.8, 0.8, 0.08, 0.08])


def test_a_chunk_is_stepped_through_in_mini_batches_and_each_is_told():
    config = complete({**SMALL, "batch_size": 8})
    observer = Counting()
    module = TrainingModule(build_model(config, (1, 4, 4)), config, 3, observer)
    adam = torch.optim.Adam(module.parameters(), lr=0.01)
    module.optimizers = lambda use_pl_optimizer=False: adam
    module.manual_backward = lambda loss: loss.backward()
    chunk = (torch.randint(0, 256, (20, 1, 4, 4), dtype=torch.uint8), torch.zeros(20, dtype=torch.int64), 20)
    module.training_step(Armful(iter([chunk])), 0)
    told = [entry for entry in observer.seen if entry != "before"]
    assert [(step, images) for step, images, _ in told] == [(1, 8), (2, 8), (3, 4)]
    assert observer.seen[::2] == ["before"] * 3
    assert module.steps_done == 3
    assert module.model.epochs_done == pytest.approx(2 / 3)  # as the last step began
