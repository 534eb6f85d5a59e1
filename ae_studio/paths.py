"""Where things live: runs, data sets, what the user has decided, and the files that come with the app."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "ae-studio"


def runs_root() -> Path:
    """The folder that holds the runs: ``AE_STUDIO_RUNS``, else in the user's data folder."""
    return _from_environment("AE_STUDIO_RUNS") or Path(platformdirs.user_data_dir(APP, appauthor=False)) / "runs"


def data_root() -> Path:
    """Root of torchvision's layout (``MNIST/raw/...`` below it): ``AE_STUDIO_DATA``, else in the user's data folder."""
    return _from_environment("AE_STUDIO_DATA") or Path(platformdirs.user_data_dir(APP, appauthor=False)) / "data"


def cache_root() -> Path:
    """What can be made again: ``AE_STUDIO_CACHE``, else the user's cache folder."""
    return _from_environment("AE_STUDIO_CACHE") or Path(platformdirs.user_cache_dir(APP, appauthor=False))


def config_root() -> Path:
    """The folder of what the user has decided: ``AE_STUDIO_CONFIG``, else the user's config folder."""
    return _from_environment("AE_STUDIO_CONFIG") or Path(platformdirs.user_config_dir(APP, appauthor=False))


def resource(name: str) -> Path:
    """A file that comes with the app, in a wheel or bundle as in a checkout."""
    package = Path(__file__).resolve().parent
    shipped = package / "resources"
    return (shipped if shipped.is_dir() else package.parent / "resources") / name


def _from_environment(variable: str) -> Path | None:
    value = os.environ.get(variable, "").strip()
    return Path(value).expanduser() if value else None
