"""The system libraries that Qt needs to open a window on Linux, and the line that installs those that are missing."""

from __future__ import annotations

import ctypes
import importlib.util
import subprocess
import sys
from pathlib import Path

from ae_studio.paths import resource


def missing_for_a_window() -> str:
    """What to install before Qt can open a window here, in one line; empty where nothing is missing.

    Asked before Qt is loaded: without them Qt ends the whole process.
    """
    plugin = _xcb_plugin()
    if plugin is None or _loads(plugin):
        return ""
    return how_to_install(plugin.parents[2]) or f"Qt needs system libraries that are not here: {_why_not(plugin)}"


def how_to_install(qt: Path) -> str:
    """The same, asked of every library that Qt has: slower, and finds all of them. ``qt`` is the folder PySide6/Qt."""
    script = ["sh", str(resource("system_libraries.sh")), "--check", str(qt)]
    try:
        said = subprocess.run(script, capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.strip().removeprefix("AE Studio: ")


def qt_folder() -> Path | None:
    """PySide6's folder of Qt; None where PySide6 is not installed. Does not load it."""
    spec = importlib.util.find_spec("PySide6")
    return Path(spec.origin).parent / "Qt" if spec and spec.origin else None


def _xcb_plugin() -> Path | None:
    """Qt's part that talks to an X screen; None where there is none, as on other systems."""
    folder = qt_folder() if sys.platform == "linux" else None
    plugin = folder / "plugins" / "platforms" / "libqxcb.so" if folder else None
    return plugin if plugin and plugin.is_file() else None


def _loads(plugin: Path) -> bool:
    return not _why_not(plugin)


def _why_not(plugin: Path) -> str:
    """What the system says about loading it. What it loads on the way is what the window loads next anyway."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error)
    return ""
