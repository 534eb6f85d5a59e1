"""The settings of the runs that are compared: those that differ, or all."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ae_studio.gui.compare_tab import CompareTab
from ae_studio.gui.compare_table import CompareTable, TableRow
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.comparing import SettingRow, setting_rows


class SettingsTab(CompareTab):
    """A row for each setting; where all are shown, those that differ stand out."""

    TITLE = "Settings"
    HINT = "What was set differently, and what was changed while a run was trained"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SettingRow, ...] = ()
        self._count = 0
        self._note = named(QLabel(self, wordWrap=True), "dim_label")
        self._all_box = named(QCheckBox("Equal ones too", self), "all_settings_box")
        self._all_box.setToolTip("Show the settings that are the same in all runs as well")
        self.table = CompareTable("compare_settings_table", self)
        self.table.setAccessibleName("Settings of the runs")
        row = QHBoxLayout()
        row.addWidget(self._note, 1)
        row.addWidget(self._all_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self._all_box.toggled.connect(self._show)

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        self._rows, self._count = setting_rows(runs), len(runs)
        self._show()

    def _show(self) -> None:
        differing = [row for row in self._rows if row.differs]
        shown = self._rows if self._all_box.isChecked() else differing
        equal = len(self._rows) - len(differing)
        if differing:
            self._note.setText(f"{len(differing)} of {len(self._rows)} settings differ; {equal} are the same.")
        else:
            self._note.setText("All settings are the same.")
        self.table.show_rows("Setting", [_as_row(row) for row in shown], self._count)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.table.set_theme(theme)


def _as_row(row: SettingRow) -> TableRow:
    everywhere = frozenset(range(len(row.cells)))
    return TableRow(row.label, row.cells, row.help or row.name, dim=frozenset() if row.differs else everywhere)
