"""Which of a run's processes this one is, by what stands in the environment."""

import pytest

from ae_studio.config import ConfigError
from ae_studio.training.defaults import complete
from ae_studio.training.ranks import Ranks, find_ranks

OUTSIDE = ("LOCAL_RANK", "NODE_RANK", "GROUP_RANK", "RANK", "WORLD_SIZE", "TORCHELASTIC_RUN_ID")


@pytest.fixture(autouse=True)
def nobody_started_this(monkeypatch):
    for name in OUTSIDE:
        monkeypatch.delenv(name, raising=False)


def ranks(monkeypatch, devices=1, nodes=1, **environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, str(value))
    return find_ranks(complete({"devices": devices, "nodes": nodes}))


def test_a_run_of_one_process_is_alone_and_first(monkeypatch):
    found = ranks(monkeypatch)
    assert found == Ranks()
    assert found.alone
    assert found.first


def test_a_process_that_lightning_started_knows_its_place(monkeypatch):
    assert ranks(monkeypatch, devices=4, LOCAL_RANK=2) == Ranks(2, 4, 2, 4)
    assert ranks(monkeypatch, devices=4, nodes=2, LOCAL_RANK=2, NODE_RANK=1) == Ranks(6, 8, 2, 4)


def test_torchruns_numbers_count(monkeypatch):
    found = ranks(monkeypatch, 2, 2, TORCHELASTIC_RUN_ID="none", RANK=3, LOCAL_RANK=1, WORLD_SIZE=4)
    assert found == Ranks(3, 4, 1, 2, "torchrun")
    assert not found.first


def test_slurms_numbers_count(monkeypatch):
    found = ranks(monkeypatch, 2, 2, SLURM_STEP_ID=0, SLURM_PROCID=2, SLURM_LOCALID=0, SLURM_NTASKS=4)
    assert found == Ranks(2, 4, 0, 2, "Slurm")


def test_a_shell_inside_a_slurm_job_is_no_task_of_a_run(monkeypatch):
    slurm = {"SLURM_PROCID": 0, "SLURM_NTASKS": 4}
    assert ranks(monkeypatch, **slurm).alone
    assert ranks(monkeypatch, SLURM_STEP_ID=0, SLURM_JOB_NAME="bash", **slurm).alone


def test_more_processes_than_were_asked_for_are_refused_in_words(monkeypatch):
    with pytest.raises(ConfigError, match="torchrun started 4 processes, but devices × nodes is 1 × 1: give --devices"):
        ranks(monkeypatch, TORCHELASTIC_RUN_ID="none", RANK=3, LOCAL_RANK=1, WORLD_SIZE=4)
