"""How the losses are looked at: which view of them, how smooth, on which axis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QSlider, QWidget

from ae_studio.gui.loss_views import KINDS, Key
from ae_studio.gui.named import named

SHARES = (0.0, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08)  # of the visible width: the kernel's standard deviation
NARROWEST = 62  # pixels of the box in the smallest window; mostly there is more
SLIDER = 34  # pixels
BARS_ONLY = "The bars have neither steps nor a logarithmic axis"


class LossHeader(QWidget):
    """Stands in the dock's own header.

    Signals:
        view_chosen(key): one of :data:`~ae_studio.gui.loss_views.KINDS`.
        share_changed(share): of the visible width that steps are smoothed over.
        logarithm_toggled(on)
    """

    view_chosen = Signal(str)
    share_changed = Signal(float)
    logarithm_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_header")
        self._box = named(QComboBox(self), "loss_view_box")
        self._smoothing = named(QSlider(Qt.Orientation.Horizontal, self), "smoothing_slider")
        self._log = named(QCheckBox("log", self), "log_box")
        self._lay_out()
        self._box.currentIndexChanged.connect(self._tell_view)
        self._smoothing.valueChanged.connect(self._tell_share)
        self._log.toggled.connect(self.logarithm_toggled)
        self._show_hints()

    def _lay_out(self) -> None:
        self._box.setAccessibleName("What is drawn of the losses")
        self._smoothing.setAccessibleName("Smoothing")
        self._log.setAccessibleName("Logarithmic axis")
        for key, kind in KINDS.items():
            self._box.addItem(kind.title, key)
            self._box.setItemData(self._box.count() - 1, kind.hint, Qt.ItemDataRole.ToolTipRole)
        self._box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._box.setMinimumWidth(NARROWEST)
        self._smoothing.setRange(0, len(SHARES) - 1)
        self._smoothing.setPageStep(1)
        self._smoothing.setFixedWidth(SLIDER)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._box, 1, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._smoothing)
        row.addWidget(self._log)

    @property
    def key(self) -> Key:
        return cast(Key, self._box.currentData())

    @property
    def share(self) -> float:
        return SHARES[self._smoothing.value()]

    @property
    def logarithmic(self) -> bool:
        return self._log.isChecked()

    def choose(self, key: str) -> None:
        """As if it had been chosen in the box; nothing, where it cannot be."""
        index = self._box.findData(key)
        model = self._box.model()
        if index >= 0 and isinstance(model, QStandardItemModel) and model.item(index).isEnabled():
            self._box.setCurrentIndex(index)

    def allow(self, reasons: Mapping[Key, str]) -> None:
        """Why views cannot be chosen, empty where they can; one that is chosen and cannot be gives way to the terms."""
        model = self._box.model()
        assert isinstance(model, QStandardItemModel)
        for index in range(self._box.count()):
            key: Key = self._box.itemData(index)
            reason = reasons.get(key, "")
            model.item(index).setEnabled(not reason)
            self._box.setItemData(index, reason or KINDS[key].hint, Qt.ItemDataRole.ToolTipRole)
        if reasons.get(self.key):
            self._box.setCurrentIndex(0)

    def _tell_view(self) -> None:
        self._show_hints()
        self.view_chosen.emit(self.key)

    def _tell_share(self) -> None:
        self._show_hints()
        self.share_changed.emit(self.share)

    def _show_hints(self) -> None:
        bars = self.key == "kl"
        self._box.setToolTip(KINDS[self.key].hint)
        self._smoothing.setDisabled(bars)
        self._log.setDisabled(bars)
        self._log.setToolTip(BARS_ONLY if bars else "Logarithmic axis")
        self._smoothing.setToolTip(BARS_ONLY if bars else smoothing_in_words(self.share))


def smoothing_in_words(share: float) -> str:
    if not share:
        return "Smoothing: off. The further to the right, the smoother"
    return (
        f"Smoothing: a step is averaged with those around it, within about ±{200 * share:g} % of the visible width "
        f"(a Gaussian of {100 * share:g} %). The steps themselves stay as a faint line"
    )
