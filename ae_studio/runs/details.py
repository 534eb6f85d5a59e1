"""What the library shows of the one run that is chosen: its settings in words, and a few of its pictures. No torch."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from ae_studio.config import ConfigError, FieldSpec, RunConfig, field_specs
from ae_studio.events import Images
from ae_studio.models.catalog import MODELS
from ae_studio.runs.library import settings_of
from ae_studio.runs.listed import ListedRun, printable
from ae_studio.runs.record import UNREADABLE, RunError, parent_of, read_record
from ae_studio.training.live import CHANGES, in_words

LARGEST_ARRAY = 64 << 20  # bytes of pictures in a look; ours have some kilobytes
LARGEST_SIDE = 64  # pixels of a picture here; larger ones are thinned out
MOST_LOOKS = 200_000  # files looked through for the last look
ALWAYS = ("latent_dim", "epochs", "batch_size", "lr", "seed")  # other settings only where they are no default


@dataclass(frozen=True, slots=True)
class Pictures:
    """Images of the validation set, uint8 (n, H, W) or (n, H, W, 3), and the last reconstructions of them."""

    originals: Images
    reconstructions: Images


@dataclass(frozen=True, slots=True)
class Details:
    """``settings`` are labels and values, as the form says them; ``changes`` what was changed while it was trained."""

    run: ListedRun
    settings: tuple[tuple[str, str], ...]
    pictures: Pictures | None
    changes: tuple[str, ...] = ()


def read_details(root: Path, run: ListedRun, count: int) -> Details:
    """Never raises for what is damaged: then that part is empty."""
    path = root / run.folder
    try:
        record = read_record(path)
        settings = (*_descent(root, record), *_settings(record))
    except (RunError, ValueError, TypeError):
        settings = ()
    return Details(run, settings, read_pictures(path, run.epochs_done, count), _changes(path))


def read_pictures(path: Path, epoch: int, count: int) -> Pictures | None:
    """The first ``count`` of the look after this epoch, or of the last that there is; None where none can be read."""
    looks = path / "looks"
    wanted = looks / f"{epoch:04d}.npz"
    for file in (wanted, None):
        with suppress(*UNREADABLE):
            found = file or _last(looks)
            if found is not None and found.is_file():  # a pipe would be waited for
                return _pictures(found, count)
    return None


def _last(looks: Path) -> Path | None:
    with os.scandir(looks) as entries:
        names = [entry.name for entry in islice(entries, MOST_LOOKS)]
    epochs = [int(name[:-4]) for name in names if name.endswith(".npz") and name[:-4].isdecimal()]
    return looks / f"{max(epochs):04d}.npz" if epochs else None


def _pictures(file: Path, count: int) -> Pictures:
    with zipfile.ZipFile(file) as archive:
        originals, reconstructions = (_images(archive, name)[:count] for name in ("probes", "reconstructions"))
    if originals.shape != reconstructions.shape:
        raise ValueError("one picture for each image is wanted")
    return Pictures(originals, reconstructions)


def _images(archive: zipfile.ZipFile, name: str) -> Images:
    """An array of pictures; without the memory that a damaged header may ask for."""
    member = archive.getinfo(f"{name}.npy")
    if member.file_size > LARGEST_ARRAY:
        raise ValueError("too large")
    with archive.open(member) as opened:
        content = opened.read(LARGEST_ARRAY)
    images = _array(content)
    if images.dtype != np.uint8 or images.ndim not in (3, 4) or (images.ndim == 4 and images.shape[-1] != 3):
        raise ValueError("no pictures")
    step = -(-max(images.shape[1:3]) // LARGEST_SIDE) or 1
    return np.ascontiguousarray(images[:, ::step, ::step])


def _array(content: bytes) -> Images:
    file = io.BytesIO(content)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("no array of ours")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
    if fortran or dtype.hasobject:
        raise ValueError("no array of ours")
    return np.frombuffer(content, dtype=dtype, offset=file.tell()).reshape(shape)


def _descent(root: Path, record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Where a branch comes from, and whether that is still there."""
    parent = parent_of(record)
    if parent is None:
        return ()
    gone = "" if (root / parent.run / "config.json").is_file() else "; that run is not here any more"
    rows = [("Branch of", f"{printable(parent.run)}, behind epoch {parent.epoch:,}{gone}")]
    if not parent.exact:
        rows.append(("Began with", "the weights alone, Adam anew"))
    return tuple(rows)


def _settings(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    config = record["config"]
    rows = [
        (spec.label, _told(spec, config[name]))
        for name, spec in field_specs(RunConfig).items()
        if name in config and name not in ("data", "model") and (name in ALWAYS or config[name] != spec.default)
    ]
    own, model = config.get("settings"), config.get("model")
    if isinstance(own, dict):
        specs = field_specs(MODELS[model].settings) if isinstance(model, str) and model in MODELS else {}
        rows += [
            (specs[name].label, _told(specs[name], value)) if name in specs else (printable(name), plain_value(value))
            for name, value in islice(own.items(), 100)
            if name not in specs or _is_relevant(specs[name], own)
        ]
    for label, name in (("Parameters", "parameters"), ("Trained on", "device")):
        if record.get(name):
            rows.append((label, plain_value(record[name])))
    return tuple(rows)


def _changes(path: Path) -> tuple[str, ...]:
    """``step 1,200: β 4 → 1``; or why they are not known."""
    if not (path / CHANGES).exists():
        return ()
    try:
        found = settings_of(path)
    except (RunError, ConfigError) as error:
        return (f"Not known: {printable(str(error))}",)
    if found.problem:
        return (f"Not known: {printable(found.problem)}",)
    return tuple(f"step {event.step + 1:,}: {in_words(event)}" for event in found.told)


def _is_relevant(spec: FieldSpec, settings: Mapping[str, Any]) -> bool:
    """Not one that means nothing under the others."""
    return spec.only_if is None or str(settings.get(spec.only_if[0])) == spec.only_if[1]


def _told(spec: FieldSpec, value: Any) -> str:
    return f"{plain_value(value)} {spec.unit}".rstrip()


def plain_value(value: Any) -> str:
    """A setting's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else printable(str(value)[:200])
