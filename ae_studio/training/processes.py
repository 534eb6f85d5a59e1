"""Several processes that train one model: Lightning's DDP, and what happens when one of them dies or falls silent."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ae_studio.lightning import (
    ClusterEnvironment,
    DDPStrategy,
    LightningEnvironment,
    SLURMEnvironment,
    SubprocessLauncher,
    TorchElasticEnvironment,
)
from ae_studio.training.heartbeat import Heartbeat
from ae_studio.training.ranks import Ranks

if TYPE_CHECKING:
    from torch.distributed import TCPStore  # type: ignore[attr-defined]

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
    collective, or where one has fallen silent: it has to end this process.
    """

    def __init__(self, on_death: OnDeath, **settings: Any) -> None:
        super().__init__(**settings)
        self._on_death = on_death
        self._launched: _Launcher | None = None
        self._heartbeat: Heartbeat | None = None

    def _configure_launcher(self) -> None:
        assert self.cluster_environment is not None
        self._launched = _Launcher(self.cluster_environment, self.num_processes, self.num_nodes)
        self._launched.on_death = self._on_death
        self._launcher = self._launched

    def setup_distributed(self) -> None:
        super().setup_distributed()
        self._heartbeat = Heartbeat(self._store(), self.global_rank, self.world_size, self._on_death)

    def _store(self) -> TCPStore:
        """Kept by the first process, beside the process group's.

        That one's connection may be busy for as long as the others are waited for, and under torchrun it is torchrun
        that keeps it, which Ctrl-Z stops and its processes not.
        """
        from torch.distributed import TCPStore  # type: ignore[attr-defined]  # only some builds of torch have it

        assert self.cluster_environment is not None
        first, host = self.global_rank == 0, self.cluster_environment.main_address
        if first:
            store = TCPStore(host, 0, is_master=True, wait_for_workers=False)
            self.broadcast(store.port)
            return store
        return TCPStore(host, self.broadcast(0), is_master=False, wait_for_workers=False)

    def how_one_died(self) -> str:
        """``process 1 was ended by SIGKILL``; empty where none is known to have failed."""
        silent = self._heartbeat.how if self._heartbeat else ""
        return silent or (self._launched.how_one_died() if self._launched else "")

    def end_all(self, *, in_order: bool) -> None:
        """Once the training is over, whatever way: a process that hangs in a collective would stay for ever."""
        if self._heartbeat:
            self._heartbeat.end(in_order=in_order)
        if self._launched:
            self._launched.end_all()

    def kill_all(self) -> None:
        """Those that were started here, at once: one that is stopped hears nothing else."""
        if self._launched:
            self._launched.kill_all()


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

    def kill_all(self) -> None:
        for process in self.procs:
            process.kill()

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
