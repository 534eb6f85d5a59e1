"""The loss curves: every term of every step and epoch, while they come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from ae_studio.events import EpochDone, RunStarted, StepsDone
from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.loss_data import LossData
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme, tabular

REDRAW_MS = 200  # curves creep; what they cost to draw is better spent on the canvas
SMALL = 0.3  # of the loss: a term below this would squash the others, so it waits for a click in the legend
PADDING = 0.08  # of the range, above and below
SLACK = 0.15  # of the range by which it may be off before it is set anew: a jumping axis cannot be read

NAMES = {"kl": "KL", "mse_per_pixel": "MSE/pixel"}


@dataclass(frozen=True, slots=True)
class Line:
    """How a term of a split is drawn."""

    colour: str
    width: float
    style: Qt.PenStyle


class LossPanel(QWidget):
    """Terms over epochs: faint, every step; solid, an epoch's training; dashed, its validation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss_panel")
        self._theme = DARK
        self._data = LossData()
        self._hidden: set[str] = set()
        self._known: list[str] = []
        self._curves: dict[tuple[str, str], pg.PlotDataItem] = {}
        self._chips: dict[str, QToolButton] = {}
        self._range: tuple[float, float] | None = None
        self._user_zoomed = False
        self._stale = False
        self.header = QWidget(self)  # stands in the dock's own header
        self._unit = named(QLabel(self.header), "dim_label")
        self._chip_row = named(QWidget(self), "loss_chips")
        self._chip_flow = FlowLayout(self._chip_row)
        self._empty = named(QLabel("Every term of the loss, step by step", self), "dim_label")
        self._stack = QStackedLayout()
        self._log_box = named(QCheckBox("log", self.header), "log_box", toolTip="Logarithmic axis")
        self._log_box.setAccessibleName("Logarithmic axis")
        self._plot = self._make_plot()
        self._read_out = named(QLabel(self._plot), "read_out", visible=False)
        self._read_out.setFont(tabular(self._read_out.font()))
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._mark = pg.InfiniteLine(angle=90, movable=False)
        for line in (self._cursor, self._mark):
            line.setVisible(False)
            self._plot.addItem(line, ignoreBounds=True)
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._lay_out()
        self._connect()

    def _make_plot(self) -> pg.PlotWidget:
        plot = pg.PlotWidget(self, objectName="loss_plot")
        plot.setAccessibleName("Loss curves")
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=True, y=True)
        plot.showGrid(x=False, y=True, alpha=0.15)
        plot.getViewBox().disableAutoRange()
        plot.getAxis("left").setWidth(48)
        plot.getAxis("bottom").setHeight(22)
        plot.setMinimumHeight(90)
        return plot

    def _lay_out(self) -> None:
        header = QHBoxLayout(self.header)
        header.setContentsMargins(0, 0, 0, 0)
        header.addWidget(self._unit, 1)
        header.addWidget(self._log_box)
        self._chip_row.setContentsMargins(50, 0, 8, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._plot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self._chip_row)
        layout.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._redraw)
        self._log_box.toggled.connect(self._set_log)
        self._plot.scene().sigMouseMoved.connect(self._show_read_out)
        self._plot.scene().sigMouseClicked.connect(self._reset_on_double_click)
        self._plot.getViewBox().sigRangeChangedManually.connect(self._keep_users_range)

    # What comes

    def start(self, event: RunStarted) -> None:
        """Another run; a resumed one keeps the curves that are there."""
        if event.first_epoch == 0:
            self._begin(LossData(event.steps_per_epoch), event.loss_unit)
        self._plot.setXRange(0, event.epochs, padding=0.01)

    def load(self, history: Any, unit: str) -> None:
        """The :class:`ae_studio.runs.history.History` of a run that was opened."""
        data = LossData(history.steps_per_epoch)
        data.add_steps(history.steps, history.terms)
        for split, rows in (("train", history.train), ("validation", history.validation)):
            for epoch, terms in rows.items():
                data.add_epoch(epoch, split, {name: value for name, value in terms.items() if name != "lr"})
        self._begin(data, unit)
        self._plot.setXRange(0, max(history.validation, default=1) or 1, padding=0.01)

    def add_steps(self, event: StepsDone) -> None:
        self._data.add_steps(event.steps, event.terms)
        self._redraw_soon()

    def add_epoch(self, event: EpochDone) -> None:
        self._data.add_epoch(event.epoch, "train", event.train)
        self._data.add_epoch(event.epoch, "validation", event.validation)
        self._redraw_soon()

    def mark_epoch(self, epoch: int) -> None:
        """A line where the time machine stands."""
        self._mark.setValue(epoch)
        self._mark.setVisible(True)

    def unmark(self) -> None:
        self._mark.setVisible(False)

    def _begin(self, data: LossData, unit: str) -> None:
        self._data, self._range, self._user_zoomed = data, None, False
        self._stack.setCurrentWidget(self._plot)
        self._unit.setText(unit)
        self._read_out.hide()
        self._mark.setVisible(False)
        self._hidden.clear()
        self._known = []
        for curve in self._curves.values():
            self._plot.removeItem(curve)
        self._curves.clear()
        for chip in self._chips.values():
            self._chip_flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        self._redraw_soon()

    # Drawing

    def _redraw_soon(self) -> None:
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _redraw(self) -> None:
        self._stale = False
        self._welcome_new_terms()
        columns = max(50, self._plot.width())
        for name in self._known:
            for split in ("batch", "train", "validation"):
                curve = self._curve(name, split)
                if name in self._hidden:
                    curve.setVisible(False)
                    continue
                x, y = self._data.step_curve(name, columns) if split == "batch" else self._data.epoch_curve(name, split)
                curve.setVisible(len(x) > 0)
                curve.setData(*self._drawable(x, y))
        self._fit()

    def _drawable(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """On a logarithmic axis only what is above zero has a place."""
        return (x, np.where(y > 0, y, np.nan)) if self._log_box.isChecked() else (x, y)

    def _welcome_new_terms(self) -> None:
        for name in self._data.names:
            if name not in self._known:
                self._known.append(name)
                if self._is_small(name):
                    self._hidden.add(name)
                self._add_chip(name)

    def _is_small(self, name: str) -> bool:
        rows = self._data.epochs["validation"]
        row = rows[max(rows)] if rows else {n: a.values[-1] for n, a in self._data.terms.items()}
        return name != "loss" and abs(row.get(name, 0.0)) < SMALL * abs(row.get("loss", 0.0))

    def _curve(self, name: str, split: str) -> pg.PlotDataItem:
        key = (name, split)
        if key not in self._curves:
            curve = pg.PlotDataItem(connect="finite")
            curve.setLogMode(False, self._log_box.isChecked())
            curve.setZValue({"batch": 0, "train": 1, "validation": 2}[split])
            self._plot.addItem(curve)
            self._curves[key] = curve
            self._set_pen(key)
        return self._curves[key]

    def _set_pen(self, key: tuple[str, str]) -> None:
        line = self._line(*key)
        self._curves[key].setPen(pg.mkPen(QColor(line.colour), width=line.width, style=line.style))

    def _line(self, name: str, split: str) -> Line:
        theme = self._theme
        if split == "batch":
            faint = QColor(self._colour(name))
            faint.setAlphaF(0.2)
            return Line(faint.name(QColor.NameFormat.HexArgb), 1, Qt.PenStyle.SolidLine)
        if split == "validation" and name == "loss":
            return Line(theme.classes[1], 2, Qt.PenStyle.SolidLine)
        return Line(self._colour(name), 2 if name == "loss" else 1.5, _STYLES[split])

    def _colour(self, name: str) -> str:
        if name == "loss":
            return self._theme.accent
        others = [known for known in self._known if known != "loss"]
        index = others.index(name) if name in others else 0
        return self._theme.classes[(4, 6, 3, 7, 5, 8)[index % 6]]

    def _fit(self) -> None:
        """The axis to what is shown, unless the user has chosen, or it is about right already."""
        found = self._data.range_of([name for name in self._known if name not in self._hidden])
        if found is None or self._user_zoomed:
            return
        low, high = found
        if self._log_box.isChecked():
            low, high = np.log10(max(low, 1e-12)), np.log10(max(high, 1e-12))
        room = max(high - low, 1e-9 * max(1.0, abs(high)))
        if self._range is not None:
            off = max(abs(self._range[0] - low), abs(self._range[1] - high))
            if off < SLACK * room and self._range[0] <= low and self._range[1] >= high:
                return
        self._range = (low, high)
        self._plot.setYRange(low - PADDING * room, high + PADDING * room, padding=0)

    # The hand

    def _add_chip(self, name: str) -> None:
        for text, split in (("train", "train"), ("validation", "validation")) if name == "loss" else ((name, "train"),):
            key = f"{name}_{split}_chip" if name == "loss" else f"{name}_chip"
            chip = named(QToolButton(self._chip_row), key, text=NAMES.get(text, text), checkable=True, autoRaise=True)
            chip.setAccessibleName(f"Show {text}")
            chip.setToolTip("Click to show or hide this term: solid is training, dashed is validation")
            chip.setProperty("term", name)
            chip.setChecked(name not in self._hidden)
            chip.clicked.connect(self._toggle_sender)
            self._chip_flow.addWidget(chip)
            self._chips[chip.objectName()] = chip
        self._paint_chips()

    def _toggle_sender(self) -> None:
        name = str(self.sender().property("term"))
        self._hidden ^= {name}
        self._range, self._user_zoomed = None, False
        self._paint_chips()
        self._redraw()

    def _paint_chips(self) -> None:
        for key, chip in self._chips.items():
            name = str(chip.property("term"))
            split = "validation" if key == "loss_validation_chip" else "train"
            shown = name not in self._hidden
            chip.setChecked(shown)
            colour = self._line(name, split).colour if shown else self._theme.dim
            chip.setStyleSheet(f"QToolButton {{ color: {colour}; }}")

    def _set_log(self, on: bool) -> None:
        self._plot.setLogMode(False, on)
        self._range, self._user_zoomed = None, False
        self._redraw()

    def _keep_users_range(self) -> None:
        self._user_zoomed = True

    def _reset_on_double_click(self, event: Any) -> None:
        if event.double():
            self._range, self._user_zoomed = None, False
            last = max(self._data.epochs["validation"], default=1)
            self._plot.setXRange(0, max(1, last), padding=0.01)
            self._fit()

    def _show_read_out(self, position: QPointF) -> None:
        """Values at the epoch nearest to the mouse."""
        box = self._plot.getViewBox()
        rows = self._data.epochs["validation"]
        if not rows or not box.sceneBoundingRect().contains(position):
            self._read_out.hide()
            self._cursor.setVisible(False)
            return
        x = box.mapSceneToView(position).x()
        epoch = min(rows, key=lambda candidate: abs(candidate - x))
        self._cursor.setValue(epoch)
        self._cursor.setVisible(True)
        self._read_out.setText(self._values_at(epoch))
        self._read_out.adjustSize()
        right = position.x() < self._plot.width() / 2
        left = self._plot.width() - self._read_out.width() - 8 if right else 56
        self._read_out.move(int(left), 6)
        self._read_out.show()

    def _values_at(self, epoch: int) -> str:
        train = self._data.epochs["train"].get(epoch, {})
        validation = self._data.epochs["validation"].get(epoch, {})
        rows = "".join(
            f"<tr><td>{NAMES.get(name, name)}</td><td align=right>&nbsp;&nbsp;{_number(train.get(name))}</td>"
            f"<td align=right>&nbsp;&nbsp;{_number(validation.get(name))}</td></tr>"
            for name in self._known
        )
        head = f"<tr><td>epoch {epoch}</td><td align=right>&nbsp;train</td><td align=right>&nbsp;validation</td></tr>"
        return f"<table>{head}{rows}</table>"

    # Looks

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._plot.setBackground(QColor(theme.panel))
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(pg.mkPen(QColor(theme.line)))
            axis.setTextPen(pg.mkPen(QColor(theme.dim)))
        self._cursor.setPen(pg.mkPen(QColor(theme.dim), style=Qt.PenStyle.DotLine))
        self._mark.setPen(pg.mkPen(QColor(theme.accent)))
        for key in self._curves:
            self._set_pen(key)
        self._paint_chips()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._redraw_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()


_STYLES = {"train": Qt.PenStyle.SolidLine, "validation": Qt.PenStyle.DashLine}


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.5g}"
