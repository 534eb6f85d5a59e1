"""The time machine's keys, from wherever in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ae_studio.gui.epoch_bar import EpochBar

ALONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class TimeKeys:
    """, and . go by one epoch; K and Shift+Space play; A and B keep the epoch that is shown, X flips between them."""

    def __init__(self, bar: EpochBar) -> None:
        self._bar = bar

    def press(self, event: QKeyEvent) -> bool:
        """Whether it was one of them."""
        bar, key = self._bar, Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (key, modifiers) in ((Qt.Key.Key_Space, SHIFT), (Qt.Key.Key_K, ALONE)):
            bar.player.toggle()
        elif modifiers != ALONE:
            return False
        elif key in (Qt.Key.Key_Comma, Qt.Key.Key_Period):
            bar.step(1 if key == Qt.Key.Key_Period else -1)
        elif key in (Qt.Key.Key_A, Qt.Key.Key_B):
            bar.ends.set_end(0 if key == Qt.Key.Key_A else 1)
        elif key == Qt.Key.Key_X:
            if not event.isAutoRepeat():
                bar.ends.press()
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Likewise."""
        if event.key() != Qt.Key.Key_X:
            return False
        if not event.isAutoRepeat():
            self._bar.ends.release()
        return True
