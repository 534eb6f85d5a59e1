"""One training in the queue, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ae_studio.command import resume_command
from ae_studio.config import RunConfig
from ae_studio.sweeps.plan import Planned

State = Literal["waiting", "running", "stopping", "finished", "stopped", "failed", "cancelled"]
OVER = ("finished", "stopped", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Job:
    """``number`` is its own for good. ``run`` is its folder and ``log`` what its process says, once it has begun.

    ``gpu`` is the one it got; ``goes_on``: it is to go on with the run that it has. ``reason`` says how it ended.
    """

    number: int
    planned: Planned
    state: State = "waiting"
    reason: str = ""
    run: Path | None = None
    log: Path | None = None
    gpu: str = ""
    goes_on: bool = False

    @property
    def config(self) -> RunConfig:
        return self.planned.config

    @property
    def command(self) -> list[str]:
        """The words that train it: those of a new run, or of one that goes on in its folder."""
        if self.goes_on and self.run is not None:
            return resume_command(self.run, self.config.epochs)
        return self.planned.command

    @property
    def name(self) -> str:
        """What the user calls it, else what is trained."""
        return self.planned.title or f"{Path(self.config.model).stem} on {Path(self.config.data).stem}"

    @property
    def at_work(self) -> bool:
        """It has a process."""
        return self.state in ("running", "stopping")

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def can_go_on(self) -> bool:
        """Stopped behind a whole epoch, so that trying again need not begin anew."""
        return self.state == "stopped" and self.run is not None and (self.run / "last.ckpt").exists()
