"""The tabs of the comparison, from left to right: a line each."""

from __future__ import annotations

from ae_studio.gui.compare_curves import CurvesTab
from ae_studio.gui.compare_images import ImagesTab
from ae_studio.gui.compare_metrics import MetricsTab
from ae_studio.gui.compare_rates import RatesTab
from ae_studio.gui.compare_seeds import SeedsTab
from ae_studio.gui.compare_settings import SettingsTab
from ae_studio.gui.compare_spaces import SpacesTab
from ae_studio.gui.compare_tab import CompareTab

TABS: tuple[type[CompareTab], ...] = (
    ImagesTab,
    SpacesTab,
    CurvesTab,
    SettingsTab,
    MetricsTab,
    RatesTab,
    SeedsTab,
)
