"""What has been measured of a run, kept in its folder: ``metrics.json``. Knows no torch.

::

    {"version": 1, "epochs": {"20": {"weights": "<hash of the snapshot>", "options": {...}, "images": 10000,
                                     "measured": [{"about": {...}, "value": 0.0347, "parts": {...}, ...}, ...]}}}
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ae_studio.latent.measured import VERSION, About, Measured, Options
from ae_studio.training.atomic import write_text_atomic

FILE = "metrics.json"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Of the weights after an ``epoch``, on so many test ``images``."""

    epoch: int
    images: int
    options: Options
    measured: tuple[Measured, ...]


class MetricsCache:
    """Keyed by epoch, by what its weights are, and by how was measured. One that is damaged is as good as none."""

    def __init__(self, run: Path) -> None:
        self._path = run / FILE
        self._snapshots = run / "snapshots"

    def read(self, epoch: int, options: Options) -> Evaluation | None:
        """None where this has not been measured, or of other weights, or by another version."""
        entry = self._entries().get(str(epoch))
        try:
            if entry is None or entry["options"] != asdict(options) or entry["weights"] != self._weights(epoch):
                return None
            measured = tuple(_measured(each) for each in entry["measured"])
            return Evaluation(epoch, int(entry["images"]), options, measured)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def write(self, evaluation: Evaluation) -> None:
        """In a folder that cannot be written nothing is kept, and nothing is said of it."""
        entry = {
            "weights": self._weights(evaluation.epoch),
            "options": asdict(evaluation.options),
            "images": evaluation.images,
            "measured": [asdict(each) for each in evaluation.measured],
        }
        record = {"version": VERSION, "epochs": self._entries() | {str(evaluation.epoch): entry}}
        with suppress(OSError):
            write_text_atomic(self._path, json.dumps(record, ensure_ascii=False) + "\n")

    def _entries(self) -> dict[str, Any]:
        try:
            record = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(record, dict) or record.get("version") != VERSION:
            return {}
        epochs = record.get("epochs")
        return epochs if isinstance(epochs, dict) else {}

    def _weights(self, epoch: int) -> str:
        """Of the snapshot's bytes: an epoch that a resumed run has learned again is another."""
        try:
            content = (self._snapshots / f"{epoch:04d}.safetensors").read_bytes()
        except OSError:
            return ""
        return hashlib.blake2b(content, digest_size=16).hexdigest()


def _measured(values: dict[str, Any]) -> Measured:
    """Raises TypeError or ValueError for anything but what :meth:`MetricsCache.write` wrote."""
    about = About(**{name: str(value) for name, value in values["about"].items()})  # type: ignore[arg-type]
    parts = {str(name): float(value) for name, value in values["parts"].items()}
    value, baseline = (None if values[name] is None else float(values[name]) for name in ("value", "baseline"))
    return Measured(about, value, parts, str(values["note"]), str(values["reason"]), baseline)
