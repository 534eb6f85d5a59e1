"""Several processes that train one model: Lightning's DDP, and what happens when one of them dies."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable
from typing import Any

from ae_studio.lightning import (
    ClusterEnvironment,
    DDPStrategy,
    LightningEnvironment,
    SLURMEnvironment,
    SubprocessLauncher,
    TorchElasticEnvironment,
)
from ae_studio.training.ranks import Ranks

POLL_S = 1.0  # between two looks at whether the others live
GRACE_S = 10.0  # for the training to notice by itself that a process is gone, and to end in order

OnDeath = Callable[[str], None]


def environment(ranks: Ranks) -> ClusterEnvironment:
    """Lightning's view of who started this process."""
    if ranks.starter == "torchrun":
        return TorchElasticEnvironment()
    if ranks.starter == "Slurm":
        return SLURMEnvironment(auto_requeue=False)
    return LightningEnvironment()


class Processes(DDPStrategy):
    """DDP whose first process outlives the others, so that it can say what happened and leave a whole run folder.

    Lightning's own launcher ends it with SIGKILL as soon as another one fails. ``on_death`` is called, from a thread of
    its own, where a process has died and the training has not ended for ten seconds, as when it waits in a GPU's
    collective: it has to end this process.
    """

    def __init__(self, on_death: OnDeath, **settings: Any) -> None:
        super().__init__(**settings)
        self._on_death = on_death
        self._launched: _Launcher | None = None

    def _configure_launcher(self) -> None:
        assert self.cluster_environment is not None
        self._launched = _Launcher(self.cluster_environment, self.num_processes, self.num_nodes)
        self._launched.on_death = self._on_death
        self._launcher = self._launched

    def how_one_died(self) -> str:
        """``process 1 was ended by SIGKILL``; empty where none of those that were started here has failed."""
        return self._launched.how_one_died() if self._launched else ""

    def end_all(self) -> None:
        """Once the training is over, whatever way: a process that hangs in a collective would stay for ever."""
        if self._launched:
            self._launched.end_all()


class _Launcher(SubprocessLauncher):
    on_death: OnDeath

    def launch(self, function: Callable[..., Any], *args: Any, trainer: Any = None, **kwargs: Any) -> Any:
        self._over = threading.Event()
        self.cluster_environment.validate_settings(num_devices=self.num_processes, num_nodes=self.num_nodes)
        if not self.cluster_environment.creates_processes_externally:
            self._call_children_scripts()
            threading.Thread(target=self._watch, name="watches the other processes", daemon=True).start()
        return function(*args, **kwargs)

    def how_one_died(self) -> str:
        codes = ((rank, process.poll()) for rank, process in enumerate(self.procs, start=1))
        return next((f"process {rank} {_in_words(code)}" for rank, code in codes if code), "")

    def end_all(self) -> None:
        self._over.set()
        for process in self.procs:
            try:
                process.wait(timeout=GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _watch(self) -> None:
        while not self._over.wait(POLL_S):
            if self.how_one_died():
                if not self._over.wait(GRACE_S):
                    self.on_death(self.how_one_died())
                return


def _in_words(code: int) -> str:
    if code > 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
