"""What the window asks of the engine, a function for each.

The engine (torch and Lightning) takes seconds to load, so each function imports it inside itself; most of them run in
a worker's thread.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ae_studio.config import RunConfig
from ae_studio.events import OnEvent, RunEnded
from ae_studio.training.live import Change

if TYPE_CHECKING:
    from ae_studio.runs.branching import Ready
    from ae_studio.runs.opening import OpenedRun
    from ae_studio.training.control import RunControl

First = Literal["all", "epoch", "step", "seen step"]
"""How much is trained before a run pauses: all of it, an epoch, a step, or one that is told from the inside."""


def load_engine() -> dict[str, str]:
    """Which devices cannot be used, and why not."""
    import ae_studio.training.train  # noqa: F401  # torch and Lightning
    from ae_studio.torch_setup import compute_on_one_thread
    from ae_studio.training.devices import unavailable_devices

    compute_on_one_thread()  # this thread's own errands: runs from the disk, pictures
    gc.freeze()  # torch's 400,000 objects stay for good: looking through them again and again would stop the window
    return unavailable_devices()


def new_control(first: First = "all") -> RunControl:
    """Of a run that is to be trained; its settings can be changed."""
    from ae_studio.training.control import RunControl

    control = RunControl(live=True)
    if first == "epoch":
        control.epoch()
    elif first != "all":
        control.step(seen=first == "seen step")
    return control


def control_of_watching() -> RunControl:
    """Of a run that another process trains: it can only be left alone."""
    from ae_studio.training.control import RunControl

    return RunControl()


def train(config: RunConfig, control: RunControl, changes: tuple[Change, ...], on_event: OnEvent) -> RunEnded:
    from ae_studio.training.train import train

    return train(config, on_event, control, changes=changes)


def go_on(ready: Ready, control: RunControl, on_event: OnEvent) -> RunEnded:
    from ae_studio.training.train import train

    return train(ready.config, on_event, control, resume=ready.opened.path)


def watch(path: Path, control: RunControl, options: dict[str, Any], on_event: OnEvent) -> RunEnded:
    """``options``: those of :func:`ae_studio.runs.watching.watch`."""
    from ae_studio.runs.watching import watch
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
    return watch(path, on_event, control, **options)


def open_run(path: Path) -> OpenedRun:
    from ae_studio.runs.opening import open_run

    return open_run(path)


def save_pictures(path: Path) -> list[Path]:
    """Of a run, in its folder."""
    from ae_studio.export.pictures import export_pictures
    from ae_studio.runs.recorded import RecordedRun

    return export_pictures(RecordedRun(path))
