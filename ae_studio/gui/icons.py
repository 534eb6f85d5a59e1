"""Icons, drawn from SVG in the colour that the theme asks for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ae_studio.paths import resource

SIZES = (16, 24, 32, 48)  # pixels: sharp at the usual scalings


def icon(name: str, colour: str) -> QIcon:
    """An icon of ``resources/icons`` in one colour."""
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return _rendered(svg, SIZES)


def app_icon() -> QIcon:
    return _rendered(resource("icons/ae-studio.svg").read_text(encoding="utf-8"), (32, 64, 128, 256))


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
