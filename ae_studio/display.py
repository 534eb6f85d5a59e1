"""Whether there is a screen to open a window on."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path


def draws_on_x() -> bool:
    """Whether a window here would be one of the X Window System."""
    return sys.platform.startswith("linux") and _platform() == "xcb" and not os.environ.get("WAYLAND_DISPLAY")


def _platform() -> str:
    return os.environ.get("QT_QPA_PLATFORM", "xcb").split(":")[0]


def missing_display() -> str:
    """Why no window can be opened here, in words; empty where one can.

    Asked before Qt is loaded: without a display Qt ends the whole process.
    """
    if not sys.platform.startswith("linux") or _platform() not in ("xcb", "wayland"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local and not Path(f"/tmp/.X11-unix/X{local[1]}").exists():
        return f"the display {display} cannot be reached"
    return ""
