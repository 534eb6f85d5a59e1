"""What a tab of the comparison is, and how its runs are told apart: a letter and a colour each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ae_studio.gui.theme import DARK, Theme
from ae_studio.runs.compared import MOST, ComparedRun

LETTERS = "ABCD"
assert len(LETTERS) == MOST

# Of Okabe and Ito's set for colour-blind eyes (Color Universal Design, 2008), those that differ in lightness too, tuned
# for each ground: blue, orange, green, purple.
_COLOURS = {
    "dark": ("#56b4e9", "#e69f00", "#2fc48d", "#d98cc0"),
    "light": ("#0072b2", "#cc6a00", "#00805d", "#a5458a"),
}


def run_colour(theme: Theme, index: int) -> str:
    """Of run A, B, C or D."""
    return _COLOURS[theme.name][index]


def told(index: int, run: ComparedRun) -> str:
    """``A: my run, epoch 20``"""
    return f"{LETTERS[index]}: {run.name}, epoch {run.epoch}"


class CompareTab(QWidget):
    """Shows runs in one way. A tab is one class in one file, and a line in ``compare_tabs.py``.

    What takes more than some milliseconds it computes in a :class:`~ae_studio.gui.worker.Worker` of its own. It is told
    of runs while it is in sight, or when it comes into sight; the first of them is A.

    Signals:
        epoch_wanted(index, epoch): the run of this index shall be looked at there, in every tab.
        add_wanted(path), open_wanted(path): another run shall be compared too, or be opened in the main window.
        problem(text): something went wrong, in words; empty takes it back.
    """

    TITLE = ""
    HINT = ""

    epoch_wanted = Signal(int, int)
    add_wanted = Signal(object)
    open_wanted = Signal(object)
    problem = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        """In the place of those that were shown; there may be but one, or none."""

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def end(self) -> None:
        """The window is closed for good: leaves what is at work, and waits for every thread."""
