"""`ae-studio`, `ae-studio open RUN`, `ae-studio --self-test`: the window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ae_studio.commands.arguments import add_command
from ae_studio.commands.codes import FAILED, say


def add(commands: Any) -> None:
    command = add_command(commands, "open", "open the window on a run")
    command.add_argument("folder", nargs="?", type=Path, metavar="RUN")  # a menu's entry may have none to give
    command.set_defaults(run=open_window)


def open_window(options: argparse.Namespace) -> int:
    if getattr(options, "self_test", False):
        return _self_test()
    reason = _why_no_window()
    if not reason:
        _load_torch_first()
        from ae_studio.gui.app import run_window

        return run_window(getattr(options, "folder", None))
    if getattr(options, "folder", None):
        return say(f"{reason}, so the window cannot be opened", FAILED)
    from ae_studio.terminal import main_job

    print(f"AE Studio: {reason}, so no window is opened; the main job is done here instead.")
    return main_job()


def _self_test() -> int:
    reason = _why_no_window()
    if reason:
        return say(f"{reason}, so there is no window to test (QT_QPA_PLATFORM=offscreen tests one in memory)", FAILED)
    _load_torch_first()
    from ae_studio.gui.self_test import run_self_test

    return run_self_test()


def _load_torch_first() -> None:
    """On Windows torch's libraries do not load behind Qt's: https://github.com/pytorch/pytorch/issues/166628."""
    if sys.platform == "win32":
        import torch  # noqa: F401


def _why_no_window() -> str:
    """Why no window can be opened here; empty where one can."""
    from ae_studio.display import draws_on_x, missing_display
    from ae_studio.system_libraries import missing_for_a_window

    return missing_display() or (missing_for_a_window() if draws_on_x() else "")
