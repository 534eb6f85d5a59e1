"""The plot of the loss: curves, axes, and the cursor under the mouse."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.change_marks import ChangeMarks
from ae_studio.gui.loss_axes import LEFT_AXIS, LossAxes, dotted
from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_lines import BATCH, SPLITS, TRAIN, Curve, LossLines
from ae_studio.gui.loss_read_out import LossReadOut
from ae_studio.gui.loss_views import LossView
from ae_studio.gui.named import named
from ae_studio.gui.pyramid import Floats
from ae_studio.gui.single_click import SingleClick
from ae_studio.gui.steps_item import StepCurve, StepsItem
from ae_studio.gui.theme import DARK, Theme

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LossPlot(LossAxes):
    """Terms over epochs. Shows what it is given; the axis follows until the user zooms, and again after two clicks.

    ``paint_seconds`` is what the last painting took.

    Signals:
        epoch_chosen(epoch): a click; the epoch nearest to it is to be seen.
        epoch_stepped(steps): so many kept epochs later, or earlier.
    """

    epoch_chosen = Signal(int)
    epoch_stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_plot")
        self.setAccessibleName("Loss curves")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines = LossLines(DARK)
        self.paint_seconds = 0.0
        self._view = LossView(LossData())
        self._shown: list[Curve] = []
        self._curves: dict[Curve, pg.PlotDataItem] = {}
        self._dragging = False
        self._single_click = SingleClick(self)  # a second one only shows all again
        self.steps_item = StepsItem()
        self.addItem(self.steps_item, ignoreBounds=True)
        self._cursor = self.make_line()
        self._mark = self.make_line()
        self.changes = ChangeMarks(self)
        self._unit = named(QLabel(self), "loss_unit")
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._read_out = LossReadOut(self)
        self._connect()

    def _connect(self) -> None:
        self.scene().sigMouseMoved.connect(self._show_read_out)
        self.scene().sigMouseClicked.connect(self._take_click)
        self._single_click.told.connect(self.epoch_chosen.emit)

    # What is shown

    def begin_run(self) -> None:
        """Nothing is marked of another run."""
        self.unmark()
        self.changes.clear()

    def begin(self, view: LossView) -> None:
        """Other numbers."""
        self._view = view
        self._unit.setText(view.value_unit)
        self._place_unit()
        self.follow()
        self._hide_read_out()
        for curve in self._curves.values():
            self.removeItem(curve)
        self._curves.clear()

    def show_curves(self, shown: list[Curve], lines: LossLines, share: float = 0.0) -> None:
        """Draws these as the data have them now, and hides all others of the view.

        ``share`` of the visible width is what the steps are smoothed over: their smooth line then stands for the means
        of epochs.
        """
        self.lines, self._shown, self.steps_item.share = lines, shown, share
        for name in self._view.names:
            for split in SPLITS[1:]:
                self._draw(name, split, *self._view.epoch_curve(name, split))
        self.steps_item.show_curves(self._step_curves(), log=self.log)
        self.fit(self._view.range_of(self._shown))

    def _step_curves(self) -> list[StepCurve]:
        data = self._view.data
        return [
            StepCurve(
                name,
                series,
                data.steps,
                data.steps_per_epoch,
                self.lines.colour(name, BATCH),
                self.lines.pen(name, TRAIN) if self.steps_item.share > 0 else None,
            )
            for name, split in reversed(self._shown)
            if split == BATCH and (series := self._view.series(name)) is not None and len(series)
        ]

    def mark_epoch(self, epoch: int) -> None:
        """A line where the time machine stands."""
        self._mark.setValue(epoch)
        self._mark.setVisible(True)

    def unmark(self) -> None:
        self._mark.setVisible(False)

    def set_theme(self, theme: Theme) -> None:
        self.lines = self.lines.in_theme(theme)
        super().set_theme(theme)
        self._cursor.setPen(dotted(theme.dim))
        self._mark.setPen(pg.mkPen(QColor(theme.accent)))
        self.changes.set_theme(theme)
        for (name, split), curve in self._curves.items():
            curve.setPen(self.lines.pen(name, split))
        self.steps_item.show_curves(self._step_curves(), log=self.log)

    def _draw(self, name: str, split: str, x: Floats, y: Floats) -> None:
        curve = self._curve(name, split)
        smoothed = split == TRAIN and self.steps_item.share > 0 and self._view.series(name) is not None
        visible = (name, split) in self._shown and len(x) > 0 and not smoothed
        curve.setVisible(visible)
        if visible:  # on a logarithmic axis only what is above zero has a place
            curve.setData(x, np.where(y > 0, y, np.nan) if self.log else y)

    def _curve(self, name: str, split: str) -> pg.PlotDataItem:
        key = (name, split)
        if key not in self._curves:
            curve = pg.PlotDataItem(connect="finite", pen=self.lines.pen(name, split))
            curve.setLogMode(False, self.log)
            curve.setZValue(SPLITS.index(split))
            self.addItem(curve)
            self._curves[key] = curve
        return self._curves[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.perf_counter()
        super().paintEvent(event)
        self.paint_seconds = time.perf_counter() - began

    def show_all(self) -> None:
        """As it was before the user zoomed."""
        self.follow()
        self.show_epochs(self._view.data.last_epoch)
        self.fit(self._view.range_of(self._shown))

    # Clicks and keys

    def _take_click(self, event: Any) -> None:
        box = self.getViewBox()
        if event.button() != Qt.MouseButton.LeftButton or not box.sceneBoundingRect().contains(event.scenePos()):
            return
        if event.double():
            self._single_click.call_off()
            self.show_all()
            return
        epoch = max(0, round(box.mapSceneToView(event.scenePos()).x()))
        self._single_click.take(epoch, wait=self.user_zoomed)  # else a second click has nothing to take back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.epoch_stepped.emit(STEPS[key])
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            event.ignore()  # Space and the like are the window's

    def _place_unit(self) -> None:
        """At the right, where curves have mostly come down."""
        self._unit.adjustSize()
        self._unit.move(max(LEFT_AXIS, self.width() - self._unit.width() - 8), 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_unit"):  # pyqtgraph resizes while it is made
            self._place_unit()

    def hideEvent(self, event: QHideEvent) -> None:
        self._single_click.call_off()

    # The read-out

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._dragging = event.buttons() != Qt.MouseButton.NoButton
        super().mouseMoveEvent(event)

    def _show_read_out(self, position: QPointF) -> None:
        """Values at the step and at the epoch nearest to the mouse."""
        box = self.getViewBox()
        data = self._view.data
        inside = box.sceneBoundingRect().contains(position) and bool(len(data.steps) or data.epochs["validation"])
        if not inside or self._dragging:  # then the curves alone are looked at, and every frame counts
            self._hide_read_out()
            return
        x = self._read_out.show_values(self._view, self._shown, self.steps_item, box.mapSceneToView(position).x())
        self._cursor.setValue(x)
        self._cursor.setVisible(True)
        on_the_left = position.x() < self.width() / 2
        left = self.width() - self._read_out.width() - 8 if on_the_left else LEFT_AXIS + 8
        self._read_out.move(max(2, int(left)), 6)

    def _hide_read_out(self) -> None:
        self._read_out.hide()
        self._cursor.setVisible(False)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hide_read_out()
