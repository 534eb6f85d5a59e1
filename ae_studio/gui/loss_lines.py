"""How each curve of the loss plot is drawn and called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from ae_studio.gui.theme import Theme

BATCH, TRAIN, VALIDATION = "batch", "train", "validation"
SPLITS = (BATCH, TRAIN, VALIDATION)
LOSS = "loss"

_FAINT = 0.14  # opacity of what every single step was
_STYLES = {BATCH: Qt.PenStyle.SolidLine, TRAIN: Qt.PenStyle.SolidLine, VALIDATION: Qt.PenStyle.DashLine}
_ORDER = (4, 6, 3, 7, 5, 8)  # of the theme's class colours: far from the loss's own two
_TITLES = {"kl": "KL", "mse_per_pixel": "MSE/pixel"}


Curve = tuple[str, str]
"""A term and one of SPLITS."""


def chips(term: str, main: str = LOSS) -> dict[str, frozenset[Curve]]:
    """What the legend calls a term's curves: training and validation of the main one apart, any other's together."""
    if term == main:
        return {TRAIN: frozenset({(term, BATCH), (term, TRAIN)}), VALIDATION: frozenset({(term, VALIDATION)})}
    return {title(term): frozenset((term, split) for split in SPLITS)}


def title(term: str) -> str:
    """The term as people write it."""
    return _TITLES.get(term, term)


@dataclass(frozen=True, slots=True)
class LossLines:
    """Pens of the terms ``names``: faint for a step, solid for an epoch's training, dashed for its validation.

    ``main`` is the one that everybody compares: its lines are wider, and have two colours of their own.
    """

    theme: Theme
    names: tuple[str, ...] = ()
    main: str = LOSS

    def in_theme(self, theme: Theme) -> LossLines:
        return replace(self, theme=theme)

    def pen(self, name: str, split: str) -> QPen:
        width = 1.0 if split == BATCH else 2.0 if name == self.main else 1.5
        style = Qt.PenStyle.SolidLine if name == self.main else _STYLES[split]
        pen = QPen(self.colour(name, split), width, style)
        pen.setCosmetic(True)  # pixels, whatever the axes' scale
        return pen

    def colour(self, name: str, split: str) -> QColor:
        colour = QColor(self._colour(name, split))
        if split == BATCH:
            colour.setAlphaF(_FAINT)
        return colour

    def _colour(self, name: str, split: str) -> str:
        if name == self.main:
            return self.theme.classes[1] if split == VALIDATION else self.theme.accent
        others = [known for known in self.names if known != self.main]
        index = others.index(name) if name in others else 0
        return self.theme.classes[_ORDER[index % len(_ORDER)]]
