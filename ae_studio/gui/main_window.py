"""The window at work: a run in its laboratory, and all other runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QCloseEvent

from ae_studio.gui.library import Library
from ae_studio.gui.slow_motion_window import SlowMotionWindow


class MainWindow(SlowMotionWindow):
    """All of it. Nothing is computed here: the session, the hand, the laboratory and the librarian do that."""

    def __init__(self) -> None:
        super().__init__()
        self.library = Library(self)
        self._connect_library()
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
