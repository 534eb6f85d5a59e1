"""The box of the families: by group, under headings that cannot be chosen."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ae_studio.config import FieldSpec
from ae_studio.gui.form import Field
from ae_studio.models.card_text import groups
from ae_studio.models.catalog import MODELS, Family, family

ROWS = 22  # shown at once; the others are scrolled to
ROW, HEADING = 22, 25  # pixels, their heights
HEADING_SIZE = 11  # pixels, of its letters
MARGIN = 8  # pixels before a heading
INDENT = 10  # pixels, of a family under its heading
OWN = "Your own"  # the heading of models that are not the app's
SPARE = 56  # pixels beside the longest name: indent, scroll bar, margins


class FamilyField(Field):
    """The field of the family. Given the name of a model that is not the app's, it offers that too, as it is now."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(dataclasses.replace(spec, kind="choice", choices=tuple(MODELS)), parent)
        assert isinstance(self.widget, QComboBox)
        self._box = self.widget
        fill_model_box(self._box)

    def set_value(self, value: str) -> None:
        if value not in MODELS:
            add_own_model(self._box, family(value))
        super().set_value(value)


def fill_model_box(box: QComboBox) -> None:
    """Puts every family into the box: its short name, its name as the data, its summary as the tooltip."""
    model = QStandardItemModel(box)
    for group, families in groups().items():
        heading = QStandardItem(group)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        model.appendRow(heading)
        for known in families:
            item = QStandardItem(known.card.short)
            item.setData(known.name, Qt.ItemDataRole.UserRole)
            item.setToolTip(f"{known.card.title}: {known.card.summary}")
            model.appendRow(item)
    box.setModel(model)
    box.setItemDelegate(GroupedDelegate(box))
    box.setMaxVisibleItems(ROWS)
    # The list asks the style for it when it is made, before there is a style sheet to say that it is a list to scroll.
    box.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    widest = max(box.fontMetrics().horizontalAdvance(box.itemText(row)) for row in range(box.count()))
    box.view().setMinimumWidth(widest + SPARE)


def add_own_model(box: QComboBox, known: Family) -> None:
    """One more family, behind the others, or the same as it is now; without the box's signals."""
    with QSignalBlocker(box):
        if box.findText(OWN, Qt.MatchFlag.MatchExactly) < 0:
            box.addItem(OWN)
            box.model().item(box.count() - 1).setFlags(Qt.ItemFlag.NoItemFlags)  # type: ignore[attr-defined]
        if box.findData(known.name) < 0:
            box.addItem("", known.name)
        row = box.findData(known.name)
        box.setItemText(row, known.card.short)
        box.setItemData(row, f"{known.card.title}: {known.name}", Qt.ItemDataRole.ToolTipRole)


class GroupedDelegate(QStyledItemDelegate):
    """Headings small and dim, the families below them indented."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width() + INDENT, HEADING if _is_heading(index) else ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        told: Any = option  # its fields are missing from the type
        box = QRectF(told.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if _is_heading(index):
            self._paint_heading(painter, box, told, index.data())
        else:
            self._paint_family(painter, box, told, index.data())
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRectF, option: Any, text: str) -> None:
        font = QFont(option.font)
        font.setPixelSize(HEADING_SIZE)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(box.adjusted(MARGIN, 0, 0, -3), _BOTTOM, text.upper())

    def _paint_family(self, painter: QPainter, box: QRectF, option: Any, text: str) -> None:
        palette = QGuiApplication.palette()
        role = QPalette.ColorRole.Text
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(box.adjusted(1, 0, -1, 0), 4, 4)
            role = QPalette.ColorRole.HighlightedText
        painter.setPen(palette.color(role))
        painter.setFont(option.font)
        painter.drawText(box.adjusted(MARGIN + INDENT, 0, 0, 0), _MIDDLE, text)


def _is_heading(index: QModelIndex | QPersistentModelIndex) -> bool:
    return index.data(Qt.ItemDataRole.UserRole) is None


_BOTTOM = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
