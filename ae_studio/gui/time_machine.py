"""The run's epochs, read from its folder: the one that is asked for, those that may be asked for next, every code's
way through all of them. One of the few modules of the window that talk to :mod:`ae_studio.runs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ae_studio.events import Codes, EpochDone, Look
from ae_studio.gui.worker import Worker
from ae_studio.latent.code_paths import MOST_BYTES, CodePaths, Ends, evenly

if TYPE_CHECKING:
    from ae_studio.runs.moments import Moments

AT_ONCE = 16  # epochs whose codes are read between two other requests: some milliseconds
PAUSE_MS = 15  # before each: what has been read for the hand is painted meanwhile
MOST_ON_THE_WAY = 24  # epochs between two that points glide through: more cannot be told apart


class TimeMachine(QObject):
    """Reads in a thread of its own: first what is to be shown, then what lies ahead, then codes for the paths.

    Signals:
        look_shown(look, way): that of the epoch which was asked for last; ``way`` are the codes (n, d) of the epochs
            between the one before and it, as far as they are known.
        epoch_refused(epoch, message): it cannot be shown, and why; with what is looked at nothing happens.
        epochs_found(epochs): what the folder of the run already holds.
        paths_changed(CodePaths): the codes of one more epoch are known, or A and B are others.
    """

    look_shown = Signal(object, object)
    epoch_refused = Signal(int, str)
    epochs_found = Signal(object)
    paths_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths = CodePaths()
        self._moments: Moments | None = None
        self._epochs: list[int] = []
        self._unreadable: set[int] = set()  # epochs without codes
        self._wanted: int | None = None  # that is to be shown, until it is
        self._shown: int | None = None  # the one that is looked at
        self._place: int | None = None  # where the hand on the slider is; None while the newest is followed
        self._direction = 0
        self._worker = Worker(self)
        self._worker.done.connect(self._take_result)
        self._worker.failed.connect(self._take_failure)
        self._ahead = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._ahead.timeout.connect(self._read_on)

    def end(self) -> None:
        self._ahead.stop()
        self._worker.end()

    # The run

    def begin(self, run: Path | None) -> None:
        """Another run is shown, from this folder."""
        self._forget("begin", "show", "ahead", "paths")
        self._moments, self._epochs, self._unreadable = None, [], set()
        self._wanted = self._shown = self._place = None
        self._set_paths(CodePaths())
        if run is not None:
            self._worker.request("begin", partial(_begin, run))

    def take_epoch(self, event: EpochDone) -> None:
        """One more is kept, or one has been trained anew."""
        if event.epoch not in self._epochs:
            self._epochs = sorted([*self._epochs, event.epoch])
        self._unreadable.discard(event.epoch)
        self._set_paths(self._within_bounds(self.paths.with_codes({event.epoch: event.look.codes})))

    def follow(self, look: Look) -> None:
        """The newest look of a training is shown, as it came: nothing has to be read for that."""
        self._wanted, self._shown, self._place = None, look.epoch, None
        self._forget("show", "ahead")

    def rest(self) -> None:
        """The training is over: what lies around its last epoch may be asked for next."""
        if self._place is None and self._epochs:
            self._place, self._direction = self._epochs[-1], 0
            self._go_on()

    # The hand

    def go_to(self, epoch: int) -> None:
        """Shows it as soon as it is read; one that still waits to be read is not shown any more."""
        before = self._shown if self._place is None else self._place
        self._direction = 0 if before is None else (epoch > before) - (epoch < before)
        self._wanted = self._place = epoch
        self._forget("ahead", "paths")
        if self._moments is not None:
            self._worker.request("show", partial(_show, self._moments, epoch))

    def set_ends(self, ends: Ends) -> None:
        """Which epochs are called A and B."""
        self._set_paths(CodePaths(self.paths.codes, ends))
        self._go_on()

    # What comes of it

    def _take_result(self, kind: str, result: Any) -> None:
        moments, answer = result
        if kind == "begin":
            self._take_run(moments, answer)
        elif moments is not self._moments:
            return  # of the run before
        elif kind == "show":
            self._take_shown(*answer)
        elif kind == "ahead" and answer:
            self._go_on()
        elif kind == "ahead":
            self._read_paths()
        elif kind == "paths":
            self._take_codes(*answer)

    def _take_failure(self, kind: str, message: str, details: str) -> None:
        """A model of the user's own may raise anything."""
        if kind == "show" and self._wanted is not None:
            self._take_shown(self._wanted, None, message)

    def _take_run(self, moments: Moments, epochs: tuple[int, ...]) -> None:
        self._moments = moments
        self._epochs = sorted({*self._epochs, *epochs})
        self.epochs_found.emit(epochs)
        if self._wanted is not None:
            self.go_to(self._wanted)
        elif epochs and self._shown is None:
            self._place = self._shown = epochs[-1]
        self._go_on()

    def _take_shown(self, epoch: int, look: Look | None, reason: str) -> None:
        if epoch == self._wanted:
            self._wanted = None
            if look is None:
                self._place = self._shown
                self.epoch_refused.emit(epoch, reason)
            else:
                before, self._shown = self._shown, epoch
                self.look_shown.emit(look, self._way(before, epoch, look.codes))
            self._go_on()

    def _way(self, before: int | None, epoch: int, codes: Codes) -> list[Codes]:
        way = [] if before is None else self.paths.between(before, epoch)
        fitting = [each for each in way if each.shape == codes.shape]
        return fitting[:: -(-len(fitting) // MOST_ON_THE_WAY)] if fitting else []

    def _go_on(self) -> None:
        """With what may be wanted next."""
        if not self._ahead.isActive():
            self._ahead.start()

    def _read_on(self) -> None:
        if self._moments is None or self._wanted is not None:
            return
        if self._place is None:
            self._read_paths()
        else:
            work = partial(_read_ahead, self._moments, tuple(self._epochs), self._place, self._direction)
            self._worker.request("ahead", work)

    def _read_paths(self) -> None:
        known = self._unreadable.union(self.paths.epochs)
        missing = [epoch for epoch in self._on_paths(self.paths) if epoch not in known][:AT_ONCE]
        if missing and self._moments is not None:
            self._worker.request("paths", partial(_read_codes, self._moments, tuple(missing)))

    def _take_codes(self, found: dict[int, Codes], unreadable: Sequence[int]) -> None:
        self._unreadable.update(unreadable)
        if found:
            self._set_paths(self._within_bounds(self.paths.with_codes(found)))
        self._go_on()

    def _within_bounds(self, paths: CodePaths) -> CodePaths:
        return paths.only(self._on_paths(paths))

    def _on_paths(self, paths: CodePaths) -> tuple[int, ...]:
        """Of the run's epochs those whose codes are kept in memory."""
        largest = max((codes.nbytes for codes in paths.codes.values()), default=1)
        return evenly(self._epochs, max(2, MOST_BYTES // max(1, largest)), paths.ends)

    def _set_paths(self, paths: CodePaths) -> None:
        self.paths = paths
        self.paths_changed.emit(paths)

    def _forget(self, *kinds: str) -> None:
        for kind in kinds:
            self._worker.forget(kind)


def _begin(run: Path) -> tuple[Moments, tuple[int, ...]]:
    from ae_studio.runs.moments import Moments
    from ae_studio.torch_setup import compute_on_one_thread

    compute_on_one_thread()
    moments = Moments(run)
    return moments, moments.epochs()


def _show(moments: Moments, epoch: int) -> tuple[Moments, tuple[int, Look | None, str]]:
    from ae_studio.runs.recorded import RunError

    try:
        return moments, (epoch, moments.at(epoch).look, "")
    except RunError as error:
        return moments, (epoch, None, str(error))


def _read_ahead(moments: Moments, epochs: Sequence[int], epoch: int, direction: int) -> tuple[Moments, bool]:
    """One epoch, so that one which is asked for never waits for more; whether there was one to read."""
    wanted = moments.next_ahead(epochs, epoch, direction)
    if wanted is None and direction:
        wanted = moments.next_ahead(epochs, epoch, 0)
    if wanted is not None:
        moments.look_into(wanted)
    return moments, wanted is not None


def _read_codes(moments: Moments, epochs: Sequence[int]) -> tuple[Moments, tuple[dict[int, Codes], list[int]]]:
    from ae_studio.runs.recorded import RunError

    found, unreadable = {}, []
    for epoch in epochs:
        try:
            found[epoch] = moments.codes(epoch)
        except RunError:
            unreadable.append(epoch)  # who goes there is told why
    return moments, (found, unreadable)
