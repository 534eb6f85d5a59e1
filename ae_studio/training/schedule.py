"""Schedules of the learning rate, and how a run that goes on finds its place in one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import torch
from torch.optim import SGD, Optimizer
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler, ReduceLROnPlateau, StepLR

from ae_studio.config import RunConfig

Scheduler = LRScheduler | ReduceLROnPlateau
SHAPE = ("T_max", "step_size", "gamma", "factor", "patience")  # what makes a scheduler another one


def make_scheduler(optimizer: Optimizer, config: RunConfig) -> Scheduler | None:
    if config.schedule == "step":
        return StepLR(optimizer, step_size=config.schedule_epochs, gamma=config.schedule_factor)
    if config.schedule == "cosine":
        return CosineAnnealingLR(optimizer, T_max=config.epochs)
    if config.schedule == "plateau":
        return ReduceLROnPlateau(optimizer, factor=config.schedule_factor, patience=config.schedule_epochs)
    return None


def is_another(saved: Iterable[Mapping[str, Any]], config: RunConfig) -> bool:
    """Whether these schedulers of a checkpoint are not what the settings ask for."""
    wanted = make_scheduler(_stand_in([1.0]), config)
    return [_shape(state) for state in saved] != ([_shape(wanted.state_dict())] if wanted else [])


def take_place(
    optimizer: Optimizer,
    scheduler: Scheduler | None,
    config: RunConfig,
    rates: Sequence[float],
    losses: Sequence[float],
    anew: Collection[int] = (),
) -> None:
    """Optimizer and scheduler as they would be behind so many epochs as there are validation ``losses``.

    ``rates`` are the learning rates of the optimizer's groups that the schedule starts from; on a plateau, what was
    best counts no more in the epochs ``anew``. The epochs are gone through one by one, beside the optimizer, as the
    training did: a formula would be off in the last digit.
    """
    beside = _stand_in(rates)
    past = make_scheduler(beside, config)
    beside.step()  # else torch warns of a schedule that is ahead of its optimizer
    for epoch, loss in enumerate(losses, start=1):
        if isinstance(past, ReduceLROnPlateau):
            if epoch in anew:
                past.best = float("inf")
            past.step(loss)
        elif past is not None:
            past.step()
    if scheduler is not None and past is not None:
        scheduler.load_state_dict(past.state_dict())
    for group, there, rate in zip(optimizer.param_groups, beside.param_groups, rates, strict=True):
        group["lr"] = there["lr"]
        if scheduler is not None:
            group["initial_lr"] = rate


def _stand_in(rates: Sequence[float]) -> Optimizer:
    """Has learning rates, and nothing to learn."""
    return SGD([{"params": [torch.nn.Parameter(torch.zeros(()))], "lr": rate} for rate in rates])


def _shape(state: Mapping[str, Any]) -> dict[str, Any]:
    return {name: state[name] for name in SHAPE if name in state}
