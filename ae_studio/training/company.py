"""Those who train a model together: how they are joined, and how they come to an end together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ae_studio.events import OnEvent, RunEnded
from ae_studio.training.control import TrainingStopped
from ae_studio.training.devices import Place
from ae_studio.training.failures import a_process_died
from ae_studio.training.processes import Processes
from ae_studio.training.ranks import Ranks
from ae_studio.training.run_folder import RunFolder


class Company:
    """All processes of a run, this one among them; where it is alone, there is nothing to do."""

    def __init__(self, ranks: Ranks, place: Place, on_event: OnEvent) -> None:
        self._ranks = ranks
        self._place = place
        self._emit = on_event
        self._processes: Processes | None = None

    def strategy(self, folder: RunFolder | None) -> Processes | str:
        """Lightning's word for how they work together; ``folder`` is None in all processes but the first."""
        if self._ranks.alone:
            return "auto"

        def end(how: str) -> None:  # the training itself hangs, so nothing else can end this run any more
            ended = RunEnded("failed", a_process_died(how, self._ranks.world), folder.path if folder else None)
            try:
                self._emit(ended)
                if folder:
                    folder.write_ended(ended)
            finally:
                processes.kill_all()
                os._exit(1)

        backend = "nccl" if self._place.accelerator == "gpu" else "gloo"
        processes = self._processes = Processes(end, process_group_backend=backend)
        return processes

    @contextmanager
    def ending_all(self) -> Iterator[None]:
        """All processes end with this one; one that is stopped or has finished is not missed by the others."""
        in_order = False
        try:
            yield
            in_order = True
        except TrainingStopped:
            in_order = True
            raise
        finally:
            if self._processes is not None:
                self._processes.end_all(in_order=in_order)

    def how_one_died(self) -> str:
        """How another process of this run came to its end; empty where none has failed, as far as is known here."""
        return self._processes.how_one_died() if self._processes else ""
