import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from ae_studio.gui import evaluator as evaluator_module
from ae_studio.gui.compare_metrics import MetricsTab
from ae_studio.gui.theme import DARK
from ae_studio.latent.measured import About, Measured, Options
from ae_studio.runs.metrics_cache import Evaluation, MetricsCache
from tests.gui.compared_runs import compared

MSE = About("mse", "MSE", "", "How far off", "lower", "A paper")


def kept(root, name, value=None):
    """A run of two epochs; ``value`` is what is kept of its last."""
    (root / name).mkdir()
    if value is not None:
        MetricsCache(root / name).write(Evaluation(2, 10, Options(), (Measured(MSE, value),)))
    return compared(name, path=root / name)


@pytest.fixture
def tab(qtbot):
    made = MetricsTab()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(700, 300)
    made.show()
    yield made
    made.end()


def cells(tab):
    return [[tab.table.item(row, column).text() for column in range(1, 4)] for row in range(tab.table.rowCount())]


def button(tab):
    return tab.findChild(QPushButton, "measure_button")


def test_what_is_kept_is_shown_and_the_best_stands_out(tab, qtbot, tmp_path):
    tab.show_runs(tuple(kept(tmp_path, name, value) for name, value in (("a", 0.5), ("b", 0.25), ("c", 0.375))))
    qtbot.waitUntil(lambda: cells(tab) == [["0.5000", "0.2500", "0.3750"]])
    best = tab.table.item(0, 2)
    assert best.font().bold()
    assert best.foreground().color() == QColor(DARK.good)
    assert not tab.table.item(0, 1).font().bold()
    qtbot.waitUntil(lambda: "bold" in tab._note.text())
    assert not button(tab).isEnabled()
    assert button(tab).toolTip() == "All is measured"


def test_only_what_is_missing_is_measured(tab, qtbot, tmp_path, monkeypatch):
    measured = []

    def evaluate(run, epoch, tell, check, wish):
        measured.append((run.name, epoch))
        tell(Measured(MSE, 0.125))
        return wish, 10

    monkeypatch.setattr(evaluator_module, "_evaluate", evaluate)
    tab.show_runs((kept(tmp_path, "a", 0.5), kept(tmp_path, "b"), kept(tmp_path, "c")))
    qtbot.waitUntil(lambda: tab._note.text().startswith("B, C: not measured"))
    qtbot.mouseClick(button(tab), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: cells(tab) == [["0.5000", "0.1250", "0.1250"]])
    qtbot.waitUntil(lambda: not button(tab).isEnabled())
    assert measured == [("b", 2), ("c", 2)]


def test_measuring_can_be_stopped_and_other_runs_stop_it(tab, qtbot, tmp_path, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def evaluate(run, epoch, tell, check, wish):
        begun.set()
        go_on.wait(10)
        tell(Measured(MSE, 9.0))
        check()
        return wish, 10

    monkeypatch.setattr(evaluator_module, "_evaluate", evaluate)
    tab.show_runs((kept(tmp_path, "a"), kept(tmp_path, "b")))
    qtbot.waitUntil(lambda: tab._current is None)
    qtbot.mouseClick(button(tab), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(begun.is_set)
    assert button(tab).text() == "Stop"
    qtbot.mouseClick(button(tab), Qt.MouseButton.LeftButton)
    go_on.set()
    assert button(tab).text() == "Measure"
    tab.show_runs((kept(tmp_path, "c", 0.5), kept(tmp_path, "d", 0.75)))
    qtbot.waitUntil(lambda: tab.table.rowCount() == 1 and tab.table.item(0, 2).text() == "0.7500")


def test_what_cannot_be_measured_is_said_and_the_others_go_on(tab, qtbot, tmp_path, monkeypatch):
    def evaluate(run, epoch, tell, check, wish):
        if run.name == "a":
            raise ValueError("the data set is not on this disk")
        tell(Measured(MSE, 0.125))
        return wish, 10

    monkeypatch.setattr(evaluator_module, "_evaluate", evaluate)
    told = []
    tab.problem.connect(told.append)
    tab.show_runs((kept(tmp_path, "a"), kept(tmp_path, "b")))
    qtbot.waitUntil(lambda: tab._current is None)
    qtbot.mouseClick(button(tab), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.table.rowCount() == 1)
    assert told[-1] == "A could not be measured: the data set is not on this disk"
    assert tab.table.item(0, 1).text() == "–"


def test_different_data_sets_are_said(tab, qtbot, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    tab.show_runs((compared(path=tmp_path / "a"), compared(data="mnist", path=tmp_path / "b")))
    assert "different data sets" in tab._note.text()
    qtbot.waitUntil(lambda: tab._current is None)
