"""The settings of the runs that are compared."""

from __future__ import annotations

from ae_studio.gui.compare_tab import CompareTab


class SettingsTab(CompareTab):
    TITLE = "Settings"
    HINT = "What was set differently"
