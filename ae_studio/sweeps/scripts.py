"""A sweep for machines beyond this one: a list of commands, or an array job for Slurm. Knows no torch."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Protocol

from ae_studio.command import as_text
from ae_studio.sweeps.plan import Planned

SCRIPT = """\
#!/bin/bash
#SBATCH --job-name={name}
#SBATCH --array=0-{last}{limit}
#SBATCH --output={name}_%A_%a.log
#SBATCH --ntasks=1
{options}
# {told}. Submit it with: sbatch THIS_FILE
# ae-studio must be on the PATH of the nodes. Runs go into AE_STUDIO_RUNS: name a folder that all nodes share,
# and data sets are read from AE_STUDIO_DATA.
# export AE_STUDIO_RUNS=/shared/runs
# export AE_STUDIO_DATA=/shared/data

set -euo pipefail

mapfile -t commands <<'END_OF_COMMANDS'
{commands}
END_OF_COMMANDS

task="${{SLURM_ARRAY_TASK_ID:?submit this script with sbatch}}"
echo "${{commands[task]}}"
eval "srun ${{commands[task]}}"
"""


class Trainable(Protocol):
    """A planned run, or a job of the queue."""

    @property
    def command(self) -> list[str]: ...


def command_lines(runs: Sequence[Trainable]) -> str:
    """A command a line, for a shell of this system; none names a path of this machine but those that were given."""
    return "\n".join(as_text(run.command) for run in runs)


def slurm_script(tag: str, told: str, runs: Sequence[Planned], at_once: int = 0, options: Sequence[str] = ()) -> str:
    """An array job with a task a run; at most ``at_once`` of them at the same time, 0: as many as Slurm lets.

    ``options`` are further ones of sbatch's, like ``--time=02:00:00``; the dashes may be left out.
    """
    further = [option if option.startswith("-") else f"--{option}" for option in options]
    return SCRIPT.format(
        name="ae-" + re.sub(r"[^\w.-]+", "-", tag),
        last=len(runs) - 1,
        limit=f"%{at_once}" if at_once else "",
        options="".join(f"#SBATCH {option}\n" for option in further),
        told=told,
        commands="\n".join(shlex.join(run.command) for run in runs),
    )
