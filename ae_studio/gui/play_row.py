"""Plays a strip of frames, and takes it along."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSlider, QToolButton, QWidget

from ae_studio.gui.film_player import FilmPlayer
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

SLOWEST, FASTEST, PACE = 1, 30, 8  # frames a second
SLIDER = 28, 84  # pixels, least and most
PLAY, LOOP, SAVE = "Play", "There and back, for ever", "Save the frames as a picture (PNG) or as a film (GIF)"


class PlayRow(QWidget):
    """Play, there and back, pace; a note on what is played; save.

    Signals:
        save_requested(path, frames a second, there and back)
    """

    save_requested = Signal(str, float, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.player = FilmPlayer(self)
        self.player.set_rate(PACE)
        self._play = self._button("path_play_button")
        self._loop = self._button("path_loop_button", checkable=True)
        self._save = self._button("path_save_button")
        self._speed = named(QSlider(Qt.Orientation.Horizontal, self), "path_speed_slider")
        self._speed.setRange(SLOWEST, FASTEST)
        self._speed.setValue(PACE)
        self._speed.setMinimumWidth(SLIDER[0])
        self._speed.setMaximumWidth(SLIDER[1])
        self._note = named(FittingLabel(self), "dim_label")
        named_by = {self._loop: LOOP, self._save: SAVE, self._speed: "Frames a second"}
        for widget, words in named_by.items():
            widget.setAccessibleName(words)
        self._lay_out()
        self._connect()
        self._show_playing(False)

    def _button(self, name: str, **properties: object) -> QToolButton:
        return named(QToolButton(self), name, **properties)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for each in (self._play, self._loop, self._speed):
            layout.addWidget(each)
        layout.addSpacing(4)
        layout.addWidget(self._note, 1)
        layout.addWidget(self._save)

    def _connect(self) -> None:
        self._play.clicked.connect(self.player.toggle)
        self._loop.toggled.connect(self._set_loop)
        self._speed.valueChanged.connect(self._set_rate)
        self._save.clicked.connect(self._ask_where)
        self.player.playing_changed.connect(self._show_playing)

    def show_notes(self, frames: int, notes: tuple[str, ...]) -> None:
        """Of so many frames what is to be known of them, the longest wording first; of none, why there are none."""
        self.player.set_count(frames)
        note = notes[0] if notes else ""
        self._note.show_longest((*notes, "") if frames else ("",))
        self._note.setToolTip(note if frames else "")
        pace = f"{self._speed.value()} frames a second"
        for widget, hint in ((self._play, PLAY), (self._loop, LOOP), (self._speed, pace), (self._save, SAVE)):
            widget.setEnabled(frames > 0)
            widget.setToolTip(hint if frames else note)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._save.setIcon(icon("save", theme.text))
        self._show_loop()
        self._show_playing(self.player.playing)

    def hideEvent(self, event: QHideEvent) -> None:
        self.player.stop()

    def _show_playing(self, playing: bool) -> None:
        self._play.setIcon(icon("pause" if playing else "play", self._theme.text))
        self._play.setAccessibleName("Pause" if playing else "Play the frames")

    def _set_loop(self, on: bool) -> None:
        self.player.there_and_back = on
        self._show_loop()

    def _show_loop(self) -> None:
        self._loop.setIcon(icon("loop", self._theme.accent if self._loop.isChecked() else self._theme.text))

    def _set_rate(self, value: int) -> None:
        self.player.set_rate(value)
        self._speed.setToolTip(f"{value} frames a second")

    def _ask_where(self) -> None:
        dialog = named(QFileDialog(self, "Save the frames"), "film_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["Film (*.gif)", "Picture (*.png)"])
        dialog.setDefaultSuffix("gif")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("png" if "png" in chosen else "gif"))
        dialog.selectFile("interpolation")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_as)
        dialog.open()

    def _save_as(self, path: str) -> None:
        self.save_requested.emit(path, float(self._speed.value()), self._loop.isChecked())
