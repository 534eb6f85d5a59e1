"""What the window tells in its message bar, in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from ae_studio import __version__
from ae_studio.events import EpochDone, RunEnded, RunStalled, RunStarted
from ae_studio.gui.message_bar import MessageBar
from ae_studio.gui.status import in_words
from ae_studio.latent.diagnosis import Advice, Diagnosis, of_an_epoch

KEYS = """\
Canvas: drag with the left button to move the handle, with the right to move the view; the wheel zooms, a double click
shows all. Arrow keys nudge the handle by 0.05, with Shift by 0.5; + and − zoom, 0 shows all, Esc leaves a preview.
Data points: P takes the tool that drags them, Alt does so with the hand; a double click, or Enter on the one in focus,
puts the handle exactly there; Esc puts it back, and then lets go. R encodes again what is decoded at the handle.
Legend: a click hides a class, a double click shows it alone, a right click selects it.
L takes the lasso: draw around points to select them; Shift adds, Alt takes away, both keep only what was selected too.
Ctrl+A selects all that is shown, Ctrl+Shift+A nothing, Ctrl+I the others; with the lasso, Esc clears.
3 takes the tool that picks three images for a plane. Traversals: arrow keys go over the cells, Enter goes there.
F draws a way through the plane (Stroke), H is the hand again. With lasso, three images and Stroke, arrow keys
move a pen (with Shift finely), then Space puts it down and lifts it, Enter clicks.
In a strip of frames ← and → go on by one, Space plays.
Draw: the left button draws, the right one erases; arrow keys move the pen (with Shift finely), Space puts it down and
lifts it, Del clears, Ctrl+V pastes a picture. Ctrl+Z takes back a stroke as any other step.
Loss: the wheel zooms, dragging moves, with the right button it zooms each axis; a double click, or Home, shows all
again. A click goes to that epoch, ← and → go by one.
Space pauses the training and goes on, S trains on one batch, E to the end of the epoch; both begin a run where none is.
M plays steps in slow motion: Space stands still and plays on, ← and → go through the stages, S to the next step, and
Esc or M closes it, with the training paused.
Ctrl+T trains, Ctrl+. stops, Ctrl+L shows all runs, Ctrl+O opens one, Ctrl+S saves pictures. Ctrl+Shift+T trains the run
that is shown for more epochs, or branches off.
Epochs: , and . go by one, K or Shift+Space plays; on the slider ← → go by one, PgUp and PgDn by a tenth, Home and End
to the ends. A and B keep the epoch that is shown, X flips between the two; held down, it is a glance at the other.
Ctrl+U shows the queue: there Alt+↑ and Alt+↓ move what waits, Del calls off, Enter opens. In a sweep's summary ← and →
go from run to run, on its map the arrow keys from cell to cell, Enter opens it.
Number fields: the arrows go through 1, 2, 5, 10; Ctrl+↑ doubles, Ctrl+↓ halves. Those with a bar at their left can be
changed while it trains: Return, or a pause of the keys, and the next step takes it.
Comparison: X changes the two images over, ← and → move the line between them, the wheel zooms into both, the right
button moves them; in the curves ← and → read, Enter goes there with all runs; F5 reads the runs again. Above, a run is
dragged past another; Esc leaves it where it was.
Its latent spaces take H, L, the arrow keys, Enter, +, − and 0 as the canvas does, and all of them follow; among the
points of all runs ← and → go on by one, Enter opens the menu of a run.
F1 shows the card of the model that is chosen.
"""
ABOUT = """\
A desktop laboratory for autoencoders: choose data, choose a model, press Train, and drag a point through the latent
space while it forms. MIT licence. Doctor, in the same menu, says which libraries it runs on.
"""


class Messages(QObject):
    """Puts into words what happened, and shows it in the bar."""

    def __init__(self, bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._diagnosis: Diagnosis | None = None
        self._advice: tuple[Advice, ...] = ()  # given last, while it holds
        self._stall = ""

    def start(self, event: RunStarted) -> None:
        """Of this run every kind of advice is given once."""
        self._diagnosis, self._advice = Diagnosis(event.space), ()

    def follow(self, event: EpochDone) -> None:
        """What the run suffers from, when it has for some epochs; taken back when it has got over it."""
        if self._diagnosis is None:
            return
        self.tell_advice(self._diagnosis.add_epoch(event.epoch, event.validation, event.look.codes))
        if self._advice and not self._diagnosis.holds(self._advice):
            if self._bar.text == _as_text(self._advice):
                self._bar.clear()
            self._advice = ()

    def tell_opened(self, opened: Any) -> None:
        """What an :class:`ae_studio.runs.opening.OpenedRun` lacks, or else what it suffers from.

        Not of one that is being written: much is not there yet; nor of one whose model the user is asked about.
        """
        self.take_back_stall()
        if opened.untrusted or not opened.ended:
            return
        if opened.problems:
            self._bar.show_message("warning", "Some of this run is missing.", details="\n".join(opened.problems))
        elif opened.moment and opened.moment.look.epoch:
            look = opened.moment.look
            self.tell_advice(of_an_epoch(opened.history.validation.get(look.epoch, {}), look.codes, opened.space))

    def tell_advice(self, advice: Sequence[Advice]) -> None:
        """All of it in one message: the bar shows one at a time."""
        if advice:
            self._advice = tuple(advice)
            self._bar.show_message("warning", _as_text(advice))

    def tell_end(self, event: RunEnded, log: Path | None) -> None:
        """A failure, or what the run suffers from; other ends stand in the status bar."""
        self.take_back_stall()
        if event.outcome == "failed":
            kept = f"The run folder is {event.run}" if event.run else ""
            told = f"The log is {log}" if log and log.exists() else ""
            self._bar.show_message("error", event.reason, details="\n".join(filter(None, (told, kept))))
        elif self._diagnosis is not None:
            self.tell_advice(self._diagnosis.end())

    def tell_stall(self, event: RunStalled) -> None:
        self._stall = f"Nothing new for {in_words(event.seconds)}: the process that writes this run may have died."
        self._bar.show_message("warning", self._stall)

    def take_back_stall(self) -> None:
        """It goes on, or it is not watched any more."""
        if self._stall and self._bar.text == self._stall:
            self._bar.clear()
        self._stall = ""

    def tell_failure(self, kind: str, message: str, details: str) -> None:
        """Of an errand: ``kind`` says which. Details are told of what may be a mistake in a program."""
        if kind == "engine":
            message = f"Torch or Lightning could not be loaded, so nothing can be trained: {message}"
        self._bar.show_message("error", message, details=details if kind in ("engine", "model") else "")

    def tell_decoding_failed(self, message: str) -> None:
        self._bar.show_message("error", f"This code could not be decoded: {message}")

    def tell_evaluation_failed(self, message: str) -> None:
        self._bar.show_message("error", f"This epoch could not be evaluated: {message}")

    def tell_epoch_refused(self, epoch: int, reason: str, left_out: bool) -> None:
        """An epoch's files are missing or damaged; ``left_out`` of those that are played."""
        words = "is left out" if left_out else "cannot be shown"
        self._bar.show_message("error", f"Epoch {epoch} {words}: {reason}")

    def tell_computation_failed(self, message: str) -> None:
        """Where the hand has told of the same failure, that says more."""
        if message in self._bar.text:
            return
        self._bar.show_message("error", f"A view of the latent space could not be computed: {message}")

    def tell_wrong(self, message: str) -> None:
        """What the user asked for cannot be done, and why."""
        self._bar.show_message("error", message)

    def tell_pictures(self, paths: list[Path]) -> None:
        self._bar.show_message("info", f"{len(paths)} pictures saved in {paths[0].parent}")

    def tell_saved(self, path: str) -> None:
        self._bar.show_message("info", f"Saved as {path}")

    def tell_examined(self, healthy: bool, text: str) -> None:
        summary = "Everything that is needed is here" if healthy else "Something is missing or wrong here"
        self._bar.show_message("info" if healthy else "warning", summary, details=text, unfolded=True)

    def tell_keys(self) -> None:
        self._bar.show_message("info", "Keys and mouse", details=KEYS, unfolded=True)

    def tell_about(self) -> None:
        self._bar.show_message("info", f"AE Studio {__version__}", details=ABOUT, unfolded=True)


def _as_text(advice: Sequence[Advice]) -> str:
    return "\n".join(each.text for each in advice)
