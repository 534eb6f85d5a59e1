"""The runs as rows and columns, sorted and sifted, with a few pictures each that come when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap

from ae_studio.events import Images
from ae_studio.gui.images import tiled, to_qimage, to_rgb
from ae_studio.gui.theme import DARK, Theme
from ae_studio.runs.listed import ListedRun, printable

PICTURES = 3  # beside each run's name
THUMBNAIL = QSize(PICTURES * 28 + (PICTURES - 1), 28)  # pixels
ASK_MS = 20  # after the first row that lacks its pictures was painted: those of a page are asked for together
MOST_ASKED = 60  # rows: more than a page
MOST_KEPT = 2000  # thumbnails in memory: 25 MB

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` sorts; a run without one comes last in either order."""

    title: str
    text: Callable[[ListedRun], str]
    key: Callable[[ListedRun], Any]
    help: str = ""
    right: bool = False


def _epochs(run: ListedRun) -> str:
    if not run.epochs or run.epochs_done == run.epochs:
        return str(run.epochs_done or "")
    return f"{run.epochs_done} of {run.epochs}"


def _best(run: ListedRun) -> str:
    return "" if run.best is None else f"{run.best:.4g}"


def short(name: str) -> str:
    """A model's or a data set's name; of a file the user's own, its last part."""
    return printable(Path(name.replace("\\", "/")).name if name.endswith((".py", ".npy")) else name)


def _text_key(text: str) -> str | None:
    return text.casefold() or None


