"""The words on the command line that make a run again."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ae_studio.config import RunConfig, field_specs
from ae_studio.training.defaults import default_config


def train_command(
    config: RunConfig,
    out: Path | None = None,
    *,
    title: str = "",
    tags: Sequence[str] = (),
    changes: Path | None = None,
) -> list[str]:
    """``["ae-studio", "train", "--lr", "0.01", ...]``: only what differs from the defaults of this data set and model.

    ``title`` and ``tags`` are what the library of runs will call the run; ``changes``: the file, or the run, whose
    changes of settings are made on the way.
    """
    general, own = RunConfig(), default_config(config.data, config.model)
    words = ["ae-studio", "train"]
    for name, spec in field_specs(RunConfig).items():
        value = getattr(config, name)
        if value != getattr(general if name in ("data", "model") else own, name):
            words += [spec.flag, str(value)]
    for name, value in config.settings.items():
        if value != own.settings[name]:
            words += ["--set", f"{name}={value}"]
    words += [f"--tag={tag}" for tag in tags] + ([f"--title={title}"] if title else [])
    words += ["--changes", str(changes)] if changes else []
    return words + (["--out", str(out)] if out else [])


def repeat_command(run: Path, out: Path | None = None) -> list[str]:
    """``["ae-studio", "train", "--repeat", "runs/..."]``: a run once more, with what was changed while it trained."""
    return ["ae-studio", "train", "--repeat", str(run), *(["--out", str(out)] if out else [])]


def resume_command(run: Path, epochs: int) -> list[str]:
    """``["ae-studio", "train", "--resume", "runs/...", "--epochs", "20"]``: a run goes on in its folder."""
    return ["ae-studio", "train", "--resume", str(run), "--epochs", str(epochs)]


def given_values(config: RunConfig) -> dict[str, Any]:
    """The settings that differ from the defaults of this data set and model: a family's own defaults can come again."""
    own = default_config(config.data, config.model)
    values = {name: value for name in field_specs(RunConfig) if (value := getattr(config, name)) != getattr(own, name)}
    settings = {name: value for name, value in config.settings.items() if value != own.settings[name]}
    return {**values, "data": config.data, "model": config.model, "settings": settings}


def this_program(words: Sequence[str]) -> list[str]:
    """The same command, by the program that runs now: its name need not be on the path."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ae_studio"]
    return [*start, *words[1:]]


def as_text(words: Sequence[str]) -> str:
    """One line to paste into a shell."""
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
