"""Icons, drawn from SVG in the colour that the theme asks for."""

from __future__ import annotations

import functools

import numpy as np
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ae_studio.gui.shapes import LEGIBLE, Shape, coverage, disc
from ae_studio.paths import resource

SIZES = (16, 24, 32, 48)  # pixels: sharp at the usual scalings
DOT = 10  # pixels across


@functools.lru_cache(maxsize=256)  # of the same few dozens most are asked for again and again
def icon(name: str, colour: str) -> QIcon:
    """An icon of ``resources/icons`` in one colour."""
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return _rendered(svg, SIZES)


def app_icon() -> QIcon:
    return _rendered(resource("icons/ae-studio.svg").read_text(encoding="utf-8"), (32, 64, 128, 256))


def dot(colour: str, ratio: float, *, filled: bool = True, shape: Shape = disc) -> QIcon:
    """The mark of a legend's entry: filled while it is shown, a ring while it is hidden."""
    side = round(DOT * ratio)
    places = (np.arange(side) + 0.5) / ratio - DOT / 2
    x, y = np.meshgrid(places, places)
    radius = (DOT - 3) / 2 if shape is disc else LEGIBLE
    ink = (coverage(shape, x, y, radius) * 255).astype(np.uint8)
    if not filled:
        ink = np.minimum(ink, 255 - (coverage(shape, x, y, radius - 1.2) * 255).astype(np.uint8))
    stencil = QImage(ink.tobytes(), side, side, side, QImage.Format.Format_Alpha8)
    pixmap = QPixmap.fromImage(stencil.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(colour))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)


def _rendered(svg: str, sizes: tuple[int, ...]) -> QIcon:
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    made = QIcon()
    for size in sizes:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
