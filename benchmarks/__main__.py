"""``python -m benchmarks``: one table of what AE Studio promises about speed, and what it is compared with.

Takes about five minutes on two cores, which should have nothing else to do. Needs MNIST (``ae-studio data mnist``).
``--only families`` measures every family, ten minutes more; ``--only drawing`` where a drawn digit is encoded to;
``--only lattice`` how quick the map under the points is; ``--only epochs`` a step of the epoch slider.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.mnist import use_mnist
from benchmarks.table import Row, markdown_table, terminal_table

SCREEN = "-screen 0 1440x900x24"
TALK_STEPS = 300
HEADLESS_ROUNDS = 7
TALK_ROUNDS = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS | ON_REQUEST), action="append", help="measure this part alone")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args()
    if arguments.only is None or not set(arguments.only) <= {"canvas", "loss"}:
        use_mnist()
    _find_a_screen()
    rows = []
    for name in arguments.only or PARTS:
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        rows += (PARTS | ON_REQUEST)[name]()
    print(_machine())
    print(markdown_table(rows) if arguments.markdown else terminal_table(rows))
    return 0


def headless() -> list[Row]:
    from ae_studio.paths import data_root
    from benchmarks.baselines import bare_loop, mnist_images
    from benchmarks.engine import CASES, engine_speed, median_pair

    images = mnist_images(data_root())
    rows = []
    for case, target in zip(CASES, (0.95, 0.55), strict=True):
        values = case.values
        pairs = []
        for _ in range(HEADLESS_ROUNDS):
            bare = bare_loop(case.bare(), images, case.steps, batch_size=values["batch_size"], lr=values["lr"])
            pairs.append((engine_speed(values, case.steps), bare))
        ours, bare = median_pair(pairs)
        rows.append(Row(f"{case.title}, train() : hand-written loop", ours, "images/s", bare, target))
    return rows


def window_speed() -> list[Row]:
    from benchmarks.engine import CASES

    found = _of_window("speed")
    return [
        Row(
            f"{case.title}, window open : hand-written loop",
            found[f"{case.name}_window"],
            "images/s",
            found[f"{case.name}_bare"],
            target,
        )
        for case, target in zip(CASES, (0.90, 0.45), strict=True)
    ]


def talk() -> list[Row]:
    from ae_studio.paths import data_root
    from benchmarks.baselines import Linear, TalkVae, mnist_images, talks_way
    from benchmarks.engine import TALK_LINEAR, TALK_VAE, engine_speed, median_pair

    images = mnist_images(data_root())
    cases = {"linear": (TALK_LINEAR, Linear), "VAE": (TALK_VAE, TalkVae)}
    rows = []
    for name, (values, model) in cases.items():
        pairs = []
        for _ in range(TALK_ROUNDS):
            talks = talks_way(model(), images, TALK_STEPS, batch_size=64, lr=values["lr"])
            pairs.append((engine_speed(values, 700), talks))
        ours, talks = median_pair(pairs)
        rows.append(Row(f"the talk's {name}, train() : the talk's own way", ours, "images/s", talks, 4.0))
    return rows


def hand() -> list[Row]:
    found = _of_window("hand")
    moved = "mouse move to painted digit, 99 of 100"
    return [
        Row(f"{moved}, idle", found["idle_p99"], "ms", target=8.3, at="most"),
        Row(f"{moved}, while training", found["busy_p99"], "ms", target=16.7, at="most"),
        Row("gap of the event loop while training, 999 of 1000", found["gap_p999"], "ms", target=33, at="most"),
    ]


def startup() -> list[Row]:
    from benchmarks.startup import measure

    found = measure()
    return [
        Row("from the command to the first window", found.visible, "s", target=0.8, at="most"),
        Row(f"ready to train : {found.lightning_command}", found.ready, "s", found.lightning, 1.15, at="most"),
    ]


def memory() -> list[Row]:
    command = [sys.executable, "-m", "benchmarks.memory"]
    bare = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    found = _of_window("memory")
    return [Row("memory, window training on MNIST : imports and data", found["window_mb"], "MB", bare, 1.3, at="most")]


def mapped() -> list[Row]:
    from benchmarks.engine import CASES
    from benchmarks.mapped import is_room

    speeds = _of_process("benchmarks.mapped", "speed")
    rows = [
        Row(f"{case.title}, images mapped : in memory", speeds[case.name][0], "images/s", speeds[case.name][1], 0.8)
        for case in CASES
    ]
    if not is_room():
        print("mapped: 10 million images are left out, they need 10 GB of free disk", file=sys.stderr)
        return rows
    found = _of_process("benchmarks.mapped", "resident")
    what = "memory, training on 10 million 28×28 images (7.8 GB)"
    return [*rows, Row(what, found["resident_mb"], "MB", target=1500, at="most")]


def gpu() -> list[Row]:
    """Rows of a machine with an NVIDIA GPU; elsewhere none, which is said."""
    import torch

    if not torch.cuda.is_available():
        print("gpu: left out, there is no CUDA device here", file=sys.stderr)
        return []
    rows = []
    name = torch.cuda.get_device_name(0)
    for found in _of_process("benchmarks.gpu", "measure"):
        case = f"{name}, {found['network']} VAE, batch {found['batch_size']}"
        epoch = f"epoch {54_000 / found['ours']:.2f} s"
        rows += [
            Row(f"{case}, train() ({epoch}) : hand-written loop", found["ours"], "images/s", found["bare"], 0.9),
            Row(f"{case}, train() : on the CPU", found["ours"], "images/s", found["cpu"]),
            Row(f"{case}, time in kernels : on the wall", found["kernel_share"], ""),
        ]
    return rows


def families() -> list[Row]:
    """Every family's speed through ``train()``, and what one of its steps costs in those of the plain VAE."""
    from ae_studio.models.catalog import MODELS

    rows = []
    vae = 0.0
    for name in sorted(MODELS, key=lambda name: name != "vae"):
        (found,) = _of_process("benchmarks.families", name)
        vae = vae or found["bare"]
        rows.append(Row(f"{name}, train() : its loss by hand", found["ours"], "images/s", found["bare"], 0.9))
        cost = Row(f"{name}, a step : the plain VAE's", 1e6 / found["bare"], "µs an image", 1e6 / vae, 3.0, at="most")
        rows.append(cost)
    term = _of_process("benchmarks.families", "term")
    return [*rows, Row("the topological term, a batch of 128", term, "ms", target=3.0, at="most")]


