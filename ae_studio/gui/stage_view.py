"""The picture of one stage of a training step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.events import StepSeen
from ae_studio.gui.stage_bars import paint_gradients, paint_loss, paint_update
from ae_studio.gui.stage_images import paint_batch, paint_decode, paint_encode, paint_sample
from ae_studio.gui.stage_paint import Shown
from ae_studio.gui.step_words import STAGES
from ae_studio.gui.theme import DARK, Theme

HEIGHT, LOW = 116, 84  # pixels: two rows of images, or one with three rows of numbers; in a low window
ROOM = 800  # pixels of a window's height from which on it is not low
LEAST = 260  # pixels wide
PAINT = (paint_batch, paint_encode, paint_sample, paint_decode, paint_loss, paint_gradients, paint_update)


class StageView(QWidget):
    """The images, codes and numbers of the step that is played."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage_view")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = DARK
        self._seen: StepSeen | None = None
        self._class_names: tuple[str, ...] = ()
        self._shown: Shown | None = None
        self._stage, self._share = 0, 0.0

    def sizeHint(self) -> QSize:
        return QSize(640, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, self._height())

    def _height(self) -> int:
        """The canvas is to have room too."""
        return HEIGHT if self.window().height() >= ROOM else LOW

    def show_step(self, seen: StepSeen | None, class_names: tuple[str, ...]) -> None:
        """None: one is waited for."""
        self._seen, self._class_names = seen, class_names
        self._make()

    def show_stage(self, stage: int, share: float) -> None:
        self._stage, self._share = stage, share
        self.setAccessibleName(f"{STAGES[stage]} of the step that is played")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._make()

    def _make(self) -> None:
        self._shown = None if self._seen is None else Shown(self._seen, self._theme, self._class_names)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            PAINT[self._stage](painter, QRectF(self.rect()), self._shown, self._share)
