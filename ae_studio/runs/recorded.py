"""A run that lies on the disk, opened as far as it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from ae_studio.config import ConfigError, RunConfig, check
from ae_studio.events import Codes, Images, Labels, LatentSpace, ValuesChanged
from ae_studio.models.base import Autoencoder
from ae_studio.models.build import build_model
from ae_studio.models.catalog import latent_space
from ae_studio.models.own import load_file as load_own
from ae_studio.models.own import loaded
from ae_studio.models.own_file import COPY, NotTrusted, kept_file, names_a_file, place
from ae_studio.models.stacks import ImageShape
from ae_studio.runs.history import History, read_history
from ae_studio.runs.record import UNREADABLE, read_ended, read_record
from ae_studio.runs.record import RunError as RunError
from ae_studio.training.defaults import complete
from ae_studio.training.live import ALL, CHANGES, Change, config_at, read_changes, told
from ae_studio.training.run_folder import RunFolder

LARGEST_SIDE = 1024  # pixels; a config.json that says more is damaged, and would ask for absurd amounts of memory


@dataclass(frozen=True, slots=True)
class SavedLook:
    """What ``looks/NNNN.npz`` holds; see :class:`ae_studio.events.Look`."""

    epoch: int
    step: int
    codes: Codes
    labels: Labels
    probes: Images
    reconstructions: Images
    spread: Codes | None = None
    kl: Codes | None = None


class RecordedRun:
    """A run folder. ``problems`` lists, in words, what is damaged or missing; all else can be used.

    Raises :class:`RunError` where the folder is no run, or its ``config.json`` does not say what was trained.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        self._folder = RunFolder(path)
        record = self._read_record()
        self.untrusted: Path | None = None  # a Python file that must be trusted before this run's model can be made
        self.why_no_model = ""  # why nothing of its own code is run, and so nothing decoded; empty where it is
        self._code_size = _count(record, "code_size")
        self.config = self._read_config(record)
        self.image_shape = _image_shape(path, record)
        self.class_names = tuple(str(name) for name in record.get("class_names", []))
        self.parameters = record.get("parameters", 0)
        self.train_images = _count(record, "train_images")
        self.validation_images = _count(record, "validation_images")
        self.steps_per_epoch = _count(record, "steps_per_epoch")
        self.loss_unit = str(record.get("loss_unit", ""))
        self.device = str(record.get("device", ""))
        self.precision = str(record.get("precision", ""))
        self.changes = self._read_changes()
        self.ended = self._read_ended()
        self.looks = self._epochs("looks", ".npz")
        self.snapshots = self._epochs("snapshots", ".safetensors")
        if not self.snapshots:
            self.problems.append("snapshots: none are left, so nothing can be decoded")

    @property
    def space(self) -> LatentSpace:
        """What the numbers of its codes are; flat, for all that is known, where only the model's own code says it."""
        if self.why_no_model:
            return LatentSpace(self._code_size or self.config.latent_dim)
        return latent_space(self.config, self.class_names)

    @property
    def last_epoch(self) -> int | None:
        return self.snapshots[-1] if self.snapshots else None

    def config_at(self, epoch: int) -> RunConfig:
        """The settings as they were at this epoch's last step: they may be changed while a run is trained."""
        return config_at(self.config, self.changes, epoch * self.steps_per_epoch - 1)

    def told_changes(self) -> tuple[ValuesChanged, ...]:
        """What was changed while it was trained, from what to what; none where its settings are not known here."""
        return () if self.why_no_model else tuple(told(self.config, self.changes, self.steps_per_epoch))

    def history(self) -> History:
        """The run's numbers; empty, with a problem noted, where ``metrics.csv`` is missing."""
        try:
            history = read_history(self.path / "metrics.csv")
        except OSError:
            self.problems.append("metrics.csv: is missing, so there are no loss curves")
            return History()
        history.steps_per_epoch = history.steps_per_epoch or self.steps_per_epoch  # no epoch has come to its end
        if history.bad_rows > 1:
            self.problems.append(f"metrics.csv: {history.bad_rows} rows cannot be read")
        if history.bad_weights > 1:
            self.problems.append(f"weights.csv: {history.bad_weights} rows cannot be read")
        return history

    def look(self, epoch: int) -> SavedLook:
        """Raises :class:`RunError` where it is missing, damaged, or holds anything but arrays."""
        path = self._folder.look_path(epoch)
        try:
            with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
                look = SavedLook(
                    epoch=epoch,
                    step=int(arrays["step"]),
                    codes=arrays["codes"].astype(np.float32, copy=False),
                    labels=arrays["labels"].astype(np.int64, copy=False),
                    probes=arrays["probes"].astype(np.uint8, copy=False),
                    reconstructions=arrays["reconstructions"].astype(np.uint8, copy=False),
                    spread=_optional(arrays, "spread"),
                    kl=_optional(arrays, "kl"),
                )
        except UNREADABLE as error:
            raise RunError(f"{path}: cannot be read as a look ({error})") from None
        if look.codes.ndim != 2 or len(look.labels) != len(look.codes) or look.codes.shape[1] != self.space.size:
            raise RunError(f"{path}: codes {look.codes.shape} do not fit this run")
        dim = self.space.dim
        if (look.spread is not None and look.spread.shape != (len(look.codes), dim)) or (
            look.kl is not None and look.kl.shape != (dim,)
        ):
            raise RunError(f"{path}: what it holds of the posteriors does not fit this run")
        return look

    def sample_images(self) -> Images | None:
        """The images of the looks' codes, uint8 (n, H, W) or (n, H, W, 3).

        None where the run was kept without them, and, with a problem noted, where their file is damaged.
        """
        path = self._folder.sample_path
        try:
            with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
                images = arrays["images"]
        except FileNotFoundError:
            return None
        except UNREADABLE as error:
            self.problems.append(f"sample.npz: cannot be read ({error})")
            return None
        channels, height, width = self.image_shape
        shape = (height, width) if channels == 1 else (height, width, channels)
        if images.dtype != np.uint8 or images.shape[1:] != shape:
            self.problems.append(f"sample.npz: images {images.shape} do not fit this run")
            return None
        return images

    def model(self, epoch: int | None = None) -> Autoencoder[Any]:
        """The model with the weights after this epoch, by default the last, on the CPU and in evaluation mode.

        Raises :class:`RunError` where the snapshot is missing, damaged, or of another model.
        """
        epoch = self.last_epoch if epoch is None else epoch
        if epoch is None:
            raise RunError(f"{self.path}: holds no snapshot")
        if self.why_no_model:
            raise RunError(self.why_no_model)
        path = self._folder.snapshot_path(epoch)
        try:
            weights = load_file(path)
            model = self._model_without_weights(self.config_at(epoch))
            model.load_state_dict(weights, strict=True, assign=True)
        except (OSError, SafetensorError, RuntimeError, ConfigError) as error:
            raise RunError(f"{path}: cannot be opened as this run's weights ({_first_line(error)})") from None
        model.epochs_done = float(epoch)
        return model.requires_grad_(False).eval()

    def _model_without_weights(self, config: RunConfig) -> Autoencoder[Any]:
        own = loaded(config.model)
        if own is None:
            # Without memory of its own: what stands in a config.json from elsewhere cannot ask for any.
            with torch.device("meta"):
                return build_model(config, self.image_shape, self.class_names)
        try:
            return build_model(config, self.image_shape, self.class_names)
        except Exception as error:
            raise ConfigError(f"{type(error).__name__}: {error} ({place(error, own.file)})") from error

    def _read_record(self) -> dict[str, Any]:
        if not self.path.is_dir():
            raise RunError(f"{self.path}: there is no such run folder")
        return read_record(self.path)

    def _read_config(self, record: dict[str, Any]) -> RunConfig:
        try:
            config = check(RunConfig, record["config"])
            if names_a_file(config.model):
                return self._read_own_config(config, record)
            return complete(config.model_dump())
        except ConfigError as error:
            raise RunError(f"{self.path / 'config.json'}: {error}") from None

    def _read_own_config(self, config: RunConfig, record: dict[str, Any]) -> RunConfig:
        """Of a run with a model of the user's own, whose code runs only where this user has let that content run."""
        sha256 = record.get("model_sha256")
        file = kept_file(self.path, sha256) if isinstance(sha256, str) and sha256 else None
        if file is None:
            return self._without_model(config, f"{self.path / COPY}: is missing, or not what this run was trained with")
        config = config.model_copy(update={"model": str(file)})
        try:
            load_own(file)
            return complete(config.model_dump())
        except NotTrusted:
            self.untrusted = file
            return self._without_model(
                config,
                f"{file}: this run's model is Python code that has not been run here before, so nothing is decoded. "
                "Read it; if you trust it, open the run in the window and say so, or give evaluate, export or train "
                "--trust",
            )
        except ConfigError as error:
            return self._without_model(config, f"{file}: {error}")

    def _without_model(self, config: RunConfig, why: str) -> RunConfig:
        self.why_no_model = why
        self.problems.append(why)
        return config

    def _read_changes(self) -> list[Change]:
        try:
            changes = read_changes(self.path / CHANGES)
            if not self.why_no_model:
                config_at(self.config, changes, ALL)
        except ConfigError as error:
            self.problems.append(f"{error}; the run is shown with the settings that it began with")
            return []
        return changes

    def _read_ended(self) -> tuple[str, str] | None:
        """Outcome and reason; None while it runs, and after a crash."""
        try:
            return read_ended(self.path)
        except RunError as error:
            self.problems.append(str(error))
            return None

    def _epochs(self, folder: str, suffix: str) -> list[int]:
        path = self.path / folder
        if not path.is_dir():
            self.problems.append(f"{folder}: is missing")
            return []
        return sorted(int(file.stem) for file in path.iterdir() if file.suffix == suffix and file.stem.isdecimal())


def _image_shape(path: Path, record: dict[str, Any]) -> ImageShape:
    shape = record.get("image_shape")
    if (
        not isinstance(shape, list)
        or len(shape) != 3
        or not all(isinstance(side, int) and 1 <= side <= LARGEST_SIDE for side in shape)
        or shape[0] not in (1, 3)
    ):
        raise RunError(f"{path / 'config.json'}: image_shape must be channels, height, width, got {shape!r}")
    return shape[0], shape[1], shape[2]


def _optional(arrays: Any, name: str) -> Codes | None:
    """Numbers that not every look has."""
    return arrays[name].astype(np.float32, copy=False) if name in arrays else None


def _count(record: dict[str, Any], name: str) -> int:
    """A number of things; 0 where the record does not say, as those of the first versions."""
    value = record.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
