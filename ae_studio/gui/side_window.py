"""A dialog that stands over the window and leaves it free: how large it is at first, where, and how it comes."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ae_studio.gui.named import named

SHARE = 0.94  # of the window's size, at most
MARGIN, SPACING = 12, 8  # pixels


class SideWindow(QDialog):
    """Its contents go into ``column``, from top to bottom.

    ``first``: (width, height) in pixels, where the window has the room; ``smallest``: likewise.
    """

    def __init__(
        self, name: str, title: str, first: tuple[int, int], smallest: tuple[int, int], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        named(self, name)
        self.setWindowTitle(title)
        self.setSizeGripEnabled(True)
        self.setMinimumSize(*smallest)
        self._first = first
        self._placed = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(SPACING)

    def come(self) -> None:
        """In front of the window."""
        if not self._placed:
            self._place()
        self.show()
        self.raise_()
        self.activateWindow()

    def _place(self) -> None:
        """Over the middle of the window, and no larger; from then on wherever the user wants it."""
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().geometry()
            width, height = self._first
            self.resize(min(width, int(room.width() * SHARE)), min(height, int(room.height() * SHARE)))
            self.move(room.center() - self.rect().center())
            self._placed = True
