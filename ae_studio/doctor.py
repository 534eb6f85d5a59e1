"""What is installed here, what is missing, and what to do about it: ``ae-studio doctor``."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from ae_studio import __version__
from ae_studio.data.catalog import DATASETS, on_disk
from ae_studio.display import missing_display
from ae_studio.paths import data_root, runs_root
from ae_studio.system_libraries import how_to_install, qt_folder

PACKAGES = (
    *("torch", "torchvision", "pytorch-lightning", "torchmetrics", "PySide6-Essentials", "pyqtgraph"),
    *("numpy", "scikit-learn", "pydantic", "safetensors", "matplotlib"),
)
WINDOW_ONLY = ("PySide6-Essentials", "pyqtgraph")
STOLEN = "was a malicious upload: take it off this machine, change what passwords and keys it could read"
KNOWN_BAD = {
    ("pytorch-lightning", "2.6.2"): STOLEN,
    ("pytorch-lightning", "2.6.3"): STOLEN,
    ("PySide6-Essentials", "6.12.0"): "ends the process below Python 3.12: pip install 'PySide6-Essentials<6.12'",
}
LEAST_FREE = 1e9  # bytes below which a run or a download may not fit

State = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``advice`` says what to do, where there is something."""

    section: str
    name: str
    value: str
    state: State = "ok"
    advice: str = ""


def examine() -> list[Finding]:
    """Looks at everything; takes the seconds that importing torch takes. Changes nothing, and never raises."""
    sections: dict[str, Callable[[], Iterator[Finding]]] = {
        "Versions": _versions,
        "Computing": _computing,
        "Window": _window,
        "Folders": _folders,
    }
    return [finding for name, look in sections.items() for finding in _careful(name, look)]


def healthy(findings: list[Finding]) -> bool:
    return not any(finding.state == "problem" for finding in findings)


def as_text(findings: list[Finding]) -> str:
    """For people: a heading a section, a line a finding, advice below it."""
    lines: list[str] = []
    section = ""
    for finding in findings:
        if finding.section != section:
            section = finding.section
            lines += ["", section] if lines else [section]
        mark = {"ok": " ", "note": "-", "problem": "!"}[finding.state]
        lines.append(f" {mark} {finding.name:<22} {finding.value}")
        if finding.advice:
            lines.append(f"     {finding.advice}")
    problems = sum(finding.state == "problem" for finding in findings)
    lines += ["", f"{problems} problem{'s' * (problems != 1)}, marked with !" if problems else "All is well."]
    return "\n".join(lines)


def as_values(findings: list[Finding]) -> dict[str, Any]:
    """For JSON."""
    return {"healthy": healthy(findings), "findings": [asdict(finding) for finding in findings]}


def _careful(section: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A doctor who falls ill is of no use: whatever goes wrong is a finding."""
    try:
        yield from look()
    except Exception as error:
        yield Finding(section, "could not be examined", f"{type(error).__name__}: {error}", "problem")


def _versions() -> Iterator[Finding]:
    yield Finding("Versions", "AE Studio", __version__)
    yield Finding("Versions", "Python", f"{platform.python_version()}, {platform.system()} {platform.machine()}")
    for name in PACKAGES:
        yield _package(name)


def _package(name: str) -> Finding:
    try:
        found = version(name)
    except PackageNotFoundError:
        if name in WINDOW_ONLY:
            return Finding("Versions", name, "not installed", "note", "only the window needs it")
        return Finding("Versions", name, "not installed", "problem", "pip install ae-studio brings it")
    bad = KNOWN_BAD.get((name, found))
    if bad and not (name == "PySide6-Essentials" and sys.version_info >= (3, 12)):
        return Finding("Versions", name, found, "problem", f"{found} {bad}")
    return Finding("Versions", name, found)


def _computing() -> Iterator[Finding]:
    from ae_studio import torch_setup

    torch_setup.prepare()
    from ae_studio.training.devices import unavailable_devices

    together = "of different builds; AE Studio gets along with that" if torch_setup.guarded() else "fit together"
    yield Finding("Computing", "torch and torchvision", together, "note" if torch_setup.guarded() else "ok")
    yield Finding("Computing", "cpu", f"{os.cpu_count()} cores, {torch_setup.compute_threads()} compute")
    missing = unavailable_devices()
    for name in ("cuda", "mps"):
        yield Finding("Computing", name, missing.get(name, "usable"), "note" if name in missing else "ok")


def _window() -> Iterator[Finding]:
    reason = missing_display()
    advice = "without one, `ae-studio train` and the library do the same work" if reason else ""
    yield Finding("Window", "display", reason or "there is one", "note" if reason else "ok", advice)
    folder = qt_folder()
    if folder is None:
        return
    names = sorted(path.stem.removeprefix("libq").removeprefix("q") for path in _platforms(folder))
    yield Finding("Window", "Qt plug-ins", ", ".join(names) or "none", "ok" if names else "problem")
    if sys.platform == "linux":
        line = how_to_install(folder)
        yield Finding("Window", "system libraries", line or "all there", "problem" if line else "ok")


def _platforms(qt: Path) -> list[Path]:
    """Qt's platform plug-ins, wherever this system's PySide6 keeps them."""
    folders = (qt / "plugins" / "platforms", qt.parent / "plugins" / "platforms")
    return [path for folder in folders if folder.is_dir() for path in folder.iterdir()]


def _folders() -> Iterator[Finding]:
    for name, folder in (("data sets", data_root()), ("runs", runs_root())):
        yield _folder(name, folder)
    here = [name for name in DATASETS if on_disk(name, data_root())]
    yield Finding("Folders", "data sets here", ", ".join(here))


def _folder(name: str, folder: Path) -> Finding:
    """Whether it can be written, or made; and what room there is."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(there, os.W_OK):
        variable = "AE_STUDIO_DATA" if name == "data sets" else "AE_STUDIO_RUNS"
        advice = f"let {variable} name a folder that can be written"
        return Finding("Folders", name, f"{folder} cannot be written", "problem" if name == "runs" else "note", advice)
    free = shutil.disk_usage(there).free
    value = f"{folder}, {free / 1e9:,.1f} GB free"
    return Finding("Folders", name, value) if free >= LEAST_FREE else Finding("Folders", name, value, "problem")
