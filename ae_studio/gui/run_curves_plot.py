"""A term of several runs, one curve each, with what all of them are under the mouse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPen
from PySide6.QtWidgets import QWidget

from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.quiet_plot import LEFT_AXIS, QuietPlot
from ae_studio.gui.single_click import SingleClick
from ae_studio.gui.step_columns import envelope
from ae_studio.gui.theme import Theme
from ae_studio.latent.measured import shown
from ae_studio.runs.comparing import RunCurve

SHARE_BEYOND = 0.02  # of a run's values that the axis does not stretch for: the first steps are far above the others
SMOOTH = 1000  # points of a curve at most whose edges are drawn smooth
FAINT = 0.25  # opacity of the single steps
STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DotLine)


@dataclass(frozen=True, slots=True)
class Plotted:
    """A curve of the run of this ``index``, and the ``epoch`` at which that run is looked at.

    ``raw`` is what the curve is the running mean of, drawn faintly behind it; None where it is drawn as it is.
    """

    index: int
    curve: RunCurve
    epoch: int
    raw: RunCurve | None = None


def smoothed(index: int, raw: RunCurve, epoch: int) -> Plotted:
    """Single steps jump: their mean over a hundredth of them, in the middle of as many at either end."""
    reach = len(raw.y) // 200
    if not reach:
        return Plotted(index, raw, epoch)
    sums = np.concatenate([[0.0], np.cumsum(np.pad(raw.y, reach, mode="edge"))])
    width = 2 * reach + 1
    return Plotted(index, replace(raw, y=(sums[width:] - sums[:-width]) / width), epoch, raw)


def _of_numbers(each: Plotted) -> Plotted:
    """Where a run exploded there is a gap: no axis reaches to what is not finite."""
    y = np.where(np.isfinite(each.curve.y), each.curve.y, np.nan)
    return replace(each, curve=replace(each.curve, y=y))


class RunCurvesPlot(QuietPlot):
    """Runs differ by colour and by how their lines are dashed. Left and right move the read-out, Return chooses there.

    Signals:
        epoch_clicked(index, epoch): of the run whose curve is nearest to the click.
    """

    epoch_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("run_curves_plot", "Curves of the runs", parent)
        self._plotted: list[Plotted] = []
        self._what, self._unit, self._seconds, self._log = "", "", False, False
        self._user_zoomed = False
        self._single_click = SingleClick(self)  # a second one only shows all again
        self._at: float | None = None  # where the read-out is, on the x axis
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._lay_out()
        self.scene().sigMouseMoved.connect(self._follow_mouse)
        self.scene().sigMouseClicked.connect(self._take_click)
        self._single_click.told.connect(lambda clicked: self.epoch_clicked.emit(*clicked))
        self.getViewBox().sigRangeChangedManually.connect(self._keep_users_range)

    def _lay_out(self) -> None:
        self.show_levels()
        self._cursor.setVisible(False)
        self.addItem(self._cursor, ignoreBounds=True)

    # What is shown

    def show_curves(self, plotted: list[Plotted], what: str, unit: str, *, seconds: bool, log: bool) -> None:
        """A term, ``what``, in its ``unit``, over epochs or ``seconds``."""
        same_axes = (what, unit, seconds, log) == (self._what, self._unit, self._seconds, self._log)
        self._plotted = [_of_numbers(each) for each in plotted if np.isfinite(each.curve.y).any()]
        self._what, self._unit, self._seconds, self._log = what, unit, seconds, log
        self._draw()
        if not same_axes or not self._user_zoomed:
            self.fit()
        self._tell(self._at)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._cursor.setPen(pg.mkPen(QColor(theme.dim), style=Qt.PenStyle.DotLine))
        self._draw()
        self._tell(self._at)

    def _draw(self) -> None:
        self.clear()
        self.addItem(self._cursor, ignoreBounds=True)
        self.setLogMode(False, self._log)
        self.setLabel("bottom", "seconds of training" if self._seconds else "epochs", color=self._theme.dim)
        self.setLabel("left", f"{self._what}, {self._unit}" if self._unit else self._what, color=self._theme.dim)
        for each in self._plotted:
            if each.raw is not None:
                faint = QColor(run_colour(self._theme, each.index))
                faint.setAlphaF(FAINT)
                self._draw_line(each.raw, QPen(faint, 1.0))
        for each in self._plotted:
            colour = QColor(run_colour(self._theme, each.index))
            self._draw_line(each.curve, QPen(colour, 2.0, STYLES[each.index]))
            self._mark(each, colour)

    def _draw_line(self, curve: RunCurve, pen: QPen) -> None:
        x, y = envelope(curve.x, curve.y, max(50, self.width()))
        pen.setCosmetic(True)
        drawn = np.where(y > 0, y, np.nan) if self._log else y
        self.addItem(pg.PlotDataItem(x, drawn, pen=pen, connect="finite", antialias=len(x) <= SMOOTH))

    def _mark(self, each: Plotted, colour: QColor) -> None:
        """A dot where the run is looked at."""
        place = int(np.argmin(np.abs(each.curve.epochs - each.epoch)))
        drawn = each.curve.y[place] > 0 if self._log else np.isfinite(each.curve.y[place])
        if abs(each.curve.epochs[place] - each.epoch) <= 1 and drawn:
            dot = pg.PlotDataItem(
                each.curve.x[[place]],
                each.curve.y[[place]],
                pen=None,
                symbol="o",
                symbolSize=9,
                symbolBrush=colour,
                symbolPen=pg.mkPen(QColor(self._theme.panel), width=1.5),
            )
            self.addItem(dot)

    def fit(self) -> None:
        """The axes to what is shown; the highest few values of the beginning may lie above."""
        self._user_zoomed = False
        if not self._plotted:
            return
        self.setXRange(0, max(float(each.curve.x[-1]) for each in self._plotted), padding=0.02)
        ends = [np.nanquantile(each.curve.y, [0, 1 - SHARE_BEYOND]) for each in self._plotted]
        low, high = min(float(end[0]) for end in ends), max(float(end[1]) for end in ends)
        if self._log:
            low, high = (float(np.log10(max(end, 1e-12))) for end in (low, high))
        room = max(high - low, 1e-9 * max(1.0, abs(high)))
        self.setYRange(low - 0.06 * room, high + 0.06 * room, padding=0)

    def _keep_users_range(self) -> None:
        self._user_zoomed = True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._single_click.call_off()

    # The read-out

    def _follow_mouse(self, position: QPointF) -> None:
        box = self.getViewBox()
        inside = box.sceneBoundingRect().contains(position)
        self._tell(box.mapSceneToView(position).x() if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        places = sorted({float(x) for each in self._plotted for x in each.curve.x})
        if event.key() in steps and places:
            here = places[-1] if self._at is None else self._at
            nearest = int(np.argmin(np.abs(np.asarray(places) - here)))
            step = 0 if self._at is None else steps[Qt.Key(event.key())]
            self._tell(places[min(max(0, nearest + step), len(places) - 1)])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            for each in self._plotted:
                self.epoch_clicked.emit(each.index, self._epoch_of(each, self._at))
        else:
            super().keyPressEvent(event)

    def _tell(self, x: float | None) -> None:
        """What every run is at this place."""
        self._at = x if self._plotted else None
        shows = self._at is not None
        self._read_out.setVisible(shows)
        self._cursor.setVisible(shows)
        if self._at is None:
            return
        self._cursor.setValue(self._at)
        self._read_out.setText(self.words_at(self._at))
        self._read_out.adjustSize()
        on_the_left = 2 * self._at < sum(self.getViewBox().viewRange()[0])
        left = self.width() - self._read_out.width() - 12 if on_the_left else LEFT_AXIS + 28
        self._read_out.move(max(0, left), 10)  # not under the mouse

    def words_at(self, x: float) -> str:
        """As a table: a line a run, with the epoch that is nearest to this place."""
        where = f"{x:,.1f} s" if self._seconds else f"epoch {x:,.1f}"
        lines = [f"<tr><td colspan=3>{self._what} at {where}</td></tr>"]
        for each in self._plotted:
            place = int(np.argmin(np.abs(each.curve.x - x)))
            value, epoch = each.curve.y[place], each.curve.epochs[place]
            beyond = " (its last)" if x > each.curve.x[-1] and place == len(each.curve.x) - 1 else ""
            colour = run_colour(self._theme, each.index)
            lines.append(
                f'<tr><td style="color:{colour}"><b>{LETTERS[each.index]}</b></td>'
                f"<td align=right>&nbsp;&nbsp;{shown(float(value))}</td>"
                f"<td>&nbsp;&nbsp;epoch {_short(epoch)}{beyond}</td></tr>"
            )
        return f"<table>{''.join(lines)}</table>"

    # A click

    def _take_click(self, event: Any) -> None:
        box = self.getViewBox()
        if event.double():
            self._single_click.call_off()
            self.fit()
        elif event.button() == Qt.MouseButton.LeftButton and box.sceneBoundingRect().contains(event.scenePos()):
            nearest = self._nearest(event.scenePos())
            if nearest is not None:
                x = box.mapSceneToView(event.scenePos()).x()
                self._single_click.take((nearest.index, self._epoch_of(nearest, x)), wait=self._user_zoomed)

    def _nearest(self, position: QPointF) -> Plotted | None:
        """The curve that is nearest above or below, on the screen."""
        box = self.getViewBox()
        point = box.mapSceneToView(position)
        known = [each for each in self._plotted if each.curve.x[0] <= point.x() <= each.curve.x[-1]] or self._plotted

        def away(each: Plotted) -> float:
            y = float(np.interp(point.x(), each.curve.x, each.curve.y))
            return np.inf if np.isnan(y) else abs((np.log10(max(y, 1e-12)) if self._log else y) - point.y())

        return min(known, key=away, default=None)

    def _epoch_of(self, each: Plotted, x: float) -> int:
        return round(float(np.interp(x, each.curve.x, each.curve.epochs)))


def _short(epoch: float) -> str:
    """``3`` or ``2.75``"""
    return f"{epoch:.0f}" if float(epoch).is_integer() else f"{epoch:.2f}"
