import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QCheckBox

from ae_studio.gui.compare_settings import SettingsTab
from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.theme import DARK, LIGHT
from tests.gui.compared_runs import compared


@pytest.fixture
def tab(qtbot):
    made = SettingsTab()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(700, 400)
    made.show()
    made.show_runs((compared("a"), compared("b", config={"batch_size": 64, "seed": 3})))
    return made


def rows(tab):
    table = tab.table
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def test_only_what_differs_is_shown_until_all_is_wanted(tab, qtbot):
    assert rows(tab) == [["Batch size", "32 images", "64 images"], ["Seed", "0", "3"]]
    qtbot.mouseClick(tab.findChild(QCheckBox, "all_settings_box"), Qt.MouseButton.LeftButton)
    assert ["Epochs", "20", "20"] in rows(tab) or len(rows(tab)) > 10
    dim = next(row for row in range(tab.table.rowCount()) if tab.table.item(row, 0).text() == "Learning rate")
    assert tab.table.item(dim, 1).foreground().color() == QColor(DARK.dim)


def test_equal_runs_are_said_to_be_equal(tab):
    tab.show_runs((compared("a"), compared("b")))
    assert rows(tab) == []
    assert tab._note.text() == "All settings are the same."


def test_each_run_has_its_colour_in_either_theme(tab):
    tab.set_theme(LIGHT)
    assert tab.table.horizontalHeaderItem(2).foreground().color() == QColor(run_colour(LIGHT, 1))


def test_rows_are_copied_for_a_sheet(tab, qtbot):
    qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == "Setting\tA\tB\nBatch size\t32 images\t64 images\nSeed\t0\t3\n"
    tab.table.selectRow(1)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Setting\tA\tB\nSeed\t0\t3\n"
