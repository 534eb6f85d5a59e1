"""Schedules, and the place of a run in one: measured by going through it."""

import pytest
import torch

from ae_studio.training.defaults import complete
from ae_studio.training.schedule import is_another, make_scheduler, take_place

LOSSES = [9.0, 8.0, 8.5, 8.5, 8.5, 7.0, 7.0, 7.0]


def adam(lr=0.1):
    return torch.optim.Adam([torch.nn.Parameter(torch.zeros(2))], lr=lr)


def settings(schedule):
    return complete({"schedule": schedule, "schedule_epochs": 2, "schedule_factor": 0.3, "epochs": 10, "lr": 0.1})


def gone_through(config, losses):
    """Optimizer and scheduler of a training that had these losses."""
    optimizer = adam()
    scheduler = make_scheduler(optimizer, config)
    optimizer.step()
    for loss in losses:
        scheduler.step(*([loss] if config.schedule == "plateau" else []))
    return optimizer, scheduler


@pytest.mark.parametrize("schedule", ["step", "cosine", "plateau"])
def test_a_run_that_takes_its_place_goes_on_as_one_that_was_there(schedule):
    config = settings(schedule)
    optimizer = adam()
    scheduler = make_scheduler(optimizer, config)
    take_place(optimizer, scheduler, config, [0.1], LOSSES[:5])
    optimizer.step()
    there, there_too = gone_through(config, LOSSES[:5])
    for loss in LOSSES[5:]:
        assert optimizer.param_groups[0]["lr"] == there.param_groups[0]["lr"]
        for each in (scheduler, there_too):
            each.step(*([loss] if schedule == "plateau" else []))
    assert optimizer.param_groups[0]["lr"] == there.param_groups[0]["lr"] < 0.1


def test_what_was_best_on_a_plateau_counts_no_more_once_the_loss_is_another():
    config, optimizer = settings("plateau"), adam()
    take_place(optimizer, make_scheduler(optimizer, config), config, [0.1], [1.0, 9.0, 9.0, 9.0], anew={2})
    assert optimizer.param_groups[0]["lr"] == 0.1
    take_place(optimizer, make_scheduler(optimizer, config), config, [0.1], [1.0, 9.0, 9.0, 9.0])
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.03)


def test_without_a_schedule_the_rates_are_those_given():
    optimizer = adam(0.5)
    take_place(optimizer, None, settings("none"), [0.1], LOSSES)
    assert optimizer.param_groups[0]["lr"] == 0.1


def test_a_schedule_that_is_another_is_noticed():
    saved = [gone_through(settings("cosine"), LOSSES)[1].state_dict()]
    assert not is_another(saved, settings("cosine"))
    assert is_another(saved, settings("cosine").model_copy(update={"epochs": 12}))
    assert is_another(saved, settings("step"))
    assert is_another(saved, settings("none"))
    assert is_another([], settings("step"))
    assert not is_another([], settings("none"))
