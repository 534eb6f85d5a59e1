import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QTableView, QVBoxLayout, QWidget

from ae_studio.gui.quiet_table import make_quiet


@pytest.fixture
def view(qtbot):
    made = QTableView()
    qtbot.addWidget(made)
    model = QStandardItemModel(3, 2, made)
    made.setModel(model)
    make_quiet(made, 30, 24, (90, 50))
    made.resize(300, 200)
    made.show()
    return made


def test_rows_and_columns_have_the_sizes_that_were_asked_for(view):
    assert [view.rowHeight(row) for row in range(3)] == [30, 30, 30]
    assert [view.columnWidth(column) for column in range(2)] == [90, 50]
    assert view.horizontalHeader().height() == 24
    assert not view.verticalHeader().isVisible()


def test_a_click_chooses_the_whole_row_and_with_control_another_too(view, qtbot):
    for row, key in ((0, Qt.KeyboardModifier.NoModifier), (2, Qt.KeyboardModifier.ControlModifier)):
        place = view.visualRect(view.model().index(row, 1)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, key, place)
    assert sorted(index.row() for index in view.selectionModel().selectedRows()) == [0, 2]


def test_tab_leads_on_to_the_next_widget(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    table, field = QTableView(), QLineEdit()
    table.setModel(QStringListModel(["a", "b"], table))
    make_quiet(table, 30, 24, ())
    layout = QVBoxLayout(window)
    layout.addWidget(table)
    layout.addWidget(field)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert field.hasFocus()
