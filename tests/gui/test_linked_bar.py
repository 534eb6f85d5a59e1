import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ae_studio.gui.linked_bar import LinkedBar
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def bar(qtbot):
    bar = LinkedBar()
    qtbot.addWidget(bar)
    bar.set_theme(DARK)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def test_a_tool_is_chosen_by_button_or_letter(bar, qtbot):
    with qtbot.waitSignal(bar.tool_chosen) as told:
        QTest.mouseClick(bar._lasso, Qt.MouseButton.LeftButton)
    assert told.args == ["lasso"]
    bar.activateWindow()
    with qtbot.waitSignal(bar.tool_chosen) as told:
        QTest.keyClick(bar, Qt.Key.Key_H)
    assert told.args == ["hand"]


def test_planes_are_offered_for_wide_codes_alone(bar):
    bar.begin(2, (0, 1), ("z1", "z2"))
    assert not bar.planes.isVisible()
    bar.begin(10, "pca", ("PC1", "PC2"))
    assert bar.planes.isVisible()


def test_each_its_own_way_takes_what_is_common_away_and_says_why(bar, qtbot):
    with qtbot.waitSignal(bar.aligned_toggled) as told:
        QTest.mouseClick(bar._own, Qt.MouseButton.LeftButton)
    assert told.args == [False]
    assert not bar.same_view
    assert "plane of its own" in bar._same_view.toolTip()
    QTest.mouseClick(bar._aligned, Qt.MouseButton.LeftButton)
    assert bar.same_view
    bar.set_theme(LIGHT)


def test_there_is_something_to_clear_only_where_something_is_selected(bar, qtbot):
    assert not bar._clear.isEnabled()
    assert "lasso" in bar._clear.toolTip()
    bar.show_selected(1234)
    assert "1,234 selected" in bar._clear.text()
    with qtbot.waitSignal(bar.selection_cleared):
        QTest.mouseClick(bar._clear, Qt.MouseButton.LeftButton)
