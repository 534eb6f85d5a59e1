"""The bars of what each dimension costs, with their order and what they say in words."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.kl_bars import KlBars
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme, tabular
from ae_studio.latent.activity import Activity, activity

NO_KL = "This model has no KL that falls into dimensions: that takes a Gaussian posterior and a normal prior"
NO_USE = "a dim one is not used: the mean of its posterior hardly differs between images"


class KlView(QWidget):
    """Follows the looks: those of a training, and those that the time machine brings back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kl_view")
        self._space = LatentSpace(0)
        self._look: Look | None = None
        self._activity: Activity | None = None
        self._words = named(FittingLabel(self), "dim_label")
        self._words.setFont(tabular(self._words.font()))
        self._order = named(QComboBox(self), "kl_order_box", toolTip="In which order the dimensions stand")
        self.bars = KlBars(self)
        self._lay_out()
        self._order.currentIndexChanged.connect(self._show)
        self.bars.dimension_hovered.connect(self._say)

    def _lay_out(self) -> None:
        self._order.setAccessibleName("Order of the dimensions")
        self._order.addItem("Largest first", True)
        self._order.addItem("z1, z2, …", False)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 10, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._order)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.bars, 1)

    def begin(self, space: LatentSpace) -> None:
        """Another run's codes."""
        self._space, self._look, self._activity = space, None, None
        self.bars.show_activity(None, np.zeros(0, dtype=np.int64))
        self._say(-1)

    def show_look(self, look: Look) -> None:
        """Only kept, while nobody looks."""
        self._look, self._activity = look, None
        if self.isVisible():
            self._show()

    @property
    def why_not(self) -> str:
        """Why there are no bars; empty where there are, or no look has come yet."""
        return NO_KL if self._look is not None and self._look.kl is None else ""

    def set_theme(self, theme: Theme) -> None:
        self.bars.set_theme(theme)

    def showEvent(self, event: object) -> None:
        self._show()

    def _show(self) -> None:
        look = self._look
        if look is None or look.kl is None:
            return
        if self._activity is None:
            self._activity = activity(look.codes, self._space, look.kl, look.spread)
        largest_first = bool(self._order.currentData())
        order = self._activity.order if largest_first else np.arange(len(self._activity.order))
        self.bars.show_activity(self._activity, order)
        self._say(-1)

    def _say(self, dimension: int) -> None:
        """Of one dimension, or of all."""
        found, look = self._activity, self._look
        if found is None or found.kl is None or look is None:
            self._words.show_longest(("",))
        elif dimension >= 0:
            self._words.show_longest(
                (found.why_inactive(dimension) or f"z{dimension + 1}: {found.in_words(dimension)}", "")
            )
        else:
            total = f"{found.kl.sum():.2f} nats"
            short = f"{total} in {int(found.active.sum())} of {len(found.kl)}"
            told = f"Epoch {look.epoch}: {short} dimensions in use"
            whole = told if found.active.all() else f"{told}; {NO_USE}"
            self._words.show_longest((whole, told, short, total))
            self._words.setToolTip(whole)
            self.bars.setAccessibleDescription(told)
