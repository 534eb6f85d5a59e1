"""The jobs of the queue as rows and columns; those that wait can be dragged to another place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from ae_studio.gui.run_table import plain_tip
from ae_studio.gui.theme import DARK, Theme
from ae_studio.runs.listed import printable
from ae_studio.sweeps.job import Job

COLUMNS = ("Run", "Model", "Data", "State", "Epochs", "Best", "What it says")
NAME, MODEL, DATA, STATE, EPOCHS, BEST, SAYS = range(len(COLUMNS))
RIGHT = (EPOCHS, BEST)
MIME = "application/x-ae-studio-job"
SHARE = Qt.ItemDataRole.UserRole  # of the epochs that are done, 0 to 1; None where there is nothing to draw

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class QueueTable(QAbstractTableModel):
    """Shows jobs in their order.

    Signals:
        moved(number, place): a job was dragged to this place among all, 0 is the first.
    """

    moved = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: tuple[Job, ...] = ()
        self._progress: dict[int, Any] = {}
        self._theme = DARK

    def show_jobs(self, jobs: Sequence[Job]) -> None:
        """Rows that stay where they are only change what they say, so that what is chosen stays chosen."""
        same = [job.number for job in jobs] == [job.number for job in self.jobs]
        if same:
            self.jobs = tuple(jobs)
            self._repaint()
        else:
            self.beginResetModel()
            self.jobs = tuple(jobs)
            self.endResetModel()

    def show_progress(self, progress: Mapping[int, Any]) -> None:
        """Of some jobs, by their numbers: a :class:`ae_studio.sweeps.progress.Progress` each."""
        self._progress.update(progress)
        self._repaint()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._repaint()

    def row_of(self, number: int) -> int:
        """-1 where there is no such job."""
        return next((row for row, job in enumerate(self.jobs) if job.number == number), -1)

    def _repaint(self) -> None:
        if self.jobs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.jobs) - 1, len(COLUMNS) - 1))

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.jobs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section]
        return _alignment(section) if role == _ROLE.TextAlignmentRole else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.jobs):
            return None
        job, column = self.jobs[index.row()], index.column()
        if role == _ROLE.DisplayRole:
            return self._text(job, column)
        if role == _ROLE.ToolTipRole:
            return plain_tip(self._tip(job, column))
        if role == _ROLE.TextAlignmentRole:
            return _alignment(column)
        if role == _ROLE.ForegroundRole:
            return self._colour(job, column)
        return self._share(job) if role == SHARE and column == EPOCHS else None

    def _text(self, job: Job, column: int) -> str:
        progress = self._progress.get(job.number)
        if column == NAME:
            return printable(job.name)
        if column in (MODEL, DATA):
            return printable(Path(job.config.model if column == MODEL else job.config.data).name)
        if column == STATE:
            return job.state
        if column == EPOCHS:
            return f"{progress.epochs} of {job.config.epochs}" if progress and job.run else str(job.config.epochs)
        if column == BEST:
            return f"{progress.best:.5g}" if progress and job.run and progress.best is not None else ""
        return printable(job.reason.split("\n")[0]) or (f"on GPU {job.gpu}" if job.gpu and job.at_work else "")

    def _tip(self, job: Job, column: int) -> str:
        if column == NAME:
            return "\n".join(filter(None, (job.name, str(job.run or ""))))
        if column in (STATE, SAYS):
            log = f"Its log is {job.log}" if job.state == "failed" and job.log else ""
            return "\n".join(filter(None, (job.reason, log)))
        return self._text(job, column)

    def _share(self, job: Job) -> float | None:
        progress = self._progress.get(job.number)
        return progress.epochs / job.config.epochs if progress and job.at_work else None

    def _colour(self, job: Job, column: int) -> QColor:
        theme = self._theme
        if column != STATE:
            return QColor(theme.dim if job.over and column != NAME else theme.text)
        colours = {"running": theme.accent, "stopping": theme.warning, "finished": theme.good, "failed": theme.error}
        return QColor(colours.get(job.state, theme.dim))

    # Dragging

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        waits = self.jobs[index.row()].state == "waiting"
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsDragEnabled if waits else flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The first of the rows that are dragged."""
        data = QMimeData()
        data.setData(MIME, str(self.jobs[min(index.row() for index in indexes)].number).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tells where to; False, so that Qt takes away no row by itself."""
        if data.hasFormat(MIME):
            number = int(bytes(data.data(MIME).data()))
            place = row if row >= 0 else parent.row() if parent.isValid() else len(self.jobs)
            before = self.row_of(number)
            self.moved.emit(number, place - 1 if 0 <= before < place else place)
        return False


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
