"""A square sheet as it is seen: on the theme's own ground, with the pen above it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.gui.drawing_sheet import SIDE, DrawingSheet
from ae_studio.gui.theme import DARK, Theme

CORNER = 8.0  # pixels, the frame's radius
LEAST_SIDE = 110  # pixels: below, no digit can be drawn
INVITATION = "Draw here,\npaste or drop a picture"
FAINT = 0.4  # opacity of a drawing that nothing can be made of


class SheetView(QWidget):
    """The largest square that fits, at the middle of the top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(LEAST_SIDE, LEAST_SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = DARK
        self.sheet = DrawingSheet(QColor(DARK.image_ink))
        self._invitation = INVITATION
        self._empty = True
        self._invited = False  # something is dragged over the pad
        self._pen_at: QPointF | None = None  # in the widget's pixels
        self._pen_reach = 10.0  # its radius

    def sizeHint(self) -> QSize:
        return QSize(276, 276)

    @property
    def is_empty(self) -> bool:
        return self._empty

    def allow(self, reason: str) -> None:
        """Greys the sheet, for a reason, or allows drawing where that is empty."""
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self._invitation = reason or INVITATION
        self.update()

    def set_coloured(self, coloured: bool) -> None:
        """Whether what is drawn may have colours; else it is ink of the theme's."""
        self.sheet.coloured = coloured
        self.sheet.recolour(QColor("#ffffff" if coloured else self._theme.image_ink))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if not self.sheet.coloured:
            self.sheet.recolour(QColor(theme.image_ink))
        self.update()

    def show_pen(self, at: QPointF | None, radius: float) -> None:
        """A ring as wide as the stroke will be, at a place of the widget; None hides it. Repaints no more than that."""
        for place, reach in ((self._pen_at, self._pen_reach + 3), (at, radius + 3)):
            if place is not None:
                self.update(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach).toAlignedRect())
        self._pen_at, self._pen_reach = at, radius

    def show_change(self, area: QRectF) -> None:
        """Repaints an area of the sheet."""
        scale = self.scale()
        self.update(QRectF(self.to_widget(area.topLeft()), area.size() * scale).adjusted(-2, -2, 2, 2).toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = self._area()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000" if self.sheet.coloured else self._theme.image_ground))
        painter.drawRoundedRect(area, CORNER, CORNER)
        if self._empty:
            self._paint_invitation(painter, area)
        else:
            painter.setOpacity(1.0 if self.isEnabled() else FAINT)
            self._paint_ink(painter, area, QRectF(event.rect()))
            painter.setOpacity(1.0)
        accent = self._invited or self.hasFocus()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.accent if accent else self._theme.line), 2 if self._invited else 1))
        painter.drawRoundedRect(area, CORNER, CORNER)
        if self._pen_at is not None and self.isEnabled():
            painter.setPen(QPen(QColor(self._theme.accent), 1.2))
            painter.drawEllipse(self._pen_at, self._pen_reach, self._pen_reach)

    def _paint_ink(self, painter: QPainter, area: QRectF, wanted: QRectF) -> None:
        """The part of the sheet that is wanted alone: a stroke repaints little."""
        part = area.intersected(wanted.adjusted(-2, -2, 2, 2))
        source = QRectF(self.to_sheet(part.topLeft()), part.size() / self.scale())
        frame = QPainterPath()
        frame.addRoundedRect(area, CORNER, CORNER)
        painter.setClipPath(frame)
        painter.drawImage(part, self.sheet.image, source)
        painter.setClipping(False)

    def _paint_invitation(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QColor(self._theme.dim))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(24, 24, -24, -24), flags, self._invitation)

    def _area(self) -> QRectF:
        side = max(1.0, min(self.width(), self.height()) - 2.0)
        return QRectF(QPointF(round((self.width() - side) / 2), 1.0), QSizeF(side, side))

    def scale(self) -> float:
        """Pixels of the screen for one of the sheet's."""
        return self._area().width() / SIDE

    def to_sheet(self, place: QPointF) -> QPointF:
        """A place of the widget in pixels of the sheet."""
        return (place - self._area().topLeft()) / self.scale()

    def to_widget(self, point: QPointF) -> QPointF:
        return self._area().topLeft() + point * self.scale()
