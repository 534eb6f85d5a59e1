"""Icons, drawn from SVG in the colour that the theme asks for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ae_studio.paths import resource

SIZES = (16, 24, 32, 48)  # pixels: sharp at the usual scalings
DOT = 10  # pixels across


def icon(name: str, colour: str) -> QIcon:
    """An icon of ``resources/icons`` in one colour."""
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return _rendered(svg, SIZES)


def app_icon() -> QIcon:
    return _rendered(resource("icons/ae-studio.svg").read_text(encoding="utf-8"), (32, 64, 128, 256))


def dot(colour: str, ratio: float, *, filled: bool = True) -> QIcon:
    """The mark of a legend's entry: filled while it is shown, a ring while it is hidden."""
    pixmap = QPixmap(round(DOT * ratio), round(DOT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.2))
    painter.setBrush(QColor(colour) if filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.5, 1.5, DOT - 3, DOT - 3))
    painter.end()
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
