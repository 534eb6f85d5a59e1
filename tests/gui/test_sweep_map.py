"""The map of runs that were never trained, with real mouse and keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from ae_studio.gui.sweep_map import SweepMap
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.sweeps.table import table_of
from tests.gui.mouse import move
from tests.gui.swept import grid
from tests.sweeps.kept_runs import keep_run

DIMS, RATES = (2, 8, 32), (0.001, 0.01)
LEFT = Qt.MouseButton.LeftButton


def loss(dim, rate, seed):
    """The smallest is at 8 dimensions and 0.01; the middle seed is nearest to the mean."""
    return abs(dim - 8) + 10 * (rate < 0.01) + (0, 1, 4)[seed] + 20


@pytest.fixture
def summary(tmp_path):
    return grid(tmp_path, DIMS, RATES, loss, seeds=3, skip={(32, 0.001)})


@pytest.fixture
def shown(qtbot, summary):
    made = SweepMap()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(496, 240)
    made.show_table(table_of(summary, "loss"), "Best validation loss")
    made.show()
    qtbot.waitExposed(made)
    return made


def centre(shown, row, column):
    return shown.layout_of_cells().rect((row, column)).center().toPoint()


def read_out(shown):
    return shown.findChild(QLabel, "read_out")


def test_the_mouse_over_a_cell_reads_its_values_its_mean_and_which_run_would_open(shown):
    move(shown, centre(shown, 1, 1))
    assert read_out(shown).isVisible()
    assert read_out(shown).text().splitlines() == [
        "Latent dimensions = 8, Learning rate = 0.01, seed 1",
        "21",
        "mean 21.667 ± 2.1 of 3",
        "A click opens seed 1, nearest to the mean",
    ]
    assert shown.accessibleDescription() == read_out(shown).text()
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    assert not read_out(shown).isVisible()


def test_a_click_opens_the_run_nearest_to_the_mean(qtbot, shown):
    with qtbot.waitSignal(shown.run_chosen) as chosen:
        qtbot.mouseClick(shown, LEFT, pos=centre(shown, 1, 2))
    assert chosen.args == ["32-0.01-1"]


def test_an_empty_cell_says_so_and_opens_nothing(qtbot, shown):
    move(shown, centre(shown, 0, 2))
    assert read_out(shown).text() == "Latent dimensions = 32, Learning rate = 0.001\nNo run with a number yet"
    assert shown.cursor().shape() == Qt.CursorShape.ArrowCursor
    with qtbot.assertNotEmitted(shown.run_chosen):
        qtbot.mouseClick(shown, LEFT, pos=centre(shown, 0, 2))
    move(shown, centre(shown, 0, 1))
    assert shown.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_a_button_that_is_released_over_another_cell_opens_nothing(qtbot, shown):
    with qtbot.assertNotEmitted(shown.run_chosen):
        qtbot.mousePress(shown, LEFT, pos=centre(shown, 1, 1))
        qtbot.mouseRelease(shown, LEFT, pos=centre(shown, 1, 2))
        qtbot.mouseClick(shown, Qt.MouseButton.RightButton, pos=centre(shown, 1, 1))
        qtbot.mouseClick(shown, LEFT, pos=QPoint(2, 2))


def test_arrow_keys_begin_at_the_best_cell_and_stop_at_the_edge_and_return_opens(qtbot, shown):
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert "Latent dimensions = 8, Learning rate = 0.01" in read_out(shown).text()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(shown, key)
    assert "Latent dimensions = 2, Learning rate = 0.001" in read_out(shown).text()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(shown, key)
    with qtbot.waitSignal(shown.run_chosen) as chosen:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert chosen.args == ["8-0.01-1"]


def test_what_is_told_stays_told_while_its_values_are_there(qtbot, shown, tmp_path, summary):
    move(shown, centre(shown, 1, 1))
    keep_run(tmp_path, "newest", summary.tag, [90, 30], latent_dim=4, lr=0.01)
    shown.show_table(table_of(grid(tmp_path, (), (), loss), "loss"), "Best validation loss")
    assert read_out(shown).isVisible()
    assert read_out(shown).text().startswith("Latent dimensions = 8, Learning rate = 0.01")
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert read_out(shown).text().startswith("Latent dimensions = 4")


@pytest.mark.parametrize("size", [(496, 180), (496, 240), (736, 380)])
def test_the_read_out_lies_inside_and_beside_its_cell(shown, size):
    shown.resize(*size)
    for row in range(2):
        for column in range(3):
            move(shown, centre(shown, row, column))
            box = read_out(shown).geometry()
            assert shown.rect().contains(box)
            assert not box.contains(centre(shown, row, column))


def test_a_map_of_twelve_by_twelve_is_drawn_without_numbers_where_it_is_small(qtbot, tmp_path):
    dims = tuple(range(2, 26, 2))
    rates = tuple(0.0001 * number for number in range(1, 13))
    made = SweepMap()
    qtbot.addWidget(made)
    made.show_table(table_of(grid(tmp_path, dims, rates, loss), "loss"), "Loss")
    for theme, size, numbers in ((DARK, (496, 200), False), (LIGHT, (1100, 600), True)):
        made.set_theme(theme)
        made.resize(*size)
        made.grab()
        assert made.made_painter().shows_numbers is numbers


def test_with_the_focus_a_ring_says_so(qtbot, shown):
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    focused = shown.grab().toImage()
    shown.clearFocus()
    assert shown.grab().toImage() != focused
    assert shown.accessibleName() == "Map of the sweep"
