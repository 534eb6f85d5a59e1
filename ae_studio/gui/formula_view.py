"""A formula that was typeset ahead, in the theme's ink: each line at its own size, smaller where it has no room."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from ae_studio.gui.theme import DARK, Theme
from ae_studio.paths import resource

GAP = 14  # pixels between two lines


class FormulaView(QWidget):
    """Shows the lines of ``resources/cards/NAME.svg`` (``ae_studio.export.formulas``) below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._svg = ""
        self._renderer = QSvgRenderer(self)
        self._lines: list[tuple[str, QRectF, float]] = []  # the name, where it is in the SVG, pixels for a unit of it
        self._ink = DARK.text
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_formula(self, family: str) -> bool:
        """Whether there is one; without it nothing is shown."""
        path = resource(f"cards/{family}.svg")
        self._svg = path.read_text(encoding="utf-8") if path.is_file() else ""
        self._load()
        return bool(self._svg)

    def set_theme(self, theme: Theme) -> None:
        self._ink = theme.text
        self._load()

    def _load(self) -> None:
        self._lines = []
        if self._svg:
            self._renderer.load(QByteArray(self._svg.replace("currentColor", self._ink).encode("utf-8")))
            unit = self._renderer.defaultSize().width() / self._renderer.viewBoxF().width()
            names = [f"line{number}" for number in range(self._svg.count("<path"))]
            self._lines = [(name, self._renderer.boundsOnElement(name), unit) for name in names]
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return round(places[-1][1].bottom()) + 1 if places else 0

    def sizeHint(self) -> QSize:
        widest = round(max((box.width() * unit for _, box, unit in self._lines), default=0.0)) + 1
        return QSize(widest, self.heightForWidth(widest))

    def _places(self, width: float) -> list[tuple[str, QRectF]]:
        places, top = [], 0.0
        for name, box, unit in self._lines:
            scale = min(unit, width / max(box.width(), 1.0))
            places.append((name, QRectF(0, top, box.width() * scale, box.height() * scale)))
            top += box.height() * scale + GAP
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, place in self._places(self.width()):
            self._renderer.render(painter, name, place)
