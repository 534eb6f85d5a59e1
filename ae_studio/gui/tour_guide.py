"""Leads through a tour: trains its runs one after the other, and says between them what to look at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ae_studio.events import RunEnded, RunStarted
from ae_studio.training.defaults import PRESETS
from ae_studio.training.tours import TOURS, Stop, Tour

EPOCH_MS = 1250  # an epoch of the time machine: long enough to see what moved, and to say a sentence


class TourGuide(QObject):
    """One stop after the other. A tour ends with its last stop, or where something else than its next run is shown.

    Signals:
        told(Tour, number, why_not): its stop of this number is reached; why one cannot go on yet, empty if one can.
        ended()
        train_requested(preset), epoch_requested(epoch), sample_requested(), panel_requested(key),
        loss_view_requested(view), layers_requested(preset), evaluate_requested(): what its stops ask for.
        comparison_requested(entries): the tour's runs, each a folder and None for its last epoch.
        run_named(folder, title, tag): what the library is to call a run of the tour, which has begun.
    """

    told = Signal(object, int, str)
    ended = Signal()
    train_requested = Signal(str)
    epoch_requested = Signal(int)
    sample_requested = Signal()
    panel_requested = Signal(str)
    loss_view_requested = Signal(str)
    layers_requested = Signal(str)
    evaluate_requested = Signal()
    comparison_requested = Signal(object)
    run_named = Signal(object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tour: Tour | None = None
        self._number = 0
        self._expects_run = False
        self._runs: list[Path] = []
        self._epochs: list[int] = []
        self._timer = QTimer(self, interval=EPOCH_MS)
        self._timer.timeout.connect(self._go_to_next_epoch)

    @property
    def leading(self) -> bool:
        return self._tour is not None

    @property
    def stop(self) -> Stop:
        assert self._tour is not None
        return self._tour.stops[self._number]

    def begin(self, name: str) -> None:
        self._tour, self._number, self._runs = TOURS[name], 0, []
        self._do()

    def go_on(self) -> None:
        """To the next stop; behind the last one the tour ends. Epochs that are still to be shown are left out."""
        if self._tour is None or self._expects_run:
            return
        self._timer.stop()
        if self._number + 1 == len(self._tour.stops):
            self.end()
        else:
            self._number += 1
            self._do()

    def end(self) -> None:
        if self._tour is not None:
            self._timer.stop()
            self._tour, self._expects_run = None, False
            self.ended.emit()

    # What happens meanwhile

    def take_start(self, event: object) -> None:
        """A run has begun, or was opened; where it is not the tour's, the user has gone another way."""
        if not self._expects_run:
            self.end()
        elif isinstance(event, RunStarted) and self._tour is not None:
            self.run_named.emit(event.run, PRESETS[str(self.stop.value)].title, self._tour.title)

    def take_end(self, event: RunEnded) -> None:
        """Of a run. One that was stopped, or has failed, is nothing to go on with."""
        if not self._expects_run:
            return
        self._expects_run = False
        if event.outcome == "finished" and event.run is not None:
            self._runs.append(event.run)
            self.go_on()
        else:
            self.end()

    # The stops

    def _do(self) -> None:
        stop = self.stop
        self._expects_run = stop.act == "train"
        self.told.emit(self._tour, self._number, "" if stop.act != "train" else "It goes on when this run is trained")
        if stop.act == "epochs":
            self._epochs = [int(epoch) for epoch in stop.value]
            self._timer.start()
            self._go_to_next_epoch()
        elif stop.act == "sample":
            self.panel_requested.emit("decoded")
            self.sample_requested.emit()
        elif stop.act == "evaluate":
            self.panel_requested.emit("metrics")
            self.evaluate_requested.emit()
        elif stop.act == "loss":
            self.panel_requested.emit("loss")
            self.loss_view_requested.emit(stop.value)
        elif stop.act == "compare":
            self.comparison_requested.emit([(run, None) for run in self._runs])
        else:
            asked = {"train": self.train_requested, "panel": self.panel_requested, "layers": self.layers_requested}
            if stop.act in asked:
                asked[stop.act].emit(stop.value)

    def _go_to_next_epoch(self) -> None:
        if self._epochs:
            self.epoch_requested.emit(self._epochs.pop(0))
        else:
            self.go_on()
