import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ae_studio.gui.metrics_panel import EMPTY, MetricsPanel
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.latent.measured import About, Measured

MSE = Measured(About("mse", "MSE", "", "What it says.", "lower", "A paper"), 0.0347, baseline=0.0557, note="5 images")
KL = Measured(About("kl", "KL", "nats", "What that says.", "neither", "Another"), reason="there is no posterior")


@pytest.fixture
def panel(qtbot):
    made = MetricsPanel()
    qtbot.addWidget(made)
    qtbot.addWidget(made.header)
    made.resize(900, 300)
    made.show()
    made.header.show()
    return made


def button(panel, name="evaluate_button"):
    return panel.header.findChild(QPushButton, name)


def row(panel, number):
    return [panel.table.item(number, column).text() for column in range(panel.table.columnCount())]


def test_it_invites_and_says_why_it_cannot_yet(panel):
    assert panel._empty.text() == EMPTY
    assert not button(panel).isEnabled()
    assert button(panel).toolTip() == "There is no run yet"
    panel.allow("")
    assert button(panel).isEnabled()


def test_rows_appear_as_they_are_found(panel):
    panel.begin(7)
    assert panel._empty.isVisible()
    assert panel._empty.text() == "Measuring…"
    panel.add(MSE)
    assert panel.table.isVisible()
    assert row(panel, 0) == ["MSE", "0.03470", "↓", "0.05570", "5 images"]
    panel.add(KL)
    assert panel.table.rowCount() == 2
    panel.end(359)
    assert panel._title.longest == "epoch 7, 359 test images"


def test_every_row_explains_itself(panel):
    panel.add(MSE)
    assert "What it says. Lower is better." in panel.table.item(0, 0).toolTip()
    assert "A paper" in panel.table.item(0, 3).toolTip()


def test_what_is_undefined_steps_back_and_says_why(panel):
    panel.set_theme(LIGHT)
    panel.add(KL)
    assert row(panel, 0)[:2] == ["KL", "there is no posterior"]
    assert panel.table.item(0, 0).foreground().color().name() == LIGHT.dim
    panel.set_theme(DARK)
    assert panel.table.item(0, 0).foreground().color().name() == DARK.dim


def test_the_button_evaluates_and_then_cancels(panel, qtbot):
    panel.allow("")
    with qtbot.waitSignal(panel.evaluate_requested):
        qtbot.mouseClick(button(panel), Qt.MouseButton.LeftButton)
    panel.begin(1)
    assert button(panel).text() == "Cancel"
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.mouseClick(button(panel), Qt.MouseButton.LeftButton)
    panel.add(MSE)
    panel.end(0)
    assert button(panel).text() == "Evaluate"
    assert panel._title.longest == "epoch 1, left before its end"


def test_rows_can_be_copied_as_markdown_or_for_a_sheet(panel, qtbot):
    panel.add(MSE)
    panel.add(KL)
    qtbot.mouseClick(button(panel, "copy_metrics_button"), Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[2] == "| MSE | 0.03470 | ↓ | 0.05570 | 5 images |"
    assert lines[3] == "| KL | – |  |  | there is no posterior |"
    panel.table.selectRow(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "MSE\t0.03470\t↓\t0.05570\t5 images\n"


def test_another_run_begins_with_an_empty_table(panel):
    panel.add(KL)
    panel.clear()
    panel.add(MSE)
    assert panel.table.rowCount() == 1
    assert row(panel, 0)[3] == "0.05570"
    assert panel.table.columnSpan(0, 1) == 1


def test_notes_are_shown_where_there_is_room(panel):
    assert not panel.table.isColumnHidden(4)
    panel.resize(500, 200)
    assert hidden(panel) == [4]


def test_in_a_narrow_panel_names_and_values_come_first(panel):
    panel.add(MSE)
    panel.resize(250, 200)
    assert hidden(panel) == [2, 3, 4]
    assert panel.table.columnWidth(0) + panel.table.columnWidth(1) <= panel.table.viewport().width()
    assert panel.table.item(0, 0).toolTip().startswith("MSE: 0.03470, PCA: 0.05570\n")


def hidden(panel):
    return [column for column in range(panel.table.columnCount()) if panel.table.isColumnHidden(column)]