def drawing() -> list[Row]:
    """How far the code of a real digit moves when it is drawn: no farther than the model is unsure of it."""
    found = _of_process("benchmarks.drawing", "measure")
    return [
        Row(
            "2-D VAE, a drawn digit's code to its own : σ of the posterior",
            found["moved"],
            "",
            found["spread"],
            1,
            "most",
        ),
        Row("2-D VAE, a drawn digit's code to its own : nearest of 2,000 codes", found["moved"], "", found["nearest"]),
        Row("a drawing of 280×280 as the data has it", found["ms"], "ms", target=2, at="most"),
    ]


def library() -> list[Row]:
    """10,000 runs: found again with the index, listed without, and searched in the window's table."""
    found = _of_process("benchmarks.library", "list")
    return [
        Row("10,000 runs listed", found["warm"], "s", target=1.0, at="most"),
        Row("10,000 runs without an index, the newest are there", found["first"], "s", target=1.0, at="most"),
        Row("10,000 runs without an index, all are there", found["cold"], "s"),
        Row("10,000 runs sorted by another column, or searched", found["table_ms"], "ms", target=50, at="most"),
    ]


def canvas() -> list[Row]:
    """The canvas with very many points; needs neither MNIST nor a model."""
    found = _of_process("benchmarks.canvas", "measure")
    rows = []
    for count, target in ((70_000, 60), (1_000_000, 20)):
        for move, words in (("pan", "panning"), ("zoom", "zooming")):
            what = f"canvas, {count:,} points, {words}"
            rows.append(Row(what, found[f"{move}_{count}"], "frames/s", target=target))
    what = "canvas, nearest of 1,000,000 points to the mouse, 99 of 100"
    return [*rows, Row(what, found["hover"], "ms", target=2.0, at="most")]


