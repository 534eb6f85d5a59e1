import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication

from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.compare_table import CompareTable, TableRow
from ae_studio.gui.theme import DARK, LIGHT

CTRL, SHIFT, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton
ROWS = (
    TableRow("Seed", ("0", "3"), hint="Where chance begins"),
    TableRow("MSE", ("0.25", "0.50"), strong=frozenset({0}), dim=frozenset({1}), hints=("the best", "")),
    TableRow("PSNR", ("6 dB", "–")),
)


@pytest.fixture
def table(qtbot):
    made = CompareTable("metrics_table")
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(600, 300)
    made.show()
    qtbot.waitExposed(made)
    made.show_rows("Metric", ROWS, 2)
    return made


def colour(table, row, column):
    return table.item(row, column).foreground().color()


def at(table, row):
    return table.visualRect(table.model().index(row, 1)).center()


def copied(table, qtbot):
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


def test_the_heads_are_the_title_and_the_letters_in_their_colours(table):
    heads = [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
    assert [head.text() for head in heads] == ["Metric", "A", "B"]
    assert [head.foreground().color() for head in heads[1:]] == [QColor(run_colour(DARK, index)) for index in (0, 1)]


def test_what_is_strong_stands_out_and_what_is_dim_steps_back(table):
    assert colour(table, 1, 1) == QColor(DARK.good)
    assert table.item(1, 1).font().bold()
    assert colour(table, 1, 2) == colour(table, 1, 0) == QColor(DARK.dim)
    assert colour(table, 0, 1) == QColor(DARK.text)
    assert not table.item(0, 1).font().bold()


def test_another_theme_colours_everything_anew(table):
    table.set_theme(LIGHT)
    assert colour(table, 1, 1) == QColor(LIGHT.good)
    assert colour(table, 0, 1) == QColor(LIGHT.text)
    assert table.horizontalHeaderItem(1).foreground().color() == QColor(run_colour(LIGHT, 0))


def test_a_cell_explains_itself_and_the_label_what_is_compared(table):
    assert "Where chance begins" in table.item(0, 0).toolTip()
    assert "the best" in table.item(1, 1).toolTip()
    assert "0.50" in table.item(1, 2).toolTip()  # what may be cut off


def test_all_rows_are_copied_where_none_is_chosen(table, qtbot):
    assert copied(table, qtbot) == "Metric\tA\tB\nSeed\t0\t3\nMSE\t0.25\t0.50\nPSNR\t6 dB\t–\n"


def test_chosen_rows_are_copied_in_their_order_whichever_was_clicked_first(table, qtbot):
    qtbot.mouseClick(table.viewport(), LEFT, pos=at(table, 2))
    qtbot.mouseClick(table.viewport(), LEFT, CTRL, at(table, 0))
    assert copied(table, qtbot) == "Metric\tA\tB\nSeed\t0\t3\nPSNR\t6 dB\t–\n"


def test_a_click_chooses_the_whole_row_and_shift_with_an_arrow_the_next(table, qtbot):
    qtbot.mouseClick(table.viewport(), LEFT, pos=at(table, 0))
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert sorted({index.row() for index in table.selectedIndexes()}) == [0, 1]
    assert len(table.selectedIndexes()) == 6


def test_nothing_can_be_typed_into_it(table, qtbot):
    qtbot.mouseDClick(table.viewport(), LEFT, pos=at(table, 0))
    qtbot.keyClicks(table, "9")
    assert table.item(0, 1).text() == "0"


def test_another_number_of_runs_leaves_no_column_of_those_before(table, qtbot):
    table.show_rows("Setting", (TableRow("Seed", ("0", "1", "2", "3")),), 4)
    assert (table.rowCount(), table.columnCount()) == (1, 5)
    table.show_rows("Setting", (), 1)
    assert (table.rowCount(), table.columnCount()) == (0, 2)
    assert copied(table, qtbot) == "Setting\tA\n"


def test_the_columns_of_the_runs_share_the_room(table):
    assert table.columnWidth(1) == pytest.approx(table.columnWidth(2), abs=1)
    assert table.viewport().rect().contains(QPoint(table.columnViewportPosition(2) + table.columnWidth(2) - 1, 5))
