"""The tabs of the comparison, from left to right: a line each."""

from __future__ import annotations

from ae_studio.gui.compare_curves import CurvesTab
from ae_studio.gui.compare_images import ImagesTab
from ae_studio.gui.compare_metrics import MetricsTab
from ae_studio.gui.compare_settings import SettingsTab
from ae_studio.gui.compare_tab import CompareTab

TABS: tuple[type[CompareTab], ...] = (ImagesTab, CurvesTab, SettingsTab, MetricsTab)
