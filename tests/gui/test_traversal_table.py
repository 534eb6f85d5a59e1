import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from ae_studio.events import LatentSpace
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.gui.traversal_places import NAMES
from ae_studio.gui.traversal_table import TraversalTable
from ae_studio.latent.traversal import Sample, traversal

CODES = np.random.default_rng(0).standard_normal((50, 6)).astype(np.float32)
CODES[:, 5] *= 0.01
ROWS = traversal(Sample(CODES, LatentSpace(6), kl=np.array([6, 5, 4, 3, 2, 0.0], np.float32)), np.zeros(6, np.float32))
LEFT = Qt.MouseButton.LeftButton


def images(*numbers):
    """Of a row, nine images from dark to bright."""
    return {number: np.repeat(np.linspace(0, 255, 9).astype(np.uint8), 64).reshape(9, 8, 8) for number in numbers}


@pytest.fixture
def table(qtbot):
    made = TraversalTable()
    qtbot.addWidget(made)
    made.resize(460, 140)
    made.set_theme(DARK)
    made.show()
    made.show_rows(ROWS, images(0, 1, 2, 3, 4, 5))
    return made


def middle(table, row, column):
    return table.cell_rect(row, column).center().toPoint()


def colour(table, place):
    return table.viewport().grab().toImage().pixelColor(place)


def test_a_click_on_a_cell_chooses_it(qtbot, table):
    with qtbot.waitSignal(table.cell_chosen) as chosen:
        qtbot.mouseClick(table.viewport(), LEFT, pos=middle(table, 2, 7))
    assert chosen.args == [2, 7]


def test_a_click_beside_the_cells_chooses_nothing(qtbot, table):
    with qtbot.assertNotEmitted(table.cell_chosen):
        qtbot.mouseClick(table.viewport(), LEFT, pos=QPoint(NAMES // 2, 20))
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=middle(table, 0, 0))


def test_the_mouse_marks_the_cell_under_it_until_it_leaves(qtbot, table):
    marked = []
    table.cell_marked.connect(lambda *cell: marked.append(cell))
    qtbot.mouseMove(table.viewport(), middle(table, 1, 3))
    qtbot.mouseMove(table.viewport(), middle(table, 1, 4))
    assert marked == [(1, 3), (1, 4)]
    frame = table.cell_rect(1, 4).topLeft().toPoint() + QPoint(10, -1)
    assert colour(table, frame) == QColor(DARK.accent)
    qtbot.mouseMove(table.viewport(), QPoint(4, 4))
    assert marked[-1] == (-1, -1)
    assert colour(table, frame) != QColor(DARK.accent)


def test_arrows_go_over_the_cells_and_enter_goes_there(qtbot, table):
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current == (0, 4)  # the middle of the first row
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(table, key)
    assert table.current == (0, 3)
    with qtbot.waitSignal(table.cell_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [0, 3]
    for _ in range(20):
        qtbot.keyClick(table, Qt.Key.Key_Right)
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current == (5, 8)
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert table.current is None


def test_the_keys_bring_a_row_into_sight(qtbot, table):
    table.setFocus()
    assert not table.viewport().rect().contains(middle(table, 5, 0))
    for _ in range(6):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.viewport().rect().contains(table.cell_rect(5, 4).toRect())
    for _ in range(6):
        qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.viewport().rect().contains(table.cell_rect(0, 4).toRect())


def test_scrolling_asks_for_the_rows_that_come_into_sight(qtbot, table):
    before = table.visible_rows()
    with qtbot.waitSignal(table.rows_wanted):
        table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table.visible_rows().start > before.start
    assert table.visible_rows().stop >= 6


def test_in_a_narrow_panel_every_value_has_its_cell_below_the_rows_name(qtbot, table):
    table.resize(220, 140)
    assert table.cell_rect(0, 8).right() <= table.viewport().width()
    with qtbot.waitSignal(table.cell_chosen) as chosen:
        qtbot.mouseClick(table.viewport(), LEFT, pos=middle(table, 1, 8))
    assert chosen.args == [1, 8]
    with qtbot.assertNotEmitted(table.cell_chosen):
        qtbot.mouseClick(table.viewport(), LEFT, pos=middle(table, 1, 8) - QPoint(0, table.places.side))
    assert colour(table, middle(table, 1, 8)).lightness() > 200
    table.setFocus()
    for _ in range(5):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.viewport().rect().contains(table.cell_rect(*table.current).toRect())


def test_images_are_painted_in_their_cells_and_an_inactive_row_is_pale(table):
    bright = colour(table, middle(table, 0, 8))
    assert bright == QColor(DARK.image_ink)
    assert colour(table, middle(table, 0, 0)) == QColor(DARK.image_ground)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert ROWS[5].reason
    assert colour(table, middle(table, 5, 8)).lightness() < bright.lightness() * 0.6


def test_the_theme_turns_the_images(table):
    table.set_theme(LIGHT)
    assert colour(table, middle(table, 0, 8)) == QColor(LIGHT.image_ink)


def test_the_cell_in_which_the_handle_is_has_a_dot(table):
    foot = middle(table, 1, 6) + QPoint(0, table.places.side // 2 - 6)
    assert colour(table, foot) != QColor(DARK.accent)
    table.show_handle(ROWS[1].codes[6])
    assert colour(table, foot) == QColor(DARK.accent)
    table.show_handle(ROWS[1].codes[6] + np.float32(0.01))
    assert colour(table, foot) != QColor(DARK.accent)


def test_a_hint_says_the_value_and_why_a_row_is_inactive(table):
    assert table._hint_at(middle(table, 0, 0)) == "z₁ = −2.00"
    assert table._hint_at(QPoint(4, middle(table, 0, 0).y())) == "z₁: KL 6.00 nats"
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table._hint_at(middle(table, 5, 8)) == "z₆ = +2.00\nKL 0.00 nats: the model does not use z6"


def test_rows_that_are_not_decoded_yet_leave_their_cells_empty(table):
    table.show_rows(ROWS, images(0))
    assert table.images_of(1) is None
    assert colour(table, middle(table, 0, 8)) == QColor(DARK.image_ink)
    assert colour(table, middle(table, 1, 8)) != QColor(DARK.image_ink)
    table.show_rows(ROWS, images(1), anew=False)
    assert table.images_of(0) is not None
    assert colour(table, middle(table, 1, 8)) == QColor(DARK.image_ink)


def test_without_rows_it_says_why(qtbot, table):
    qtbot.mouseMove(table.viewport(), middle(table, 1, 3))
    table.show_message("A codebook has none")
    assert table.current is None
    assert table.rows == ()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    table.grab()


def test_colour_images_are_shown_as_they_are(table):
    red = np.zeros((9, 4, 4, 3), np.uint8)
    red[..., 0] = 255
    table.show_rows(ROWS, {0: red})
    assert colour(table, middle(table, 0, 2)) == QColor("#ff0000")
