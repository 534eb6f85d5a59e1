"""The toolbar on top: what can be done with a run."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSizePolicy, QToolBar, QWidget

from ae_studio.gui.buttons import allow
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

ICON = 14  # pixels
SPACING, MARGIN = 9, 14  # pixels between two buttons and at either end, as in the style sheet, and a little more


@dataclass(frozen=True, slots=True)
class Possible:
    """What can be done now: an empty reason means that it can, another says why not.

    ``queues``: what Train begins waits in the queue.
    ``step``, ``stop`` and ``open`` are like ``steer`` where they are not given: a step can begin a run, a run of this
    window's own can be stopped, and is in the way of opening another.
    """

    train: str
    steer: str
    paused: bool
    keep: str
    stop: str | None = None
    open: str | None = None
    evaluate: str = ""
    queues: bool = False
    go_on: str = "There is no run yet"
    step: str | None = None

    @property
    def why_no_step(self) -> str:
        """Why neither a step nor an epoch can be trained now."""
        return self.steer if self.step is None else self.step

    @property
    def why_not_open(self) -> str:
        """Why no other run can be shown now."""
        busy = "" if self.steer else "Stop the training first"
        return busy if self.open is None else self.open


class TopBar(QToolBar):
    """Train, pause, step, an epoch, slow motion and stop; open and save.

    Signals:
        train_requested(), pause_toggled(), step_requested(), epoch_requested(), slow_motion_toggled(),
        stop_requested(), open_requested(), pictures_requested()
        continue_requested(): the run that is shown is to go on.
        runs_requested(): the library of all runs; queue_requested(): what waits, and what is trained apart.
    """

    train_requested = Signal()
    pause_toggled = Signal()
    step_requested = Signal()
    epoch_requested = Signal()
    slow_motion_toggled = Signal()
    stop_requested = Signal()
    open_requested = Signal()
    pictures_requested = Signal()
    continue_requested = Signal()
    runs_requested = Signal()
    queue_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Run", parent)
        self.setObjectName("top_bar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.train_button = self._button("train_button", "Train", "Ctrl+T", primary=True)
        self.continue_button = self._button("continue_button", "Continue…", "Ctrl+Shift+T")
        self.pause_button = self._button("pause_button", "Pause", "Ctrl+Space")
        self.step_button = self._button("step_button", "Step", "Ctrl+J")
        self.epoch_button = self._button("epoch_button", "+1 epoch", "Ctrl+E")
        self.slow_motion_button = self._button("slow_motion_button", "Slow motion", "Ctrl+M")
        self.slow_motion_button.setCheckable(True)
        self.stop_button = self._button("stop_button", "Stop", "Ctrl+.")
        self.runs_button = self._button("runs_button", "Runs", "Ctrl+L")
        self.runs_button.setToolTip("All runs: search, compare their values, use their settings (Ctrl+L)")
        self.queue_button = self._button("queue_button", "Queue", "Ctrl+U")
        self.open_button = self._button("open_button", "Open run", "Ctrl+O")
        self.pictures_button = self._button("pictures_button", "Save pictures", "Ctrl+S")
        self.edit_button = self._button("edit_button", "Edit", "")
        self.edit_menu = QMenu("Edit", self)
        self.edit_button.setMenu(self.edit_menu)
        self.view_button = self._button("view_button", "View", "")
        self.view_menu = QMenu("View", self)
        self.view_button.setMenu(self.view_menu)
        self.help_button = self._button("help_button", "Help", "")
        self.help_menu = QMenu("Help", self)
        self.help_button.setMenu(self.help_menu)
        self._title = named(QLabel("AE Studio", self), "app_title")
        self._theme, self._paused = DARK, False
        self._texts = {button: button.text() for button in self.findChildren(QPushButton)}
        self._lay_out()
        self._connect()
        self.show_queue(0, 0)

    @property
    def _steering(self) -> tuple[QPushButton, ...]:
        """What steers a training."""
        steps = (self.step_button, self.epoch_button, self.slow_motion_button)
        return (self.train_button, self.continue_button, self.pause_button, *steps, self.stop_button)

    @property
    def _seldom(self) -> tuple[QPushButton, ...]:
        """Those whose words are missed least."""
        return (self.pictures_button, self.open_button, self.continue_button, self.stop_button)

    @property
    def _shedding(self) -> tuple[QPushButton, ...]:
        """Those that can do without words, in the order in which they do."""
        steps = (self.step_button, self.epoch_button, self.slow_motion_button)
        return (*self._seldom, self.runs_button, self.pause_button, *steps)

    def _button(self, name: str, text: str, keys: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("primary", primary)
        button.setIconSize(QSize(ICON, ICON))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if keys:
            button.setShortcut(QKeySequence(keys))
        return button

    def _lay_out(self) -> None:
        self._title_action = self.addWidget(self._title)
        for button in self._steering:
            self.addWidget(button)
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)
        for button in (
            self.runs_button,
            self.queue_button,
            self.open_button,
            self.pictures_button,
            self.edit_button,
            self.view_button,
            self.help_button,
        ):
            self.addWidget(button)

    def _connect(self) -> None:
        self.train_button.clicked.connect(self.train_requested)
        self.continue_button.clicked.connect(self.continue_requested)
        self.pause_button.clicked.connect(self.pause_toggled)
        self.step_button.clicked.connect(self.step_requested)
        self.epoch_button.clicked.connect(self.epoch_requested)
        self.slow_motion_button.clicked.connect(self._toggle_slow_motion)
        self.stop_button.clicked.connect(self.stop_requested)
        self.runs_button.clicked.connect(self.runs_requested)
        self.queue_button.clicked.connect(self.queue_requested)
        self.open_button.clicked.connect(self.open_requested)
        self.pictures_button.clicked.connect(self.pictures_requested)

    def show_possible(self, possible: Possible) -> None:
        """Enables what can be done; the others' tooltips say why they cannot."""
        train = "Put these settings at the end of the queue" if possible.queues else "Train with these settings"
        self._set_text(self.train_button, "Add to queue" if possible.queues else "Train")
        allow(self.train_button, possible.train, f"{train} (Ctrl+T)")
        go_on = "Train this run for more epochs, or branch off from one of them (Ctrl+Shift+T)"
        allow(self.continue_button, possible.go_on, go_on)
        pause = "Go on training (Space)" if possible.paused else "Pause behind the batch at work (Space)"
        self._set_text(self.pause_button, "Resume" if possible.paused else "Pause")
        self._paused = possible.paused
        self._draw_pause()
        allow(self.pause_button, possible.steer, pause)
        allow(self.step_button, possible.why_no_step, "Train on one batch, then pause (S)")
        allow(self.epoch_button, possible.why_no_step, "Train to the end of the epoch, then pause (E)")
        slow = "Slow motion: see what happens inside a step, stage by stage (M)"
        allow(self.slow_motion_button, possible.why_no_step, slow)
        stop = possible.steer if possible.stop is None else possible.stop
        allow(self.stop_button, stop, "Stop at the next batch; the run is kept (Ctrl+.)")
        allow(self.pictures_button, possible.keep, "Save this run's views as PNG files in its folder (Ctrl+S)")
        allow(self.open_button, possible.why_not_open, "Open a run (Ctrl+O)")

    def show_slow_motion(self, on: bool) -> None:
        self.slow_motion_button.setChecked(on)

    def _toggle_slow_motion(self) -> None:
        """Whether it is on is told from outside."""
        self.slow_motion_button.setChecked(not self.slow_motion_button.isChecked())
        self.slow_motion_toggled.emit()

    def show_queue(self, at_work: int, waiting: int) -> None:
        """How many runs of the queue there are, in the button's own text."""
        count = at_work + waiting
        self._set_text(self.queue_button, f"Queue ({count})" if count else "Queue")
        told = f"Queue: {at_work} at work, {waiting} waiting" if count else "Runs one after the other, and sweeps"
        self.queue_button.setToolTip(f"{told} (Ctrl+U)")

    def set_theme(self, theme: Theme) -> None:
        self.train_button.setIcon(icon("play", theme.accent_text))
        self._theme = theme
        self._draw_pause()
        names = {"continue": self.continue_button}
        names |= {"step": self.step_button, "stop": self.stop_button}
        names |= {
            "epoch": self.epoch_button,
            "slow": self.slow_motion_button,
            "runs": self.runs_button,
            "queue": self.queue_button,
            "open": self.open_button,
            "save": self.pictures_button,
        }
        for name, button in names.items():
            button.setIcon(icon(name, theme.text))

    def _draw_pause(self) -> None:
        """What a click does: where there is no room for the word, the icon alone says it."""
        self.pause_button.setIcon(icon("play" if self._paused else "pause", self._theme.text))

    def _set_text(self, button: QPushButton, text: str) -> None:
        if self._texts[button] != text:
            self._texts[button] = text
            button.setAccessibleName(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for every word, some buttons have their icons alone; Qt would hide the last ones.

        The name of the program stands in the window's title too, and goes before the words that steer a training.
        """
        shedding = self._shedding
        for count in range(len(shedding) + 1):
            self._title_action.setVisible(count <= len(self._seldom))
            for button, text in self._texts.items():
                _write(button, "" if button in shedding[:count] else text)
            if self._wanted_width() <= self.width():
                break

    def _wanted_width(self) -> int:
        widths = [button.sizeHint().width() + SPACING for button in self._texts]
        title = self._title.sizeHint().width() + SPACING if self._title_action.isVisible() else 0
        return sum(widths) + title + 2 * MARGIN


def _write(button: QPushButton, text: str) -> None:
    """Changing a button's text drops its shortcut."""
    if button.text() != text:
        shortcut = button.shortcut()
        button.setText(text)
        button.setShortcut(shortcut)
