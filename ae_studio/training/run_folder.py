"""The run folder: plain files, no pickles. Everything that is ever written into one is written here.

::

    2026-11-23_14-05-09_beta-vae_mnist/
      config.json                   settings, versions, device: enough to run it again; of a branch its parent, of a run
                                    that was continued for more epochs where, and how many it was to have before
      model.py                      only of a model of the user's own: the file that was trained
      metrics.csv                   epoch,step,split,term,value; split is batch, train or validation
      changes.jsonl                 only where settings were changed while it ran: the step, and the new values
      weights.csv                   step,term,value: what terms are multiplied by in the loss, wherever that changes
      times.csv                     epoch,seconds: how long it took with its validation, pauses left out
      snapshots/0000.safetensors    weights after each epoch, 0000 before training
      sample.npz                    images of the looks' codes
      looks/0000.npz                codes, labels, probes and their reconstructions after each epoch
      last.ckpt, best.ckpt          Lightning's checkpoints
      ended.json                    how it ended; missing while it runs, and after a crash
      log.txt                       what it said, with tracebacks
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import torch
from safetensors.torch import save

from ae_studio.config import ConfigError, RunConfig
from ae_studio.events import Images, Labels, Look, RunEnded, Terms
from ae_studio.models.own_file import COPY
from ae_studio.training.atomic import write_atomic, write_text_atomic
from ae_studio.training.live import CHANGES, Change, as_line, as_text, read_changes
from ae_studio.training.rows import (
    METRICS,
    METRICS_HEADER,
    TIMES_HEADER,
    WEIGHTS,
    WEIGHTS_HEADER,
    metrics_until,
    times_until,
    weights_until,
)
from ae_studio.training.run_format import FORMAT, TIMES, hold, is_held, new_run_path

MOST_TRIES = 1000  # names that others take first
FLUSH_S = 1.0  # so that whoever watches the folder sees steps; a write a second costs nothing


def refuse_used(path: Path) -> None:
    """Raises :class:`ConfigError` where a new run would lie among files that are there already."""
    if path.is_file():
        raise ConfigError(f"{path}: is a file; name a new folder for the run")
    if path.is_dir() and any(path.iterdir()):
        raise ConfigError(f"{path}: already holds files; name a new folder for the run")


class RunFolder:
    """Writes one run. Raises OSError where the disk is full or does not let it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._metrics: TextIO | None = None
        self._flushed = 0.0
        self._weights: dict[str, tuple[float | None, int]] = {}  # as they were last written, and the step

    @classmethod
    def create(cls, path: Path) -> RunFolder:
        """A new, empty one. Raises :class:`ConfigError` where it cannot be made or already holds something."""
        refuse_used(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
            for part in ("snapshots", "looks"):
                (path / part).mkdir()
        except OSError as error:
            raise ConfigError(f"{path}: the run folder cannot be made: {error.strerror or error}") from None
        return cls(path)

    @classmethod
    def create_new(cls, root: Path, config: RunConfig) -> RunFolder:
        """One of its own, also where many processes begin in the same second, as those of an array job do.

        Raises :class:`ConfigError`.
        """
        for _ in range(MOST_TRIES):
            path = new_run_path(root, config)
            try:
                root.mkdir(parents=True, exist_ok=True)
                path.mkdir()  # of several that try, one makes it
            except FileExistsError:
                continue
            except OSError as error:
                raise ConfigError(f"{path}: the run folder cannot be made: {error.strerror or error}") from None
            return cls.create(path)
        raise ConfigError(f"{root}: no free name was found for the run folder; name one with --out")

    @classmethod
    def of_run(cls, path: Path) -> RunFolder:
        """One that a training is about to go on with. Raises :class:`ConfigError` where another one does right now."""
        if is_held(path / METRICS):
            raise ConfigError(f"{path}: is being trained right now; stop that first, or branch off from it")
        return cls(path)

    def rewind(self, epoch: int, step: int) -> None:
        """Takes away all that lies behind this epoch, after ``step`` steps, and that the run had ended: it is about to
        go on from here."""
        self.close()
        (self.path / "ended.json").unlink(missing_ok=True)
        for folder in ("snapshots", "looks"):
            for path in (self.path / folder).iterdir():
                if path.stem.isdecimal() and int(path.stem) > epoch:
                    path.unlink()
        if (metrics := self.path / METRICS).exists():
            write_text_atomic(metrics, "".join(metrics_until(metrics, epoch)))
        if (self.path / CHANGES).exists():
            kept = [change for change in read_changes(self.path) if change.step <= step]
            write_text_atomic(self.path / CHANGES, as_text(kept))
        if (weights := self.path / WEIGHTS).exists():
            kept_rows = list(weights_until(weights, step))
            write_text_atomic(weights, "".join(kept_rows))
            self._weights = {name: (float(value), int(at)) for at, name, value in map(_cells, kept_rows[1:])}
        if (times := self.path / TIMES).exists():
            write_text_atomic(times, "".join(times_until(times, epoch)))
        self._open_metrics()  # from here on it is seen that the run is being trained

    @property
    def last_checkpoint(self) -> Path:
        return self.path / "last.ckpt"

    @property
    def best_checkpoint(self) -> Path:
        return self.path / "best.ckpt"

    def snapshot_path(self, epoch: int) -> Path:
        return self.path / "snapshots" / f"{epoch:04d}.safetensors"

    def look_path(self, epoch: int) -> Path:
        return self.path / "looks" / f"{epoch:04d}.npz"

    def write_config(self, config: RunConfig, about: Mapping[str, Any]) -> None:
        """``about`` holds what the settings do not say: versions, device, the data's shape and classes."""
        record = {"app": "ae-studio", "format": FORMAT, "config": config.model_dump(), **about}
        write_text_atomic(self.path / "config.json", json.dumps(record, indent=2, ensure_ascii=False) + "\n")

    def note_epochs(self, done: int, epochs: int) -> None:
        """That the run, ``done`` epochs old, goes on to another number of epochs than it was meant to have."""
        path = self.path / "config.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        before = record["config"]["epochs"]
        if before != epochs:
            record["config"]["epochs"] = epochs
            record.setdefault("continued", []).append({"epoch": done, "epochs_before": before})
            write_text_atomic(path, json.dumps(record, indent=2, ensure_ascii=False) + "\n")

    def write_model(self, source: bytes) -> None:
        """The Python file of a model of the user's own, as it was run."""
        write_atomic(self.path / COPY, lambda file: file.write(source))

    def write_snapshot(self, epoch: int, state: Mapping[str, torch.Tensor]) -> Path:
        """Weights in float32, whatever they were trained in."""
        weights = _apart({name: _snapshot_tensor(value) for name, value in state.items()})
        path = self.snapshot_path(epoch)
        write_atomic(path, lambda file: file.write(save(weights, metadata={"epoch": str(epoch)})))
        return path

    @property
    def sample_path(self) -> Path:
        return self.path / "sample.npz"

    def write_sample(self, images: Images) -> None:
        write_atomic(self.sample_path, lambda file: np.savez(file, images=images))

    def write_look(self, look: Look, labels: Labels, probes: Images) -> None:
        arrays = {"codes": look.codes, "labels": labels, "probes": probes, "reconstructions": look.reconstructions}
        arrays |= {name: values for name in ("spread", "kl") if (values := getattr(look, name)) is not None}
        step = np.asarray(look.step, dtype=np.int64)
        write_atomic(self.look_path(look.epoch), lambda file: np.savez(file, step=step, **arrays))  # type: ignore[arg-type]

    def write_checkpoint(self, path: Path, checkpoint: Mapping[str, Any]) -> None:
        write_atomic(path, lambda file: torch.save(dict(checkpoint), file))

    def append_steps(self, epoch: int, steps: np.ndarray, terms: Mapping[str, np.ndarray]) -> None:
        """Rows of single steps; they leave for the disk about once a second, and with the epoch."""
        columns = [(name, values.tolist()) for name, values in terms.items()]
        lines = [
            f"{epoch},{step},batch,{name},{values[index]:.7g}\n"
            for index, step in enumerate(steps.tolist())
            for name, values in columns
        ]
        metrics = self._open_metrics()
        metrics.write("".join(lines))
        if time.monotonic() - self._flushed >= FLUSH_S:
            metrics.flush()
            self._flushed = time.monotonic()

    def append_weights(self, steps: tuple[int, int], weights: Mapping[str, tuple[float, float]]) -> None:
        """What terms were multiplied by at the first and the last of some steps; of what stays the same, nothing.

        Between two rows of a term its weight goes in a straight line; behind its last row it stays.
        """
        rows = []
        for name, values in weights.items():
            told, since = self._weights.get(name, (None, 0))
            if told is not None and values[0] != told and since < steps[0] - 1:  # until then it was as it had been
                rows.append((steps[0] - 1, name, told))
            for step, value in zip(steps, values, strict=True):
                if value != told:
                    rows.append((step, name, value))
                    told, since = value, step
            self._weights[name] = (told, since)
        if rows:
            lines = [f"{step},{name},{value:.9g}\n" for step, name, value in rows]
            self._append(WEIGHTS, WEIGHTS_HEADER, "".join(lines))

    def append_change(self, change: Change) -> None:
        self._append(CHANGES, "", as_line(change))

    def _append(self, name: str, header: str, text: str) -> None:
        """To one of the files that grow by a line now and then."""
        with open(self.path / name, "a", encoding="utf-8", newline="") as file:
            file.write((header if file.tell() == 0 else "") + text)

    def append_epoch(self, epoch: int, step: int, split: str, terms: Terms) -> None:
        lines = [f"{epoch},{step},{split},{name},{value:.9g}\n" for name, value in terms.items()]
        metrics = self._open_metrics()
        metrics.write("".join(lines))
        metrics.flush()

    def append_time(self, epoch: int, seconds: float) -> None:
        self._append(TIMES, TIMES_HEADER, f"{epoch},{seconds:.6g}\n")

    def write_ended(self, ended: RunEnded) -> None:
        record = {"outcome": ended.outcome, "reason": ended.reason, "at": f"{datetime.now():%Y-%m-%d %H:%M:%S}"}
        write_text_atomic(self.path / "ended.json", json.dumps(record, indent=2, ensure_ascii=False) + "\n")

    def log(self, text: str) -> None:
        with open(self.path / "log.txt", "a", encoding="utf-8") as file:
            file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}  {text.rstrip()}\n")

    def close(self) -> None:
        if self._metrics is not None:
            self._metrics.close()
            self._metrics = None

    def _open_metrics(self) -> TextIO:
        if self._metrics is None:
            self._metrics = open(  # noqa: SIM115  (stays open for the run)
                self.path / METRICS, "a", encoding="utf-8", newline=""
            )
            hold(self._metrics)
            if self._metrics.tell() == 0:
                self._metrics.write(METRICS_HEADER)
        return self._metrics


def _cells(row: str) -> list[str]:
    return row.rstrip("\n").split(",")


def _apart(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """One layer may stand in a model under two names; the file's format wants memory of its own for each."""
    seen: set[int] = set()
    for name, value in weights.items():
        if value.data_ptr() in seen:
            weights[name] = value.clone()
        seen.add(value.data_ptr())
    return weights


def _snapshot_tensor(value: torch.Tensor) -> torch.Tensor:
    value = value.detach().cpu().contiguous()
    return value.float() if value.is_floating_point() else value
