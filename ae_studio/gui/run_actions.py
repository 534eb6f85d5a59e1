"""What can be done with the runs of the library that are chosen, and why not the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ae_studio.gui.buttons import allow, button_beside_list
from ae_studio.gui.run_menu import RunMenu
from ae_studio.gui.trash_question import TrashQuestion
from ae_studio.runs.compared import MOST
from ae_studio.runs.listed import ListedRun

NO_RUN = "Choose a run first"
ONE_RUN = "One run at a time"


class RunActions(QWidget):
    """A row of buttons, and the same in a menu. A key that asks for what cannot be done is told why not.

    Signals:
        open_requested(folder), settings_requested(folder), continue_requested(folder)
        compare_requested(folders)
        rename_requested(), files_requested(folder)
        trash_requested(folders): the user has agreed.
        refused(why_not)
    """

    open_requested = Signal(str)
    settings_requested = Signal(str)
    continue_requested = Signal(str)
    compare_requested = Signal(object)
    rename_requested = Signal()
    files_requested = Signal(str)
    trash_requested = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: ListedRun | None = None
        self._chosen: list[ListedRun] = []
        self._why_not_now = ""  # why nothing can be opened, nor the form be filled
        self._open_button = self._button("open_chosen_button", "Open", self.open)
        self._open_button.setProperty("primary", True)
        self._use_button = self._button("use_settings_button", "Use these settings", self._use)
        self._compare_button = self._button("compare_button", "Compare", self._compare)
        self._rename_button = self._button("rename_button", "Rename…", self.rename_requested.emit)
        self._folder_button = self._button("open_folder_button", "Open folder", self._open_folder)
        self._trash_button = self._button("trash_button", "Move to trash", self.ask_for_trash)
        self._lay_out()
        self._tell_possible()

    def _button(self, name: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = button_beside_list(name, text, self)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._trash_button, self._folder_button, self._rename_button, self._compare_button):
            row.addWidget(button)
        row.addWidget(self._use_button)
        row.addWidget(self._open_button)

    # What can be done

    def show_chosen(self, run: ListedRun | None, chosen: list[ListedRun]) -> None:
        """``run``: the one of those that are chosen on which the cursor stands."""
        self._run, self._chosen = run, chosen
        self._tell_possible()

    def allow(self, why_not: str) -> None:
        """Whether a run can be opened, and the form be filled, now; a reason says why not."""
        self._why_not_now = why_not
        self._tell_possible()

    def _tell_possible(self) -> None:
        run, several = self._run, len(self._chosen) > 1
        gone = NO_RUN if run is None else ""
        one = gone or (ONE_RUN if several else "")
        broken = f"It cannot be opened: {run.told}" if run and run.broken else ""
        now = one or broken or self._why_not_now
        trained = "It is being trained; stop it first" if run and run.being_trained and not several else ""
        use = "Put its settings, as it began, into the form, to train with them or with others like them"
        allow(self._open_button, now, "Show it in the window (Return)")
        allow(self._use_button, now, use)
        allow(self._compare_button, self._why_not_compare(), "See them side by side")
        allow(self._rename_button, one, "Give it a name of your own (F2); its folder keeps its name")
        allow(self._folder_button, one, "Show its files")
        allow(self._trash_button, gone or trained, "Move it to the system's trash (Delete)")

    def _why_not_compare(self) -> str:
        """Those that are chosen; empty where they can be."""
        chosen = self._chosen
        broken = next((run.name for run in chosen if run.broken), "")
        if not 2 <= len(chosen) <= MOST:
            return f"Choose two to four runs, with Ctrl or Shift held down: {len(chosen)} chosen"
        return f"{broken} is damaged, so it cannot be compared" if broken else ""

    # What is done

    def open(self) -> None:
        self._with_run(self._open_button, lambda run: self.open_requested.emit(run.folder))

    def ask_for_trash(self) -> None:
        self._with_run(self._trash_button, lambda run: self._ask())

    def show_menu(self, place: QPoint, parent: QWidget) -> None:
        """``place``: on the screen."""
        about = (self._rename_button, self._folder_button, self._trash_button)
        buttons = (self._open_button, self._use_button, self._compare_button, *about)
        RunMenu(buttons, self._go_on, parent).popup(place)

    def _with_run(self, button: QPushButton, act: Callable[[ListedRun], None]) -> None:
        """What a key asks for is done where its button could be pressed; else the reason is told."""
        if self._run is not None and button.isEnabled():
            act(self._run)
        elif self._run is not None:
            self.refused.emit(button.toolTip())

    def _use(self) -> None:
        self._with_run(self._use_button, lambda run: self.settings_requested.emit(run.folder))

    def _go_on(self) -> None:
        self._with_run(self._open_button, lambda run: self.continue_requested.emit(run.folder))

    def _compare(self) -> None:
        self.compare_requested.emit([run.folder for run in self._chosen])

    def _open_folder(self) -> None:
        self._with_run(self._folder_button, lambda run: self.files_requested.emit(run.folder))

    def _ask(self) -> None:
        folders = [run.folder for run in self._chosen]
        question = TrashQuestion([run.name for run in self._chosen], self)
        question.trash_chosen.connect(lambda: self.trash_requested.emit(folders))
        question.open()
