"""A term of groups of runs over epochs: the mean as a line, the spread as a band, each run as a thin line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ae_studio.gui.canvas_paint import nice_step
from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.quiet_plot import QuietPlot
from ae_studio.gui.theme import Theme
from ae_studio.latent.measured import shown
from ae_studio.runs.seeds import SpreadCurve

TICKS = 10  # along the epochs, about
BAND, THIN = 0.22, 0.45  # opacity of the band, and of the line of a single run


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A group of runs as it is drawn: ``letters`` of those of it that are compared, in the colour of run ``index``."""

    letters: str
    index: int
    curve: SpreadCurve


class SeedsPlot(QuietPlot):
    """Left and right move the read-out from epoch to epoch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("seeds_plot", "Mean and spread over seeds", parent)
        self._bands: tuple[Band, ...] = ()
        self._what, self._unit = "", ""
        self._extremes, self._each = False, True
        self._epoch: int | None = None
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._lay_out()
        self.scene().sigMouseClicked.connect(self._fit_on_double_click)

    def _lay_out(self) -> None:
        self.show_levels()
        self.getViewBox().disableAutoRange()
        self.getViewBox().sigXRangeChanged.connect(self._space_ticks)
        self._cursor.setVisible(False)

    # What is shown

    def show_bands(self, bands: tuple[Band, ...], what: str, unit: str, *, extremes: bool, each: bool) -> None:
        """A term, ``what``, in its ``unit``. ``extremes``: the band goes from the least to the largest value, else a
        standard deviation to either side; ``each``: every run is a thin line."""
        same = (what, unit, [band.letters for band in bands]) == (
            self._what,
            self._unit,
            [band.letters for band in self._bands],
        )
        self._bands, self._what, self._unit, self._extremes, self._each = bands, what, unit, extremes, each
        self._draw()
        if not same:
            self.fit()
        self._tell(self._epoch)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._cursor.setPen(pg.mkPen(QColor(theme.dim), style=Qt.PenStyle.DotLine))
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.addItem(self._cursor, ignoreBounds=True)
        self.setLabel("bottom", "epochs", color=self._theme.dim)
        self.setLabel("left", f"{self._what}, {self._unit}" if self._unit else self._what, color=self._theme.dim)
        for band in self._bands:
            self._draw_band(band, QColor(run_colour(self._theme, band.index)))

    def _draw_band(self, band: Band, colour: QColor) -> None:
        curve = band.curve
        faint, thin = QColor(colour), QColor(colour)
        faint.setAlphaF(BAND)
        thin.setAlphaF(THIN)
        low, high = self._ends(curve)
        known = np.isfinite(low)
        if known.any():
            ends = [pg.PlotCurveItem(curve.epochs[known], end[known], pen=None) for end in (low, high)]
            self.addItem(pg.FillBetweenItem(*ends, brush=pg.mkBrush(faint)), ignoreBounds=True)
        if self._each and len(curve.each) > 1:
            for values in curve.each:
                self.addItem(_line(curve.epochs, values, thin, 1.0), ignoreBounds=True)
        self.addItem(_line(curve.epochs, curve.mean, colour, 2.2), ignoreBounds=True)

    def _ends(self, curve: SpreadCurve) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Where the band is, NaN where there is none: of a single run."""
        if self._extremes:
            single = curve.n < 2
            return np.where(single, np.nan, curve.low), np.where(single, np.nan, curve.high)
        return curve.mean - curve.sd, curve.mean + curve.sd

    def fit(self) -> None:
        """The axes to what is shown; the epoch before training, far above the others, may lie outside."""
        trained = [(band.curve, band.curve.epochs >= min(1, band.curve.epochs.max())) for band in self._bands]
        if not trained:
            return
        last = max(int(curve.epochs.max()) for curve, _ in trained)
        self.setXRange(0, max(1, last), padding=0.03)
        low = min(float(curve.low[part].min()) for curve, part in trained)
        high = max(float(curve.high[part].max()) for curve, part in trained)
        room = max(high - low, 1e-9 * max(1.0, abs(high)))
        self.setYRange(low - 0.08 * room, high + 0.08 * room, padding=0)

    def _space_ticks(self, _: object, seen: tuple[float, float]) -> None:
        """At whole epochs."""
        step = max(1.0, nice_step((seen[1] - seen[0]) / TICKS))
        self.getAxis("bottom").setTickSpacing(step, step)

    # The read-out

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Each of them: of those in a row the scene leaves some out."""
        super().mouseMoveEvent(event)
        box, place = self.getViewBox(), event.position()
        inside = box.sceneBoundingRect().contains(place)
        self._tell(round(box.mapSceneToView(place).x()) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        epochs = self._epochs()
        if event.key() in steps and epochs:
            here = epochs[-1] if self._epoch is None else self._epoch + steps[Qt.Key(event.key())]
            self._tell(min(max(epochs[0], here), epochs[-1]))
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _fit_on_double_click(self, event: object) -> None:
        if event.double():  # type: ignore[attr-defined]  # of pyqtgraph's
            self.fit()

    def _epochs(self) -> list[int]:
        return sorted({int(epoch) for band in self._bands for epoch in band.curve.epochs})

    def _tell(self, epoch: int | None) -> None:
        """What every group has come to after this epoch."""
        self._epoch = epoch if epoch in self._epochs() else None
        shows = self._epoch is not None
        self._read_out.setVisible(shows)
        self._cursor.setVisible(shows)
        if self._epoch is None:
            return
        self._cursor.setValue(self._epoch)
        self._read_out.setText(self.words_at(self._epoch))
        self._read_out.adjustSize()
        self._read_out.move(max(0, self.width() - self._read_out.width() - 12), 10)

    def words_at(self, epoch: int) -> str:
        """As a table: a line a group."""
        lines = [f"<tr><td colspan=3>{self._what} after epoch {epoch}</td></tr>"]
        for band in self._bands:
            place = np.flatnonzero(band.curve.epochs == epoch)
            if len(place):
                colour = run_colour(self._theme, band.index)
                lines.append(
                    f'<tr><td style="color:{colour}"><b>{band.letters}</b></td>'
                    f"<td>&nbsp;&nbsp;{self._values(band.curve, int(place[0]))}</td>"
                    f"<td>&nbsp;&nbsp;n = {band.curve.n[place[0]]}</td></tr>"
                )
        return f"<table>{''.join(lines)}</table>"

    def _values(self, curve: SpreadCurve, place: int) -> str:
        mean = shown(float(curve.mean[place]))
        if curve.n[place] < 2:
            return mean
        if self._extremes:
            return f"{mean} ({shown(float(curve.low[place]))} to {shown(float(curve.high[place]))})"
        return f"{mean} ± {shown(float(curve.sd[place]))}"


def _line(x: npt.NDArray[np.int64], y: npt.NDArray[np.float64], colour: QColor, width: float) -> pg.PlotDataItem:
    pen = pg.mkPen(colour, width=width)
    pen.setCosmetic(True)
    return pg.PlotDataItem(x, y, pen=pen, connect="finite", antialias=True)
