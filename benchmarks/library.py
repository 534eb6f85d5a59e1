"""The library's list of many runs: ``python -m benchmarks.library list`` prints one JSON object, in seconds.

The runs are made up, but their folders are as a training of twenty epochs leaves them, small data and pictures aside.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ae_studio.training.defaults import default_config

RUNS = 10_000
ROUNDS = 5
EPOCHS, STEPS = 20, 12
TERMS = ("loss", "reconstruction", "kl", "mse_per_pixel")


def make_runs(root: Path, count: int) -> None:
    """Folders that differ in model, data, dates and numbers."""
    models, data = ("vae", "beta-vae", "linear", "topological"), ("digits", "mnist", "fashion-mnist")
    root.mkdir(parents=True)
    for number in range(count):
        name = models[number % len(models)], data[number % len(data)]
        day = f"2026-{number // 840 + 1:02d}-{number // 30 % 28 + 1:02d}"
        folder = root / f"{day}_14-{number % 30:02d}-09_{name[0]}_{name[1]}-{number}"
        folder.mkdir()
        config = default_config(name[1], name[0])
        record = {"app": "ae-studio", "format": 1, "config": config.model_dump(), **_about(f"{day} 14:05:09")}
        (folder / "config.json").write_text(json.dumps(record, indent=2))
        (folder / "metrics.csv").write_text("epoch,step,split,term,value\n" + _rows(number))
        (folder / "ended.json").write_text('{"outcome": "finished", "reason": "Finished all 20 epochs."}\n')
        for part, file in (("snapshots", "0020.safetensors"), ("looks", "0020.npz")):
            (folder / part).mkdir()
            (folder / part / file).touch()
        if number % 10 == 0:
            (folder / "about.json").write_text('{"title": "Rings at last", "tags": ["talk"], "notes": ""}\n')


def _about(started: str) -> dict[str, Any]:
    classes = [str(digit) for digit in range(10)]
    versions = dict.fromkeys(("ae-studio", "torch", "pytorch-lightning", "torchvision", "numpy"), "1.2.3")
    return {"started": started, "device": "CPU", "loss_unit": "nats per image", "class_names": classes} | versions


def _rows(seed: int) -> str:
    rows = []
    for epoch in range(EPOCHS + 1):
        value = 100 + seed % 50 + 100 / (epoch + 1)
        for step in range(STEPS if epoch else 0):
            rows += [f"{epoch},{epoch * STEPS + step},batch,{term},{value + step:.7g}\n" for term in TERMS]
        for split in ("train", "validation"):
            rows += [f"{epoch},{epoch * STEPS},{split},{term},{value:.9g}\n" for term in TERMS]
    return "".join(rows)


def list_speed() -> dict[str, float]:
    """Medians of several: without an index, with one, and the table that the window sorts and searches."""
    from ae_studio.runs.library import list_runs
    from ae_studio.runs.run_index import RunIndex

    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "runs"
        os.environ["AE_STUDIO_CACHE"] = str(Path(scratch) / "cache")
        make_runs(root, RUNS)
        index = RunIndex(root).path
        first: list[float] = []

        def cold() -> None:
            index.unlink(missing_ok=True)
            first.clear()
            began = time.perf_counter()
            list_runs(root, lambda part: first.append(time.perf_counter() - began))

        def warm() -> None:
            assert len(list_runs(root).runs) == RUNS

        return {
            "cold": _median(cold),
            "first": first[0] if first else 0.0,
            "warm": _median(warm),
            "table_ms": 1000 * _of_table(root),
        }


def _of_table(root: Path) -> float:
    """Seconds, the slower of the two: a letter typed into the search, a click on a heading."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from ae_studio.gui.run_table import BEST, RunTable, Sieve
    from ae_studio.runs.library import list_runs

    _ = QApplication.instance() or QApplication([])
    table = RunTable()
    table.set_runs(list_runs(root).runs)
    assert table.rowCount() == RUNS
    sorting = _median(lambda: table.sort(BEST, Qt.SortOrder.AscendingOrder))
    return max(sorting, _median(lambda: table.sift(Sieve("va"))))


def _median(act: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    print(json.dumps({"list": list_speed}[sys.argv[1]]()))
