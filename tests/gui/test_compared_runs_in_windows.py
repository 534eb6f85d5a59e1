"""A run that is found among all others is compared too, or opened in the main window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ae_studio.gui.compare_rates import RatesTab
from ae_studio.gui.compare_seeds import SeedsTab
from ae_studio.gui.compare_spaces import SpacesTab
from ae_studio.paths import runs_root
from ae_studio.training.defaults import complete
from ae_studio.training.train import train
from tests.gui.conftest import LOADED


@pytest.fixture
def folders():
    """Three runs of one epoch, of the digits, that differ by their seed."""
    values = {"data": "digits", "model": "vae", "epochs": 1, "settings": {"hidden": "16"}}
    return [
        train(complete(values | {"seed": seed}), lambda event: None, out=runs_root() / f"run{seed}").run
        for seed in range(3)
    ]


def tab_of(compare, kind):
    tab = next(tab for tab in compare._tabs() if isinstance(tab, kind))
    compare.tabs.setCurrentWidget(tab)
    return tab


def test_from_the_plot_of_all_runs_to_the_comparison_and_to_the_main_window(window, qtbot, folders):
    window.open_comparison([(folders[0], None), (folders[1], None)])
    compare = window.comparing.window
    qtbot.waitUntil(lambda: len(compare.runs) == 2, timeout=LOADED)
    rates = tab_of(compare, RatesTab)
    qtbot.waitUntil(lambda: rates._plot is not None and len(rates._plot._dots) == 3)
    rates._plot.grab()
    QTest.mouseClick(rates._plot.viewport(), Qt.MouseButton.LeftButton, pos=rates._plot.pixel_of("run2").toPoint())
    qtbot.waitUntil(lambda: [run.path.name for run in compare.runs] == ["run0", "run1", "run2"])
    seeds = tab_of(compare, SeedsTab)
    qtbot.waitUntil(lambda: len(seeds._grouped) == 1)
    assert "n = 3 (seeds 0, 1, 2)" in seeds._told.text()
    spaces = tab_of(compare, SpacesTab)
    qtbot.waitUntil(lambda: spaces.hand.runs is not None and all(view.decoded is not None for view in spaces.views[:3]))
    assert all("agrees after turning" in view.agreement for view in spaces.views[1:3])
    with qtbot.waitSignal(window.session.run_opened, timeout=LOADED):
        rates.open_wanted.emit(folders[2])
