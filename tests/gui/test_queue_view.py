import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ae_studio.gui.queue_table import EPOCHS, QueueTable
from ae_studio.gui.queue_view import QueueView
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.sweeps.progress import Progress
from tests.gui.queue_jobs import RUN, every_kind, job

LEFT = Qt.MouseButton.LeftButton
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def view(qtbot):
    table = QueueTable()
    made = QueueView(table)
    table.setParent(made)
    made.table = table
    qtbot.addWidget(made)
    made.set_theme(DARK)
    table.show_jobs(every_kind())
    made.resize(900, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def chosen(view):
    return [job.number for job in view.selected]


def click(qtbot, view, row, modifiers=Qt.KeyboardModifier.NoModifier, column=0):
    at = view.visualRect(view.table.index(row, column)).center()
    qtbot.mouseClick(view.viewport(), LEFT, modifiers, at)


def test_a_click_anywhere_in_a_row_chooses_the_job_and_ctrl_another_one_beside_it(view, qtbot):
    click(qtbot, view, 4, column=3)
    assert chosen(view) == [5]
    click(qtbot, view, 1, CTRL)
    assert chosen(view) == [2, 5]  # in the order of the rows


def test_the_arrow_keys_go_from_job_to_job(view, qtbot):
    click(qtbot, view, 0)
    with qtbot.waitSignal(view.chosen):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen(view) == [2]


def test_what_was_chosen_stays_so_in_another_order_and_is_let_go_with_its_job(view, qtbot):
    view.choose([3, 5, 99])
    view.table.show_jobs(every_kind()[::-1])
    assert chosen(view) == [5, 3]
    view.table.show_jobs([job(3, "waiting"), job(1, "finished")])
    assert chosen(view) == [3]


def test_what_was_chosen_is_told_once_more_where_the_rows_are_others(view, qtbot):
    """What can be done with them may be another thing by now."""
    view.choose([3])
    with qtbot.waitSignal(view.chosen):
        view.table.show_jobs(every_kind()[::-1])


@pytest.mark.parametrize("modifiers", [ALT, ALT | KEYPAD])
@pytest.mark.parametrize(("key", "by"), [(Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1)])
def test_alt_with_an_arrow_moves_the_one_job_that_is_chosen(view, qtbot, modifiers, key, by):
    """On macOS every arrow key says that it is one of the keypad's."""
    click(qtbot, view, 3)
    with qtbot.waitSignal(view.nudged) as told:
        qtbot.keyClick(view, key, modifiers)
    assert told.args == [4, by]
    assert chosen(view) == [4]


def test_several_jobs_are_not_moved_at_once(view, qtbot):
    view.choose([3, 4])
    with qtbot.assertNotEmitted(view.nudged):
        qtbot.keyClick(view, Qt.Key.Key_Up, ALT)


def test_return_and_a_double_click_open_and_delete_calls_off(view, qtbot):
    click(qtbot, view, 1)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(view.open_requested):
            qtbot.keyClick(view, key)
    with qtbot.waitSignal(view.open_requested):
        qtbot.mouseDClick(view.viewport(), LEFT, pos=view.visualRect(view.table.index(1, 0)).center())
    with qtbot.waitSignal(view.call_off_requested):
        qtbot.keyClick(view, Qt.Key.Key_Delete)


def test_tab_leaves_the_list(view, qtbot):
    click(qtbot, view, 0)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert chosen(view) == [1]
    assert view.currentIndex().column() == 0


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_line_shows_the_share_of_the_epochs_that_are_done(view, theme):
    view.set_theme(theme)
    view.table.show_jobs([job(2, "running", run=RUN), job(3, "waiting")])
    view.table.show_progress({2: Progress(2)})
    image = view.viewport().grab().toImage()

    def colours(row):
        area = view.visualRect(view.table.index(row, EPOCHS)).adjusted(6, 0, -6, 0)
        y = area.bottom() - 3
        return [image.pixelColor(x, y).name() for x in range(area.left(), area.right())]

    line = colours(0)
    done, left = line.count(QColor(theme.accent).name()), line.count(QColor(theme.line).name())
    assert done / (done + left) == pytest.approx(0.25, abs=0.03)
    assert QColor(theme.accent).name() not in colours(1)
