"""The window at work: a run in its laboratory, and all other runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from ae_studio.gui.library import Library
from ae_studio.gui.slow_motion_window import SlowMotionWindow
from ae_studio.gui.tour_guide import TourGuide


class MainWindow(SlowMotionWindow):
    """All of it. Nothing is computed here: the session, the hand, the laboratory and the librarian do that."""

    def __init__(self) -> None:
        super().__init__()
        self.library = Library(self)
        self.tour_guide = TourGuide(self)
        self._connect_library()
        self._connect_welcome()
        self._connect_tours()
        self.panel_layout.restore()
        self.view_menu.apply_theme()
        self.steering.tell_possible()
        self.latent_panel.canvas.setFocus()  # arrow keys belong to the handle; else the first enabled button gets it

    def _connect_library(self) -> None:
        """All runs: found again, opened, their settings used."""
        library, session = self.library, self.session

        self.top_bar.runs_requested.connect(library.open)
        self.steering.possible_changed.connect(library.show_possible)
        self.view_menu.theme_changed.connect(library.set_theme)
        session.run_started.connect(library.refresh)
        session.run_ended.connect(library.refresh)
        library.open_requested.connect(self.shown_run.open)
        library.settings_chosen.connect(self.setup_panel.set_config)

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
        guide.layers_requested.connect(self.layers.apply)
        guide.evaluate_requested.connect(self.shown_run.evaluate)
        session.run_started.connect(guide.take_start)
        session.run_opened.connect(guide.take_start)
        steering.refused.connect(guide.end)
        # Behind all else that hears of the end: the guide may begin the next run at once.
        session.run_ended.connect(guide.take_end, Qt.ConnectionType.QueuedConnection)

    def show_welcome(self) -> None:
        """Over the canvas, whatever is shown there, until a run begins or is opened."""
        self.library.read_recent()
        self.welcome.show()

    def open_run(self, folder: str) -> None:
        self.shown_run.open(folder)

    def open_when_ready(self, run: Path) -> None:
        self.shown_run.open_when_ready(run)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.may_close():
            event.ignore()
            return
        self.panel_layout.save()
        self.previews.close()
        self.card_dialog.close()
        self.library.close()
        self.end()
        event.accept()

    def end(self) -> None:
        """Stops all that is at work, and waits for every thread."""
        for at_work in (self.slow_motion, self.session, self.errands, self.evaluator, self.library):
            at_work.end()
        self.end_exploring()