COLUMNS = (
    Column("Run", lambda run: run.name, lambda run: _text_key(run.name)),
    Column("Model", lambda run: short(run.model), lambda run: _text_key(short(run.model))),
    Column("Data", lambda run: short(run.data), lambda run: _text_key(short(run.data))),
    Column("d", lambda run: str(run.latent_dim or ""), lambda run: run.latent_dim or None, "latent dimensions", True),
    Column("Epochs", _epochs, lambda run: run.epochs_done, "epochs that were trained", True),
    Column("Best", _best, lambda run: run.best, "the smallest validation loss", True),
    Column("Date", lambda run: run.started[:10], lambda run: run.started or None, "when it was begun"),
    Column("State", lambda run: run.state, lambda run: run.state),
    Column("Tags", lambda run: printable(", ".join(run.tags)), lambda run: _text_key(", ".join(run.tags))),
    Column("Notes", lambda run: printable(run.notes.strip().split("\n")[0]), lambda run: _text_key(run.notes.strip())),
)
NAME, BEST, DATE, STATE = (
    next(index for index, column in enumerate(COLUMNS) if column.title == title)
    for title in ("Run", "Best", "Date", "State")
)


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a run must have to be shown; what is empty asks for nothing. Every word must stand somewhere."""

    words: str = ""
    data: str = ""
    model: str = ""
    tag: str = ""

    def passes(self, run: ListedRun, text: str) -> bool:
        return (
            self.data in ("", run.data)
            and self.model in ("", run.model)
            and (not self.tag or self.tag in run.tags)
            and all(word in text for word in self.words.casefold().split())
        )


class RunTable(QAbstractTableModel):
    """Sorts and sifts by itself: ten thousand rows take Python's own sort 20 ms, and Qt's, which asks it, a second.

    Signals:
        renamed(folder, title): the user has typed another title.
        thumbnails_wanted(runs): of rows that are painted without.
    """

    renamed = Signal(str, str)
    thumbnails_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: dict[str, ListedRun] = {}
        self._texts: dict[str, str] = {}  # what is searched
        self._shown: list[ListedRun] = []
        self._sieve = Sieve()
        self._order: tuple[int, bool] = (DATE, True)  # the column; whether the largest comes first
        self._theme = DARK
        self._ratio = 1.0
        self._thumbnails: dict[str, QIcon] = {}
        self._wanted: dict[str, ListedRun] = {}
        blank = QPixmap(THUMBNAIL)
        blank.fill(Qt.GlobalColor.transparent)
        self._none = QIcon(blank)
        self._asking = QTimer(self, singleShot=True, interval=ASK_MS)
        self._asking.timeout.connect(self._ask)

    # What is shown

    @property
    def runs(self) -> tuple[ListedRun, ...]:
        """All of them, whatever is shown."""
        return tuple(self._runs.values())

    @property
    def shown(self) -> Sequence[ListedRun]:
        return self._shown

    def set_runs(self, runs: Iterable[ListedRun], sieve: Sieve | None = None) -> None:
        """In the place of those that were, sifted anew; the pictures of runs that have gone on are read again."""
        self._sieve = sieve or self._sieve
        before, self._runs = self._runs, {run.folder: run for run in runs}
        self._texts = {run.folder: _searched(run) for run in self._runs.values()}
        for folder, run in before.items():
            if self._runs.get(folder) is None or self._runs[folder].epochs_done != run.epochs_done:
                self._thumbnails.pop(folder, None)
                self._wanted.pop(folder, None)
        self._show()

    def sift(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self._show()

    def row_of(self, folder: str) -> int:
        """-1 where it is not shown."""
        return next((row for row, run in enumerate(self._shown) if run.folder == folder), -1)

    def _show(self) -> None:
        column, falling = self._order
        key = COLUMNS[column].key
        found = [run for run in self._runs.values() if self._sieve.passes(run, self._texts[run.folder])]
        with_key = [(value, run) for run in found if (value := key(run)) is not None]
        with_key.sort(key=lambda pair: pair[0], reverse=falling)
        self.beginResetModel()
        self._shown = [run for _, run in with_key] + [run for run in found if key(run) is None]
        self.endResetModel()

    # Pictures

    def show_thumbnails(self, thumbnails: Mapping[str, Images | None]) -> None:
        """Reconstructions, uint8 (n, H, W) or (n, H, W, 3), by folder; None where there are none."""
        if len(self._thumbnails) > MOST_KEPT:
            self._thumbnails.clear()
        for folder, images in thumbnails.items():
            self._wanted.pop(folder, None)
            self._thumbnails[folder] = self._none if images is None or not len(images) else self._drawn(images)
        if self._shown:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(self._shown) - 1, NAME), [_ROLE.DecorationRole])

    def set_theme(self, theme: Theme, ratio: float) -> None:
        """``ratio`` is the screen's pixels for one of the window's."""
        self._theme, self._ratio = theme, ratio
        self._thumbnails.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))

    def _drawn(self, images: Images) -> QIcon:
        sheet = tiled(to_rgb(images[:PICTURES], self._theme), PICTURES, 1, self._theme.image_ground)
        smooth = Qt.TransformationMode.SmoothTransformation
        size = THUMBNAIL * self._ratio
        pixmap = QPixmap.fromImage(to_qimage(sheet).scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        pixmap.setDevicePixelRatio(self._ratio)
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else it is tinted
        return icon

    def _thumbnail(self, run: ListedRun) -> QIcon:
        known = self._thumbnails.get(run.folder)
        if known is None:
            if run.folder not in self._wanted:
                self._wanted[run.folder] = run
                if not self._asking.isActive():
                    self._asking.start()
            return self._none
        return known

    def _ask(self) -> None:
        """For the newest; those that were scrolled past are asked for again when they are painted again."""
        newest = list(self._wanted.values())[-MOST_ASKED:]
        self._wanted = {run.folder: run for run in newest}
        self.thumbnails_wanted.emit(newest)

    def forget_wishes(self) -> None:
        """Nobody looks any more."""
        self._asking.stop()
        self._wanted.clear()

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == _ROLE.DisplayRole:
            return column.title
        if role == _ROLE.ToolTipRole:
            return column.help or None
        return _alignment(column) if role == _ROLE.TextAlignmentRole else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        run, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == _ROLE.DisplayRole:
            return column.text(run)
        if role == _ROLE.TextAlignmentRole:
            return _alignment(column)
        if role == _ROLE.DecorationRole and index.column() == NAME:
            return self._thumbnail(run)
        if role == _ROLE.EditRole and index.column() == NAME:
            return run.title or run.folder
        if role == _ROLE.ToolTipRole:
            return self._tip(run, index.column())
        return self._colour(run) if role == _ROLE.ForegroundRole and index.column() == STATE else None

    def _tip(self, run: ListedRun, column: int) -> str | None:
        if column == BEST and run.best is not None:
            return f"{run.best:.6g} {run.loss_unit}".rstrip() + f", after epoch {run.best_epoch}"
        if column == DATE:
            return run.started
        if column == STATE:
            return plain_tip(run.told)
        return plain_tip(run.notes if COLUMNS[column].title == "Notes" else COLUMNS[column].text(run))

    def _colour(self, run: ListedRun) -> QColor:
        theme = self._theme
        colours = {"damaged": theme.error, "failed": theme.error, "no end": theme.warning, "training": theme.accent}
        return QColor(colours.get(run.state, theme.good if run.state == "finished" and not run.problems else theme.dim))

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        run = self._shown[index.row()]
        title = str(value).strip()
        if role != _ROLE.EditRole or title in (run.title, run.name if not run.title else None):
            return False
        self.renamed.emit(run.folder, "" if title == run.folder else title)
        return True


def plain_tip(text: str) -> str | None:
    """A tooltip takes what looks like markup for it; a run's words are none."""
    words = text.strip()[:2000].replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<qt>{words}</qt>" if words else None


def _searched(run: ListedRun) -> str:
    parts = (run.title, run.folder, run.model, run.data, *run.tags, run.notes, run.state, run.reason, *run.problems)
    return "\n".join(parts).casefold()


def _alignment(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
