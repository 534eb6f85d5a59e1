"""What the canvas says before there is anything to see: where to begin, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ae_studio.gui.buttons import allow
from ae_studio.gui.card_button import CardButton
from ae_studio.gui.named import named

WIDTH = 720  # pixels: longer lines are hard to read
WORDS = (
    "Each image becomes a point, coloured by its class. Press Train and watch the classes part; "
    "then drag the handle: what you see beside is the image that the model imagines there."
)
NO_RUNS = "The runs that you train are found here again."


class Welcome(QScrollArea):
    """An invitation over the empty canvas.

    Signals:
        train_requested(): with the settings as they are.
        tour_chosen(name)
        run_chosen(folder): the name of one of the recent runs' folders.
        runs_requested(): all of them.
    """

    train_requested = Signal()
    tour_chosen = Signal(str)
    run_chosen = Signal(str)
    runs_requested = Signal()

    def __init__(self, tours: Mapping[str, tuple[str, str]], parent: QWidget | None = None) -> None:
        """``tours`` maps a name to its title and its one-line summary."""
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hints: dict[QPushButton, str] = {}
        self._why_not_open = ""
        self._train_button = named(QPushButton("Train", self), "welcome_train_button")
        self._train_button.setProperty("primary", True)
        self._hints[self._train_button] = "Train with the settings on the left"
        self._runs_button = named(QPushButton("All runs", self, flat=True), "welcome_runs_button")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(6)
        self._cards: list[CardButton] = []
        self._lay_out(tours)
        self._train_button.clicked.connect(self.train_requested)
        self._runs_button.clicked.connect(self.runs_requested)
        self.show_recent(())

    def _lay_out(self, tours: Mapping[str, tuple[str, str]]) -> None:
        page = QWidget(self)
        page.setMaximumWidth(WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(named(QLabel("The latent space appears here", self), "welcome_title"))
        column.addWidget(named(QLabel(WORDS, self, wordWrap=True), "dim_label"))
        column.addWidget(self._train_button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        halves = QGridLayout()  # so that both headings stand on one line
        halves.setHorizontalSpacing(20)
        halves.setVerticalSpacing(6)
        halves.addWidget(named(QLabel("TOURS", self), "section_title"), 0, 0)
        halves.addLayout(self._runs_header(), 0, 1)
        halves.addLayout(self._tours(tours), 1, 0)
        halves.addLayout(self._runs(), 1, 1)
        for half, share in enumerate((3, 2)):
            halves.setColumnStretch(half, share)
        column.addLayout(halves)
        column.addStretch(1)
        content = named(QWidget(self), "welcome_content")
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        self.setWidget(content)

    def _tours(self, tours: Mapping[str, tuple[str, str]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        for name, (title, summary) in tours.items():
            button = named(CardButton(title, summary, self), f"tour_{name.replace('-', '_')}_button")
            button.setProperty("tour", name)
            button.clicked.connect(self._choose_tour)
            self._hints[button] = "Trains on the data that is chosen, and says what to look at"
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _runs_header(self) -> QHBoxLayout:
        header = QHBoxLayout()
        header.addWidget(named(QLabel("RECENT RUNS", self), "section_title"), 1)
        header.addWidget(self._runs_button)
        return header

    def _runs(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        self._no_runs = named(QLabel(NO_RUNS, self, wordWrap=True), "dim_label")
        column.addWidget(self._no_runs)
        column.addLayout(self._recent)
        column.addStretch(1)
        return column

    def showEvent(self, event: QShowEvent) -> None:
        """From its top, wherever it was left."""
        super().showEvent(event)
        self.verticalScrollBar().setValue(0)

    def allow_training(self, reason: str) -> None:
        """An empty reason means that it can begin; any other is told by the buttons."""
        for button, hint in self._hints.items():
            allow(button, reason, hint)

    def allow_opening(self, reason: str) -> None:
        self._why_not_open = reason
        for card in self._cards:
            self._allow_card(card)

    def show_recent(self, runs: Sequence[Any]) -> None:
        """:class:`ae_studio.runs.listed.ListedRun`, the newest first."""
        for card in self._cards:
            self._recent.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._run_card(run, number) for number, run in enumerate(runs)]
        for card in self._cards:
            self._recent.addWidget(card)
        self._no_runs.setVisible(not self._cards)

    def _run_card(self, run: Any, number: int) -> CardButton:
        epochs = f"{run.epochs_done} epoch{'s' if run.epochs_done != 1 else ''}"
        title = run.title or f"{run.model} on {run.data}"
        words = f"d = {run.latent_dim} · {epochs} · {run.started[5:16]}"
        card = named(CardButton(title, words, self, wrapped=False), f"recent_run_{number}_button")
        card.setProperty("folder", run.folder)
        card.clicked.connect(self._choose_run)
        self._allow_card(card)
        return card

    def _allow_card(self, card: CardButton) -> None:
        card.setEnabled(not self._why_not_open)
        card.setToolTip(self._why_not_open or f"Open {card.property('folder')}")

    def _choose_tour(self) -> None:
        self.tour_chosen.emit(str(self.sender().property("tour")))

    def _choose_run(self) -> None:
        self.run_chosen.emit(str(self.sender().property("folder")))
