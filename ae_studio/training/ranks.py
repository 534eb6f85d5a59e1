"""Which of a run's processes this one is: alone, Lightning's own, torchrun's or Slurm's."""

from __future__ import annotations

import os
from dataclasses import dataclass

from ae_studio.config import ConfigError, RunConfig


@dataclass(frozen=True, slots=True)
class Ranks:
    """``rank`` counts from 0 over all machines, ``local_rank`` on this one, where ``devices`` processes run.

    ``starter`` is torchrun or Slurm; empty where Lightning starts the others itself.
    """

    rank: int = 0
    world: int = 1
    local_rank: int = 0
    devices: int = 1
    starter: str = ""

    @property
    def first(self) -> bool:
        """The one that writes the run folder and speaks."""
        return self.rank == 0

    @property
    def alone(self) -> bool:
        return self.world == 1


def find_ranks(config: RunConfig) -> Ranks:
    """As the environment says. Raises :class:`ConfigError` where it has started more or fewer than are configured."""
    world = config.devices * config.nodes
    started = _started_from_outside()
    if started is not None:
        starter, rank, local_rank, there = started
        if there != world:
            raise ConfigError(
                f"{starter} started {there} processes, but devices × nodes is {config.devices} × {config.nodes}: "
                f"give --devices (processes on a machine) and --nodes (machines) that multiply to {there}"
            )
        return Ranks(rank, world, local_rank, config.devices, starter if world > 1 else "")
    if world == 1:
        return Ranks()
    local_rank = _number("LOCAL_RANK")
    node = _number("NODE_RANK", _number("GROUP_RANK"))
    return Ranks(node * config.devices + local_rank, world, local_rank, config.devices)


def _started_from_outside() -> tuple[str, int, int, int] | None:
    """Who started this process, its rank, its rank on this machine, how many there are; None for nobody."""
    if "TORCHELASTIC_RUN_ID" in os.environ:
        return "torchrun", _number("RANK"), _number("LOCAL_RANK"), _number("WORLD_SIZE", 1)
    # A shell inside an allocation has Slurm's variables too, but only srun starts tasks, each with a step's number.
    if "SLURM_STEP_ID" in os.environ and "SLURM_PROCID" in os.environ and not _interactive():
        tasks = _number("SLURM_STEP_NUM_TASKS", _number("SLURM_NTASKS", 1))
        return "Slurm", _number("SLURM_PROCID"), _number("SLURM_LOCALID"), tasks
    return None


def _interactive() -> bool:
    """``srun --pty bash``: a task, but of a person's; Lightning draws the same line."""
    return os.environ.get("SLURM_JOB_NAME") in ("bash", "interactive")


def _number(variable: str, otherwise: int = 0) -> int:
    value = os.environ.get(variable, "")
    return int(value) if value.isdecimal() else otherwise
