"""The classes with their colours; a click hides one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.icons import DOT, dot
from ae_studio.gui.named import named
from ae_studio.gui.shapes import disc, shape_of
from ae_studio.gui.theme import DARK, Palette, Theme, class_colours
from ae_studio.latent.groups import How

GAP = 2  # pixels between chips


class LegendChip(QToolButton):
    """One class. Signals: ``isolated()`` after a double click, ``menu_wanted(position)`` on the screen."""

    isolated = Signal()
    menu_wanted = Signal(QPoint)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.isolated.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class Legend(QWidget):
    """A chip for every class. A click hides or shows it, a double click shows it alone, or all again.

    Signals:
        hidden_changed(frozenset): the indices of the hidden classes.
        select_requested(label, how): by a chip's menu; how is a word of :data:`ae_studio.latent.groups.How`.
    """

    hidden_changed = Signal(object)
    select_requested = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self.setAccessibleName("Classes")
        self._theme = DARK
        self._names: tuple[str, ...] = ()
        self._palette: Palette = class_colours
        self._hidden: frozenset[int] = frozenset()
        self._has_colours, self._has_marks = True, False
        self._chips: list[LegendChip] = []
        self._flow = FlowLayout(self, GAP)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_classes(self, names: tuple[str, ...], palette: Palette = class_colours) -> None:
        """All of these are shown again."""
        self._hidden = frozenset()
        self._palette, self._has_colours = palette, True
        if names != self._names:
            self._names = names
            self._make_chips()
        self._paint_chips()
        self.hidden_changed.emit(self._hidden)

    def show_counts(self, counts: Sequence[int]) -> None:
        """How many points each class has."""
        for chip, name, count in zip(self._chips, self._names, counts, strict=False):
            chip.setText(f"{name} ({count:,})")
            chip.setAccessibleName(f"Class {name}, {count:,} points")
        self._flow.invalidate()
        self.updateGeometry()

    def show_marks(self, on: bool) -> None:
        """Each class with a mark of its own."""
        self._has_marks = on
        self._paint_chips()

    def show_colours(self, on: bool) -> None:
        """Whether the points have their classes' colours; else the marks here are grey."""
        self._has_colours = on
        self._paint_chips()

    def row_width(self) -> int:
        """Pixels that all classes need in one row; a layout counts no chip that has not been shown yet."""
        for chip in self._chips:
            chip.ensurePolished()
        return sum(chip.sizeHint().width() + GAP for chip in self._chips)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._paint_chips()

    def _make_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = [self._chip(index, name) for index, name in enumerate(self._names)]
        self.updateGeometry()

    def _chip(self, index: int, name: str) -> LegendChip:
        chip = LegendChip(self)
        chip.setObjectName(f"legend_chip_{index}")
        chip.setProperty("class_index", index)
        chip.setText(name)
        chip.setAccessibleName(f"Class {name}")
        chip.setToolTip(
            f"Class {name}: click to hide or show it, double-click to see it alone, right-click to select it"
        )
        chip.setCheckable(True)
        chip.setAutoRaise(True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(DOT, DOT))
        chip.clicked.connect(self._toggle_sender)
        chip.isolated.connect(self._isolate_sender)
        chip.menu_wanted.connect(self._open_menu)
        self._flow.addWidget(chip)
        return chip

    def _toggle_sender(self) -> None:
        self._hide(self._hidden ^ {_class_index(self.sender())})

    def _isolate_sender(self) -> None:
        others = frozenset(range(len(self._names))) - {_class_index(self.sender())}
        # The first click of the double click has toggled the class already.
        alone = self._hidden - {_class_index(self.sender())} == others
        self._hide(frozenset() if alone else others)

    def _open_menu(self, position: QPoint) -> None:
        if self._palette is not class_colours:
            return  # the entries of a codebook are no images
        label, name = _class_index(self.sender()), self._names[_class_index(self.sender())]
        menu = named(QMenu(self), "legend_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words: tuple[tuple[How, str], ...] = (
            ("replace", f"Select class {name}"),
            ("add", "Add it to the selection"),
            ("remove", "Take it out of the selection"),
        )
        for how, text in words:
            menu.addAction(text).triggered.connect(partial(self.select_requested.emit, label, how))
        menu.popup(position)

    def _hide(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._paint_chips()
        self.hidden_changed.emit(hidden)

    def _paint_chips(self) -> None:
        colours = self._palette(self._theme, max(1, len(self._names)))
        for index, chip in enumerate(self._chips):
            shown = index not in self._hidden
            chip.setChecked(shown)
            colour = colours[index] if self._has_colours else self._theme.dim
            shape = shape_of(index) if self._has_marks else disc
            chip.setIcon(dot(colour, self.devicePixelRatioF(), filled=shown, shape=shape))


def _class_index(chip: QObject) -> int:
    return int(chip.property("class_index"))
