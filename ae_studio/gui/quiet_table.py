"""What lists of runs have in common: whole rows, no grid, and the Tab key for the other widgets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ae_studio.gui.theme import tabular


def make_quiet(view: QTableView, row: int, header: int, widths: Sequence[int]) -> None:
    """``row`` and ``header`` are heights in pixels, ``widths`` those of the first columns of its model."""
    view.setFont(tabular(view.font()))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(row)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setFixedHeight(header)
    for column, width in enumerate(widths):
        view.setColumnWidth(column, width)
