"""Models of one's own on their way into the window: chosen, asked about, and loaded in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ae_studio.config import ConfigError
from ae_studio.gui.named import named
from ae_studio.gui.own_model_question import OwnModelQuestion
from ae_studio.models.own import installed
from ae_studio.models.own_file import Source, read_source, trust_file


class OwnModels(QObject):
    """Nothing is run that the user has not let run, in this window or before.

    Signals:
        installed_found(names): models that installed packages offer.
        load_requested(name): a file or an installed model that may run.
        run_trusted(folder): the model of the run in this folder may run from now on.
        refused(message): a file that cannot be read.
    """

    installed_found = Signal(list)
    load_requested = Signal(str)
    run_trusted = Signal(str)
    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._asked: Source | None = None
        self._run: Path | None = None  # whose model is asked about; None for a file that is opened

    def find_installed(self) -> None:
        """Once the engine is there, which a model needs."""
        self.installed_found.emit(list(installed()))

    def choose_file(self) -> None:
        dialog = named(QFileDialog(self._window, "Open a Python file with a model"), "own_model_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Python files (*.py)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def open_file(self, path: str) -> None:
        """Asks first, unless this very content has been run before."""
        self._begin(path, None)

    def open_run(self, folder: Path, file: Path) -> None:
        """A run was opened whose model is in a file that has not been run here."""
        self._begin(str(file), folder)

    def reload(self, path: str) -> None:
        """The user's own wish, by a button of its own, for a file that they have opened: no second question."""
        try:
            trust_file(path)
        except ConfigError as error:
            self.refused.emit(str(error))
        else:
            self.load_requested.emit(path)

    def _begin(self, path: str, run: Path | None) -> None:
        try:
            self._asked, self._run = read_source(path), run
        except ConfigError as error:
            self.refused.emit(str(error))
            return
        if self._asked.trusted:
            self._go_on()
            return
        question = OwnModelQuestion(self._asked, run is not None, self._window)
        question.run_chosen.connect(self._trust)
        question.open()

    def _trust(self) -> None:
        assert self._asked is not None
        self._asked.trust()  # what was shown; should the file be another by now, it is not run
        self._go_on()

    def _go_on(self) -> None:
        assert self._asked is not None
        if self._run is not None:
            self.run_trusted.emit(str(self._run))
        else:
            self.load_requested.emit(str(self._asked.path))