def loss() -> list[Row]:
    """The loss plot with very many steps; needs neither MNIST nor a model."""
    found = _of_process("benchmarks.loss", "measure")
    what = "loss plot, 10,000,000 steps of 4 terms, smoothed"
    return [
        Row(f"{what}, zooming", found["zoom"], "frames/s", target=30),
        Row(f"{what}, panning", found["pan"], "frames/s", target=30),
        Row("loss plot, 3,000 steps a second on top of them", found["live"], "% of a thread", target=3, at="most"),
    ]


def lattice() -> list[Row]:
    """The map under the points, of a convolutional decoder, and the hand over it."""
    found = _of_process("benchmarks.lattice", "measure")
    moved = "mouse move to painted digit over lattice and density, 99 of 100"
    return [
        Row(f"a lattice of {found['images']} 28×28 conv decodes anew", found["refresh_ms"], "ms", target=50, at="most"),
        Row("longest gap of the event loop meanwhile", found["gap_max"], "ms", target=33, at="most"),
        Row(f"{moved}, idle", found["idle_p99"], "ms", target=8.3, at="most"),
        Row(f"{moved}, while training", found["busy_p99"], "ms", target=16.7, at="most"),
    ]


def epochs() -> list[Row]:
    """A step of the epoch slider, from its change to everything painted."""
    found = _of_process("benchmarks.epochs", "measure")
    rows = []
    for read, words in (("ahead", "read ahead"), ("cold", "not in memory")):
        for layers, over in (("plain", ""), ("layers", ", lattice and density on")):
            what = f"a step of the epoch slider, {words}{over}, 99 of 100"
            rows.append(Row(what, found[f"{layers}_{read}_p99"], "ms", target=50, at="most"))
            print(f"{what}: half of them {found[f'{layers}_{read}_p50']:.1f} ms", file=sys.stderr)
    rows.append(Row("lattice and density of that epoch too, half of them", found["layers_ahead_p50_layers"], "ms"))
    return rows


def linked() -> list[Row]:
    found = _of_process("benchmarks.linked", "measure")
    what = "four linked canvases, mouse move to four painted digits, 99 of 100"
    return [Row(what, found["p99"], "ms", target=16.7, at="most")]


PARTS: dict[str, Callable[[], list[Row]]] = {
    "headless": headless,
    "window": window_speed,
    "talk": talk,
    "hand": hand,
    "canvas": canvas,
    "loss": loss,
    "linked": linked,
    "lattice": lattice,
    "epochs": epochs,
    "startup": startup,
    "memory": memory,
    "mapped": mapped,
    "gpu": gpu,
    "library": library,
}
ON_REQUEST: dict[str, Callable[[], list[Row]]] = {"families": families, "drawing": drawing}


def _of_window(measurement: str) -> dict[str, float]:
    """From a process of its own, so that nothing of one measurement weighs on the next."""
    figures: dict[str, float] = _of_process("benchmarks.window", measurement)
    return figures


def _of_process(module: str, measurement: str) -> Any:
    command = [sys.executable, "-m", module, measurement]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _find_a_screen() -> None:
    """Starts all of this again on a virtual screen where there is no real one."""
    if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    xvfb = shutil.which("xvfb-run")
    if xvfb and "QT_QPA_PLATFORM" not in os.environ:
        os.execv(xvfb, [xvfb, "-a", "-s", SCREEN, sys.executable, "-m", "benchmarks", *sys.argv[1:]])
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print("No display and no Xvfb: the window is painted into memory.", file=sys.stderr)


def _machine() -> str:
    import torch

    name = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    versions = f"Python {platform.python_version()}, torch {torch.__version__}"
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, {versions}\n"


if __name__ == "__main__":
    sys.exit(main())
