"""From the command to the first window, and to an engine that is ready to train."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from unittest.mock import patch

ROUNDS = 5
# Compiled modules are kept, as on every user's machine, whatever the shell says that this is started from.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

# What the ready engine is compared with. Plain where it can be; beside a torch of another build torchvision stops it,
# and then it is imported as AE Studio does.
IMPORT = "import pytorch_lightning"
GUARDED_IMPORT = "from ae_studio.lightning import pl"


@dataclass(frozen=True, slots=True)
class Startup:
    """Seconds from the start of the process; medians of several."""

    visible: float
    ready: float
    lightning: float
    lightning_command: str


def measure() -> Startup:
    command = IMPORT if _works(IMPORT) else GUARDED_IMPORT
    _times_of_window()  # files come from the disk's cache from here on, for both
    windows, imports = [], []
    for _ in range(ROUNDS):
        imports.append(_seconds_of(command))
        windows.append(_times_of_window())
    visible, ready = (statistics.median(times) for times in zip(*windows, strict=True))
    return Startup(visible, ready, statistics.median(imports), command)


def _works(command: str) -> bool:
    return (
        subprocess.run([sys.executable, "-c", command], capture_output=True, check=False, env=ENVIRONMENT).returncode
        == 0
    )


def _seconds_of(command: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, env=ENVIRONMENT)
    return time.perf_counter() - began


def _times_of_window() -> tuple[float, float]:
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.startup"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        times = {line.strip(): time.perf_counter() - began for line in process.stdout}
    return times["visible"], times["ready"]


def _open_and_tell() -> None:
    """The window as ``ae-studio`` opens it; says when it is painted, behind which it loads, and ready; closes."""
    from ae_studio.cli import main
    from ae_studio.gui import app, main_window

    class TellingWindow(main_window.MainWindow):
        def load(self) -> None:
            print("visible", flush=True)
            self.session.engine_ready.connect(self._tell_ready)
            super().load()

        def _tell_ready(self) -> None:
            print("ready", flush=True)
            self.close()

    with patch.object(app, "MainWindow", TellingWindow):
        main([])  # as the command does it, with all that it asks before


if __name__ == "__main__":
    _open_and_tell()
