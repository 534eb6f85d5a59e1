"""Plays a strip of frames: once, or there and back for ever."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class FilmPlayer(QObject):
    """Knows which of ``count`` frames is seen and what comes next.

    Signals:
        frame_changed(index)
        playing_changed(playing)
    """

    frame_changed = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.frame = 0
        self.there_and_back = False
        self._count = 0
        self._step = 1
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._advance)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def set_count(self, count: int) -> None:
        """Another strip; what plays goes on at the same place of it."""
        self.frame = min(self.frame, max(0, count - 1)) if count == self._count else 0
        self._count = count
        if count < 2:
            self.stop()

    def set_rate(self, frames_a_second: float) -> None:
        self._timer.setInterval(round(1000 / frames_a_second))

    def go(self, frame: int) -> None:
        """To one of the frames."""
        frame = max(0, min(frame, self._count - 1))
        if self._count:
            self.frame = frame
            self.frame_changed.emit(frame)

    def toggle(self) -> None:
        if self.playing:
            self.stop()
        elif self._count > 1:
            self._step = 1
            if self.frame >= self._count - 1:
                self.go(0)
            self._timer.start()
            self.playing_changed.emit(True)

    def stop(self) -> None:
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def _advance(self) -> None:
        if not 0 <= self.frame + self._step < self._count:
            if not self.there_and_back:
                self.stop()
                return
            self._step = -self._step
        self.go(self.frame + self._step)
