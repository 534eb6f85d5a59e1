"""What the window tells in its message bar, in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from ae_studio import __version__
from ae_studio.events import RunEnded, RunStalled
from ae_studio.gui.message_bar import MessageBar
from ae_studio.gui.status import in_words

COLLAPSED = 0.1  # nats of KL below which codes say next to nothing about their images
COLLAPSE = (
    "The codes say next to nothing about their images (KL {:.3f} nats): the posterior has collapsed onto the prior, "
    "so every code decodes alike. A smaller KL weight β helps."
)
KEYS = """\
Canvas: drag with the left button to move the handle, with the right to move the view; the wheel zooms, a double click
shows all. Arrow keys nudge the handle by 0.05, with Shift by 0.5; + and − zoom, 0 shows all, Esc leaves a preview.
Legend: a click hides a class, a double click shows it alone.
Ctrl+T trains, Space pauses and goes on, S trains on one batch, Ctrl+. stops, Ctrl+O opens a run, Ctrl+S saves pictures.
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
        self._stall = ""

    def tell_end(self, event: RunEnded, log: Path | None, last_kl: float) -> None:
        """A failure, or a posterior that has collapsed; other ends stand in the status bar."""
        self.take_back_stall()
        if event.outcome == "failed":
            kept = f"The run folder is {event.run}" if event.run else ""
            told = f"The log is {log}" if log and log.exists() else ""
            self._bar.show_message("error", event.reason, details="\n".join(filter(None, (told, kept))))
        elif last_kl < COLLAPSED:
            self._bar.show_message("warning", COLLAPSE.format(last_kl))

    def tell_stall(self, event: RunStalled) -> None:
        self._stall = f"Nothing new for {in_words(event.seconds)}: the process that writes this run may have died."
        self._bar.show_message("warning", self._stall)

    def take_back_stall(self) -> None:
        """It goes on, or it is not watched any more."""
        if self._stall and self._bar.text == self._stall:
            self._bar.clear()
        self._stall = ""

    def tell_decoding_failed(self, message: str) -> None:
        self._bar.show_message("error", f"This code could not be decoded: {message}")

    def tell_wrong(self, message: str) -> None:
        """What the user asked for cannot be done, and why."""
        self._bar.show_message("error", message)

    def tell_pictures(self, paths: list[Path]) -> None:
        self._bar.show_message("info", f"{len(paths)} pictures saved in {paths[0].parent}")

    def tell_examined(self, healthy: bool, text: str) -> None:
        summary = "Everything that is needed is here" if healthy else "Something is missing or wrong here"
        self._bar.show_message("info" if healthy else "warning", summary, details=text, unfolded=True)

    def tell_keys(self) -> None:
        self._bar.show_message("info", "Keys and mouse", details=KEYS, unfolded=True)

    def tell_about(self) -> None:
        self._bar.show_message("info", f"AE Studio {__version__}", details=ABOUT, unfolded=True)
