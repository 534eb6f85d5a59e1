"""How two images of the same thing are painted over one another, with their names and the scale of their difference."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.image_pair import ImagePair, Side
from ae_studio.gui.images import Rgb, diverging_rgb, to_qimage, to_rgb
from ae_studio.gui.theme import Theme, tabular

MARGIN, CAPTION, SCALE = 8.0, 22.0, 34.0  # pixels: around the image, of its names, of the scale below it
WORDS = 480.0  # pixels that words above and below want, where the image is narrower
HANDLE = 7.0  # pixels, half the width of the divider's knob
FONT = 12


def picture_area(widget: QRectF, pair: ImagePair | None) -> QRectF:
    """The largest place for the image that leaves room for its names above and the scale below."""
    room = widget.adjusted(MARGIN, CAPTION + MARGIN, -MARGIN, -SCALE - MARGIN)
    image = pair.left.image if pair else None
    size = QSizeF(image.shape[1], image.shape[0]) if image is not None else QSizeF(1, 1)
    area = QRectF(room.topLeft(), size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
    area.moveCenter(room.center())
    return area


def side_colour(theme: Theme, side: Side) -> str:
    return run_colour(theme, LETTERS.index(side.letter)) if side.letter in LETTERS else theme.text


class PairPainter:
    """Paints; knows nothing of mouse and keys."""

    def paint(
        self,
        painter: QPainter,
        pair: ImagePair,
        area: QRectF,
        picture: QRectF,
        mode: str,
        divider: float,
        flipped: bool,
        theme: Theme,
    ) -> None:
        """``area`` is what is seen of ``picture``, the place of the whole image."""
        font = tabular(painter.font())
        font.setPixelSize(FONT)
        painter.setFont(font)
        painter.save()
        painter.setClipRect(area)
        if mode == "difference":
            self._paint_image(painter, picture, diverging_rgb(pair.difference, pair.reach, theme))
        else:
            first = pair.right if mode == "blink" and flipped else pair.left
            self._paint_image(painter, picture, self._rgb(first, theme))
            if mode == "swipe":
                self._paint_right(painter, pair, area, picture, divider, theme)
        painter.restore()
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(area)
        if mode == "swipe":
            self._paint_divider(painter, area, picture, divider, theme)
        self._paint_names(painter, pair, area, mode, flipped, theme)
        self._paint_below(painter, pair, area, mode, theme)

    def paint_words(self, painter: QPainter, area: QRectF, words: str, theme: Theme) -> None:
        painter.setPen(QColor(theme.dim))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(16, 16, -16, -16), flags, words)

    def _rgb(self, side: Side, theme: Theme) -> Rgb:
        assert side.image is not None
        return to_rgb(side.image, theme)

    def _paint_image(self, painter: QPainter, picture: QRectF, rgb: Rgb) -> None:
        """Pixel by pixel: a smoothed picture would hide what differs."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(picture, to_qimage(rgb))

    def _paint_right(
        self, painter: QPainter, pair: ImagePair, area: QRectF, picture: QRectF, divider: float, theme: Theme
    ) -> None:
        painter.save()
        left = picture.left() + divider * picture.width()
        painter.setClipRect(QRectF(left, area.top(), max(0.0, area.right() - left), area.height()))
        self._paint_image(painter, picture, self._rgb(pair.right, theme))
        painter.restore()

    def _paint_divider(self, painter: QPainter, area: QRectF, picture: QRectF, divider: float, theme: Theme) -> None:
        x = picture.left() + divider * picture.width()
        if not area.left() - 1 <= x <= area.right() + 1:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawLine(round(x), round(area.top()), round(x), round(area.bottom()))
        painter.setBrush(QColor(theme.panel))
        painter.drawEllipse(QRectF(x - HANDLE, area.center().y() - HANDLE, 2 * HANDLE, 2 * HANDLE))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_names(
        self, painter: QPainter, pair: ImagePair, area: QRectF, mode: str, flipped: bool, theme: Theme
    ) -> None:
        above = _widened(painter, QRectF(area.left(), area.top() - CAPTION, area.width(), CAPTION))
        if mode == "blink":
            self._write(painter, above, pair.right if flipped else pair.left, Qt.AlignmentFlag.AlignHCenter, theme)
            return
        half = above.width() / 2 - 6
        sides = (
            (pair.left, QRectF(above.left(), above.top(), half, CAPTION), Qt.AlignmentFlag.AlignLeft),
            (pair.right, QRectF(above.right() - half, above.top(), half, CAPTION), Qt.AlignmentFlag.AlignRight),
        )
        for side, place, alignment in sides:
            self._write(painter, place, side, alignment, theme)

    def _write(self, painter: QPainter, place: QRectF, side: Side, side_of: Qt.AlignmentFlag, theme: Theme) -> None:
        words = f"{side.letter}, {side.name}" if side.letter in LETTERS else side.name
        room = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.setPen(QColor(side_colour(theme, side)))
        painter.drawText(place, side_of | Qt.AlignmentFlag.AlignVCenter, room)

    def _paint_below(self, painter: QPainter, pair: ImagePair, area: QRectF, mode: str, theme: Theme) -> None:
        """The scale of a difference; in the other modes how far apart they are, in a number."""
        top = area.bottom() + 6
        words = _widened(painter, QRectF(area.left(), top, area.width(), 16))
        if mode != "difference":
            painter.setPen(QColor(theme.dim))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, _fitting(painter, pair.told, words.width()))
            return
        bar = QRectF(area.left(), top, area.width(), 8)
        steps = np.linspace(-1, 1, 256, dtype=np.float32)[None]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, to_qimage(diverging_rgb(steps, 1.0, theme)))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(bar)
        below = _widened(painter, QRectF(bar.left(), bar.bottom() + 2, bar.width(), 16))
        ends = f"−{pair.reach:.1f}", f"+{pair.reach:.1f}"
        room = below.width() - 2 * painter.fontMetrics().horizontalAdvance(f" {ends[1]} ")
        painter.setPen(QColor(theme.dim))
        for text, alignment in (
            (ends[0], Qt.AlignmentFlag.AlignLeft),
            (_fitting(painter, pair.told, room), Qt.AlignmentFlag.AlignHCenter),
            (ends[1], Qt.AlignmentFlag.AlignRight),
        ):
            painter.drawText(below, alignment | Qt.AlignmentFlag.AlignVCenter, text)


def _fitting(painter: QPainter, told: str, room: float) -> str:
    """All of it, or where that has no room what stands before the comma, which is what counts."""
    return told if painter.fontMetrics().horizontalAdvance(told) <= room else told.partition(",")[0]


def _widened(painter: QPainter, place: QRectF) -> QRectF:
    """As much wider than the image as its words want, within the widget."""
    room = painter.viewport().width() - 2 * MARGIN
    width = max(place.width(), min(WORDS, room))
    left = min(max(MARGIN, place.center().x() - width / 2), MARGIN + room - width)
    return QRectF(left, place.top(), width, place.height())
