"""The window at work: a run in its laboratory, and all other runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from ae_studio.gui.comparing import Comparing
from ae_studio.gui.library import Library
from ae_studio.gui.queueing import Queueing
from ae_studio.gui.slow_motion_window import SlowMotionWindow
from ae_studio.gui.tour_guide import TourGuide

if TYPE_CHECKING:
    from ae_studio.runs.compared import Entry


class MainWindow(SlowMotionWindow):
    """All of it. Nothing is computed here: the session, the hand, the laboratory and the librarian do that."""

    def __init__(self) -> None:
        super().__init__()
        self.library = Library(self)
        self.comparing = Comparing(self)
        self.tour_guide = TourGuide(self)
        self.queueing = Queueing(self)
        self._connect_library()
        self._connect_queue()
        self._connect_welcome()
        self._connect_tours()
        self.panel_layout.restore()
        self.view_menu.apply_theme()
        self.steering.tell_possible()
        self.latent_panel.canvas.setFocus()  # arrow keys belong to the handle; else the first enabled button gets it

    def load(self) -> None:
        super().load()
        for each in (self.library, self.comparing, self.queueing):
            each.prepare()

    def _connect_library(self) -> None:
        """All runs: found again, opened, their settings used."""
        library, session = self.library, self.session

        self.top_bar.runs_requested.connect(library.open)
        self.steering.possible_changed.connect(library.show_possible)
        self.view_menu.theme_changed.connect(library.set_theme)
        session.run_started.connect(library.refresh)
        session.run_ended.connect(library.refresh)
        library.open_requested.connect(self.shown_run.open)
        library.continue_requested.connect(self.continuing.open_and_ask)
        library.settings_chosen.connect(self.setup_panel.set_config)
        library.settings_told.connect(self.live_values.show_settings)
        library.repeat_requested.connect(self.steering.repeat)
        library.compare_requested.connect(self.open_comparison)
        self.shown_run.comparison_requested.connect(self.open_comparison)  # two epochs of one run
        self.comparing.open_requested.connect(self._open_compared)
        self.view_menu.theme_changed.connect(self.comparing.set_theme)

    def _open_compared(self, folder: str) -> None:
        """In front of the comparison."""
        self.shown_run.open(folder)
        self.raise_()
        self.activateWindow()

    def _connect_welcome(self) -> None:
        """Where to begin, and where to go on."""
        welcome, library, session = self.welcome, self.library, self.session

        welcome.tour_chosen.connect(self.tour_guide.begin)
        welcome.run_chosen.connect(library.open_recent)
        welcome.runs_requested.connect(library.open)
        library.recent_read.connect(welcome.show_recent)
        session.engine_ready.connect(library.read_recent)
        self.help_menu.welcome_requested.connect(self.show_welcome)

    def _connect_tours(self) -> None:
        """The guide, what it asks for, and how it hears that this is done."""
        guide, bar, session, steering = self.tour_guide, self.tour_bar, self.session, self.steering

        guide.told.connect(bar.show_stop)
        guide.ended.connect(bar.hide)
        bar.next_requested.connect(guide.go_on)
        bar.end_requested.connect(guide.end)
        guide.train_requested.connect(steering.train_preset)
        guide.epoch_requested.connect(self.epoch_bar.go_to)
        guide.sample_requested.connect(self.hand.sample)
        guide.panel_requested.connect(self.show_panel)
        guide.loss_view_requested.connect(self.loss_panel.header.choose)
        guide.layers_requested.connect(self.layers.apply)
        guide.evaluate_requested.connect(self.shown_run.evaluate)
        guide.comparison_requested.connect(self.open_comparison)
        guide.run_named.connect(self.library.name_run)
        session.run_started.connect(guide.take_start)
        session.run_opened.connect(guide.take_start)
        steering.refused.connect(guide.end)
        # Behind all else that hears of the end: the guide may begin the next run at once.
        session.run_ended.connect(guide.take_end, Qt.ConnectionType.QueuedConnection)

    def show_welcome(self) -> None:
        """Over the canvas, whatever is shown there, until a run begins or is opened."""
        self.library.read_recent()
        self.welcome.show()

    def _connect_queue(self) -> None:
        """Runs that wait for their turn, and sweeps of a setting."""
        queueing, steering, top = self.queueing, self.steering, self.top_bar

        top.queue_requested.connect(queueing.open)
        self.setup_panel.run_in.sweep_requested.connect(steering.sweep)
        steering.queue_requested.connect(queueing.add)
        steering.sweep_requested.connect(queueing.open_sweep)
        steering.continue_queued.connect(queueing.go_on)
        steering.possible_changed.connect(queueing.show_possible)
        self.session.engine_ready.connect(queueing.find_machine)
        self.view_menu.theme_changed.connect(queueing.set_theme)
        self.library.summary_requested.connect(queueing.open_summary)
        queueing.counted.connect(top.show_queue)
        queueing.noted.connect(self.status.note)
        queueing.sweep_wanted.connect(steering.sweep)
        queueing.run_ended.connect(self.library.refresh)
        queueing.open_requested.connect(self.shown_run.open)
        queueing.close_requested.connect(self.close)

    def open_run(self, folder: str) -> None:
        self.shown_run.open(folder)

    def open_when_ready(self, run: Path) -> None:
        self.shown_run.open_when_ready(run)

    def open_comparison(self, entries: Sequence[Entry]) -> None:
        """Runs side by side, each at an epoch or, with None, at its last."""
        self.comparing.open(entries)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.may_close() or not self.queueing.may_close():
            event.ignore()
            return
        self.panel_layout.save()
        self.previews.close()
        self.card_dialog.close()
        self.library.close()
        self.queueing.close()
        self.comparing.close()
        self.end()
        event.accept()

    def end(self) -> None:
        """Stops all that is at work, and waits for every thread."""
        own = (self.slow_motion, self.session, self.continuing, self.times, self.errands, self.evaluator)
        for at_work in (*own, self.library, self.comparing, self.queueing):
            at_work.end()
        self.end_exploring()
