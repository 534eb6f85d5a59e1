"""Jobs of the queue in every state, with no process behind them."""

from dataclasses import replace
from pathlib import Path

from ae_studio.sweeps.job import Job
from ae_studio.sweeps.plan import Planned
from ae_studio.training.defaults import complete

CONFIG = complete({"epochs": 8})
STATES = ("finished", "running", "waiting", "waiting", "failed", "stopped", "cancelled", "stopping")


def job(number, state, *, title="", tags=(), **changes):
    return Job(number, Planned(CONFIG, title or f"job {number}", tags), state, **changes)


def every_kind():
    """Numbers 1 to 8, in the order of ``STATES``."""
    return tuple(job(number, state) for number, state in enumerate(STATES, start=1))


def of(planned, **changes):
    """Another configuration of a job."""
    return replace(planned, planned=replace(planned.planned, config=complete({"epochs": 8, **changes})))


RUN = Path("run")
