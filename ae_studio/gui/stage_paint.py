"""What all pictures of a training step's stages are painted with."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.events import StepSeen
from ae_studio.gui.images import to_qimage, to_rgb
from ae_studio.gui.theme import Theme, class_colours, tabular

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TAG = 8.0  # pixels, the radius of an image's number


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A step as it is painted: its images as pictures in the theme's colours, and the names of the classes."""

    seen: StepSeen
    theme: Theme
    class_names: tuple[str, ...]
    originals: list[QImage] = field(init=False)
    decoded: list[QImage] = field(init=False)

    def __post_init__(self) -> None:
        for name, images in (("originals", self.seen.images), ("decoded", self.seen.decoded)):
            object.__setattr__(self, name, [to_qimage(to_rgb(image, self.theme)) for image in images])

    def class_name(self, index: int) -> str:
        label = int(self.seen.labels[index])
        return self.class_names[label] if label < len(self.class_names) else ""

    def class_colour(self, index: int) -> str:
        return class_colours(self.theme, max(1, len(self.class_names), *(self.seen.labels + 1)))[
            self.seen.labels[index]
        ]


def write(
    painter: QPainter, area: QRectF, text: str, colour: str, size: int = 12, flags: Qt.AlignmentFlag = CENTRE
) -> None:
    """In one line, that ends in an ellipsis where it has no room."""
    font = tabular(painter.font())
    font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
    painter.drawText(area, flags, shown)


def paint_tag(painter: QPainter, centre: QPointF, number: int, colour: str, theme: Theme) -> None:
    """An image's number on a disc of its class's colour: the same beside it and on the canvas."""
    painter.setPen(QColor(theme.canvas))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(centre, TAG, TAG)
    font = painter.font()
    font.setPixelSize(11)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("#000000" if QColor(colour).lightnessF() > 0.5 else "#ffffff"))
    painter.drawText(QRectF(centre.x() - TAG, centre.y() - TAG, 2 * TAG, 2 * TAG), CENTRE, str(number))
    font.setBold(False)
    painter.setFont(font)


def paint_image(painter: QPainter, area: QRectF, image: QImage, theme: Theme, opacity: float = 1.0) -> None:
    """As large as it fits, by whole steps of its pixels where it is enlarged, with a hairline about it."""
    side = min(area.width() / image.width(), area.height() / image.height())
    width, height = image.width() * side, image.height() * side
    place = QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height).toAlignedRect()
    painter.setOpacity(opacity)
    painter.drawImage(place, image)
    painter.setOpacity(1)
    painter.setPen(QColor(theme.line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(0, 0, -1, -1))


def eased(share: float) -> float:
    """Begins and ends softly."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def in_turn(share: float, index: int, count: int) -> float:
    """How far the ``index``-th of ``count`` things is, that come one behind another and are all there at two thirds."""
    return eased(1.5 * share * (count + 1) / 2 - index / 2)
