import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QToolTip

from ae_studio.gui.image_row import Cell, ImageRow, digits_for
from ae_studio.gui.theme import DARK, LIGHT, class_colours


def cells_of(count, alone=()):
    return [
        Cell(100 + i, np.full((8, 8), 10 * i, dtype=np.uint8), i % 3, "abc"[i % 3], 0.5 * i, i in alone)
        for i in range(count)
    ]


@pytest.fixture
def row(qtbot):
    made = ImageRow(other="codes")
    qtbot.addWidget(made)
    made.resize(480, 80)
    made.show_cells(cells_of(6, alone=(2,)), 3)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def heard(row):
    told = {"chosen": [], "pointed": []}
    row.chosen.connect(told["chosen"].append)
    row.pointed_at.connect(told["pointed"].append)
    return told


def middle(row, position):
    return row.rect_of(position).center().toPoint()


def test_a_click_chooses_the_image_below_it(row, heard, qtbot):
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=middle(row, 4))
    assert heard["chosen"] == [104]


def test_the_mouse_points_and_leaves(row, heard, qtbot):
    qtbot.mouseMove(row, middle(row, 1))
    qtbot.mouseMove(row, middle(row, 1) + QPoint(3, 3))
    qtbot.mouseMove(row, middle(row, 3))
    row.leaveEvent(QEvent(QEvent.Type.Leave))
    assert heard["pointed"] == [101, 103, None]


def test_the_keys_walk_along_and_enter_chooses(row, heard, qtbot):
    row.clearFocus()
    row.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right):
        qtbot.keyClick(row, key)
    assert heard["pointed"] == [100, 101, 102, 101, 105]
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert heard["chosen"] == [105]
    assert row.accessibleDescription() == "Number 6: c, 2.50 away"


def test_up_and_down_go_between_lines(row, heard, qtbot):
    row.resize(130, 160)
    columns = row._best_columns(26)
    assert 1 < columns < 6
    row.clearFocus()
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Qt.Key.Key_Down)
    qtbot.keyClick(row, Qt.Key.Key_Up)
    qtbot.keyClick(row, Qt.Key.Key_Up)
    assert heard["pointed"] == [100, 100 + columns, 100]


def test_one_that_is_in_no_other_row_has_a_frame_of_its_own(row):
    picture = row.grab().toImage()

    def frame_colours(position):
        area = row.rect_of(position)
        y = int(area.top())
        return {picture.pixelColor(x, y).name() for x in range(int(area.left()), int(area.right()))}

    assert QColor(DARK.warning).name() in frame_colours(2)
    assert QColor(DARK.warning).name() not in frame_colours(1)
    assert "not among the nearest by codes" in row.in_words(2)
    assert "not among" not in row.in_words(1)


def test_words_stand_below_where_they_have_room(row):
    assert row.has_words()
    colour = class_colours(DARK, 3)[1]
    area = row.rect_of(1)
    picture = row.grab().toImage()
    below = {
        picture.pixelColor(x, y).name()
        for x in range(int(area.left()), int(area.left()) + 8)
        for y in range(int(area.bottom()) + 2, row.height())
    }
    assert QColor(colour).name() in below
    row.resize(130, 40)
    assert not row.has_words()


@pytest.mark.parametrize("count", [0, 1, 5, 10, 20])
@pytest.mark.parametrize("size", [(130, 30), (300, 60), (420, 90), (900, 300)])
def test_no_image_lies_outside_or_over_another(row, count, size):
    row.resize(*size)
    row.show_cells(cells_of(count), 3)
    areas = [row.rect_of(position) for position in range(count)]
    for number, area in enumerate(areas):
        assert row.rect().toRectF().contains(area)
        assert not any(area.intersects(other) for other in areas[:number])


def test_the_tool_tip_says_what_it_is(row):
    place = middle(row, 0)
    row.event(QHelpEvent(QEvent.Type.ToolTip, place, row.mapToGlobal(place)))
    assert QToolTip.text() == "Nearest: a, 0.00 away"
    QToolTip.hideText()


def test_fewer_images_leave_no_pointer_behind(row, heard, qtbot):
    qtbot.mouseMove(row, middle(row, 5))
    row.show_cells(cells_of(2), 3)
    row.show_cells([], 3)
    assert heard["pointed"] == [105, 101, None]
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert heard["chosen"] == []


def test_it_is_drawn_anew_in_another_theme(row):
    dark = row.grab().toImage().pixelColor(middle(row, 0)).name()
    row.set_theme(LIGHT)
    assert row.grab().toImage().pixelColor(middle(row, 0)).name() == QColor(LIGHT.image_ground).name() != dark


@pytest.mark.parametrize(
    ("largest", "shown"),
    [(0.0, "0.00"), (0.0123, "0.012"), (0.12, "0.12"), (0.95, "0.95"), (1.5, "1.50"), (12.34, "12.3"), (123.4, "123")],
)
def test_distances_show_two_figures_at_least(largest, shown):
    assert f"{largest:.{digits_for(largest)}f}" == shown
