"""What this machine has to train on: GPUs and cores, and what each of several trainings at once gets of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ae_studio.config import RunConfig

# What the libraries beneath torch ask how many threads to make; the user's own word stands.
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS")
GPUS = "CUDA_VISIBLE_DEVICES"


@dataclass(frozen=True, slots=True)
class Machine:
    """``gpus`` by the names under which CUDA takes them; ``cores`` of this process's."""

    gpus: tuple[str, ...] = ()
    cores: int = 1

    @property
    def usual_workers(self) -> int:
        """Trainings at the same time, where nobody says otherwise."""
        return max(1, len(self.gpus))

    @property
    def most_workers(self) -> int:
        return max(self.cores, len(self.gpus))

    @property
    def why_so_many(self) -> str:
        """Why ``usual_workers`` are so many, in words."""
        if self.gpus:
            return "one on each GPU" if len(self.gpus) > 1 else "one, since there is one GPU"
        return "one, since several on the same cores take longer each"

    def takes_gpu(self, config: RunConfig) -> bool:
        """Whether this run gets a GPU of its own; one over several devices sees them all."""
        return bool(self.gpus) and config.device in ("auto", "cuda") and config.devices * config.nodes == 1

    def free_gpu(self, in_use: Sequence[str]) -> str:
        """The one with the fewest trainings, of several the first."""
        return min(self.gpus, key=in_use.count)

    def environment(self, workers: int, gpu: str = "") -> dict[str, str]:
        """Of one of so many trainings at once: its GPU, and its share of the cores, so that they do not fight."""
        variables = {GPUS: gpu} if gpu else {}
        if workers > 1:
            threads = str(max(1, self.cores // workers))
            variables |= {name: threads for name in THREADS if name not in os.environ}
        return variables


def find_machine(environment: Mapping[str, str] = os.environ) -> Machine:
    """This one. Loads torch only where there may be an NVIDIA GPU."""
    return Machine(_gpus(environment), cores())


def cores() -> int:
    """Those that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _gpus(environment: Mapping[str, str]) -> tuple[str, ...]:
    if not (shutil.which("nvidia-smi") or Path("/dev/nvidiactl").exists()):
        return ()
    from ae_studio.training.devices import gpu_count

    count = gpu_count()
    named = [name.strip() for name in environment.get(GPUS, "").split(",") if name.strip()]
    return tuple(named[:count] if named else map(str, range(count)))
