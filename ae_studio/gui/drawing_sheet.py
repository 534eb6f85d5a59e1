"""What is drawn on: a square of ink, with strokes that become smooth while they are drawn and can be taken back."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

SIDE = 560  # pixels: twenty of them for each of MNIST's, so that anti-aliasing has something to work with
LIGHTEST = 0.4  # of the pen's width, of a stylus that hardly touches
_MODES = QPainter.CompositionMode
EVERYTHING = QRect(0, 0, SIDE, SIDE)


@dataclass(frozen=True, slots=True)
class Patch:
    """A part of the sheet before and after a step."""

    area: QRect
    before: QImage
    after: QImage


@dataclass(slots=True)
class Stroke:
    """One that is being drawn: what the sheet was before, the newest point, and how far the ink goes."""

    width: float
    erasing: bool
    before: QImage
    last: QPointF
    end: QPointF  # of the ink: the middle between the last two points
    pressure: float
    area: QRectF = field(default_factory=QRectF)


class DrawingSheet:
    """Ink of one ``colour`` on nothing; with ``coloured``, ink and pictures of any colour on black.

    Points are in pixels of the sheet, :data:`SIDE` by SIDE.
    """

    def __init__(self, colour: QColor) -> None:
        self.colour = colour
        self.coloured = False
        self.image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
        self.image.fill(Qt.GlobalColor.transparent)
        self._stroke: Stroke | None = None

    @property
    def drawing(self) -> bool:
        """Whether a stroke is under way."""
        return self._stroke is not None

    def begin(self, point: QPointF, width: float, pressure: float = 1.0, *, erasing: bool = False) -> QRectF:
        """The pen comes down: a dot. Returns what has changed."""
        self._stroke = Stroke(width, erasing, QImage(self.image), point, point, pressure)
        path = QPainterPath(point)
        path.lineTo(point + QPointF(0.01, 0))  # a dot needs a direction
        return self._ink(path, pressure)

    def extend(self, point: QPointF, pressure: float = 1.0) -> QRectF:
        """The pen moves. The ink goes to the middle of the way: through the middles, and towards the points themselves,
        lead parabolas that join without a kink. Returns what has changed.
        """
        stroke = self._stroke
        if stroke is None or point == stroke.last:
            return QRectF()
        middle = (stroke.last + point) / 2
        path = QPainterPath(stroke.end)
        path.quadTo(stroke.last, middle)
        changed = self._ink(path, (stroke.pressure + pressure) / 2)
        stroke.last, stroke.end, stroke.pressure = point, middle, pressure
        return changed

    def finish(self) -> tuple[QRectF, Patch | None]:
        """The pen is lifted: the rest of the way. Returns what has changed, and the whole stroke as a step."""
        stroke = self._stroke
        if stroke is None:
            return QRectF(), None
        path = QPainterPath(stroke.end)
        path.lineTo(stroke.last + QPointF(0.01, 0))
        changed = self._ink(path, stroke.pressure)
        self._stroke = None
        area = stroke.area.toAlignedRect().intersected(EVERYTHING)
        before, after = stroke.before.copy(area), self.image.copy(area)
        return changed, None if before == after else Patch(area, before, after)

    def abandon(self) -> None:
        """The stroke under way is as if it had never begun."""
        if self._stroke is not None:
            self.image, self._stroke = self._stroke.before, None

    def replace(self, image: QImage | None) -> Patch | None:
        """All of the sheet at once, None for an empty one, as a step; None where nothing changes."""
        before = QImage(self.image)
        self.image.fill(Qt.GlobalColor.transparent)
        if image is not None:
            self._put(image, EVERYTHING)
        return None if before == self.image else Patch(EVERYTHING, before, QImage(self.image))

    def take_back(self, patch: Patch) -> None:
        self._put(patch.before, patch.area)

    def do_again(self, patch: Patch) -> None:
        self._put(patch.after, patch.area)

    def recolour(self, colour: QColor) -> None:
        """Of ink of one colour; what is coloured keeps its colours."""
        self.colour = colour
        self._tint(EVERYTHING)

    @property
    def is_empty(self) -> bool:
        return not self._pixels()[..., 3].any()

    def ink(self) -> npt.NDArray[np.uint8]:
        """(SIDE, SIDE): 0 for no ink, 255 for full."""
        return self._pixels()[..., 3].copy()

    def picture(self) -> npt.NDArray[np.uint8]:
        """(SIDE, SIDE, 3) on black."""
        return self._pixels()[..., 2::-1].copy()  # premultiplied, so black shines through by itself; blue comes first

    def _pixels(self) -> npt.NDArray[np.uint8]:
        """(SIDE, SIDE, 4): blue, green, red, opacity."""
        return np.frombuffer(self.image.constBits(), dtype=np.uint8).reshape(SIDE, SIDE, 4)

    def _ink(self, path: QPainterPath, pressure: float) -> QRectF:
        stroke = self._stroke
        assert stroke is not None
        width = stroke.width * (LIGHTEST + (1 - LIGHTEST) * min(max(pressure, 0.0), 1.0))
        pen = QPen(self.colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if stroke.erasing:
            painter.setCompositionMode(_MODES.CompositionMode_DestinationOut)
        painter.strokePath(path, pen)
        painter.end()
        reach = math.ceil(width / 2) + 2
        changed = path.controlPointRect().adjusted(-reach, -reach, reach, reach)
        stroke.area = stroke.area.united(changed)
        return changed

    def _put(self, image: QImage, area: QRect) -> None:
        painter = QPainter(self.image)
        painter.setCompositionMode(_MODES.CompositionMode_Source)
        painter.drawImage(area.topLeft(), image)
        painter.end()
        self._tint(area)

    def _tint(self, area: QRect) -> None:
        """The ink there has the sheet's colour, whatever it had."""
        if not self.coloured:
            painter = QPainter(self.image)
            painter.setCompositionMode(_MODES.CompositionMode_SourceIn)
            painter.fillRect(area, self.colour)
            painter.end()


def ink_image(ink: npt.NDArray[np.float32]) -> QImage:
    """Ink (h, w) from 0 to 1 as an image for a sheet."""
    opacity = np.rint(255 * ink).astype(np.uint8)
    return _argb(np.repeat(opacity[..., None], 4, axis=2))


def picture_image(picture: npt.NDArray[np.uint8]) -> QImage:
    """(h, w, 3) as an image for a sheet."""
    opacity = np.full((*picture.shape[:2], 1), 255, dtype=np.uint8)
    return _argb(np.concatenate([picture[..., ::-1], opacity], axis=2))


def _argb(pixels: npt.NDArray[np.uint8]) -> QImage:
    """(h, w, 4), premultiplied blue, green, red, opacity, to an image that owns its pixels."""
    height, width, _ = pixels.shape
    pixels = np.ascontiguousarray(pixels)
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
