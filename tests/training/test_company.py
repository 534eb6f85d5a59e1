"""Processes that were never started; those that were are in test_processes.py."""

import pytest
import torch

from ae_studio.events import RunEnded
from ae_studio.training import company as module
from ae_studio.training.company import Company
from ae_studio.training.control import TrainingStopped
from ae_studio.training.devices import Place
from ae_studio.training.ranks import Ranks
from ae_studio.training.run_folder import RunFolder

CPU = Place("cpu", torch.device("cpu"), "32-true", "CPU", "32")
GPU = Place("gpu", torch.device("cuda"), "32-true", "GPU", "32")


class Others:
    """In the place of the processes: how they were ended."""

    def __init__(self, on_death, process_group_backend):
        self.on_death, self.backend = on_death, process_group_backend
        self.ended, self.killed = [], 0

    def end_all(self, *, in_order):
        self.ended.append(in_order)

    def kill_all(self):
        self.killed += 1

    def how_one_died(self):
        return "process 1 was ended by SIGKILL"


@pytest.fixture
def others(monkeypatch):
    monkeypatch.setattr(module, "Processes", Others)


def company(told=None, place=CPU):
    return Company(Ranks(world=2), place, (told if told is not None else []).append)


def test_a_process_that_is_alone_has_nobody_to_end():
    alone = Company(Ranks(), CPU, print)
    assert alone.strategy(None) == "auto"
    with alone.ending_all():
        pass
    assert alone.how_one_died() == ""


@pytest.mark.parametrize(("place", "backend"), [(CPU, "gloo"), (GPU, "nccl")])
def test_they_talk_in_the_way_of_their_device(others, place, backend):
    assert company(place=place).strategy(None).backend == backend


@pytest.mark.parametrize(
    ("error", "in_order"), [(None, True), (TrainingStopped, True), (KeyboardInterrupt, False), (ValueError, False)]
)
def test_all_end_with_this_one_and_hear_whether_that_was_in_order(others, error, in_order):
    made = company()
    processes = made.strategy(None)
    if error is None:
        with made.ending_all():
            pass
    else:
        with pytest.raises(error), made.ending_all():
            raise error
    assert processes.ended == [in_order]
    assert made.how_one_died() == "process 1 was ended by SIGKILL"


@pytest.mark.parametrize("broken", [False, True])
def test_where_one_dies_and_the_training_hangs_the_end_is_told_kept_and_all_are_killed(
    others, tmp_path, monkeypatch, broken
):
    codes, told = [], []
    monkeypatch.setattr(module.os, "_exit", codes.append)
    folder = RunFolder.create(tmp_path / "run")
    made = company(told)
    processes = made.strategy(folder)
    if broken:
        monkeypatch.setattr(folder, "write_ended", lambda ended: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            processes.on_death("process 1 fell silent")
    else:
        processes.on_death("process 1 fell silent")
        assert "process 1 fell silent" in (tmp_path / "run" / "ended.json").read_text()
    folder.close()
    [ended] = told
    assert isinstance(ended, RunEnded)
    assert (ended.outcome, ended.run) == ("failed", tmp_path / "run")
    assert "process 1 fell silent" in ended.reason
    assert (processes.killed, codes) == (1, [1])
