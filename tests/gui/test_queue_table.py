import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QColor

from ae_studio.gui.queue_table import BEST, COLUMNS, DATA, EPOCHS, MIME, MODEL, NAME, SAYS, SHARE, STATE, QueueTable
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.sweeps.progress import Progress
from tests.gui.queue_jobs import RUN, every_kind, job, of

ROLE = Qt.ItemDataRole


@pytest.fixture
def table(qapp, qtmodeltester):
    made = QueueTable()
    made.show_jobs(every_kind())
    return made


def cell(table, row, column, role=ROLE.DisplayRole):
    return table.index(row, column).data(role)


def colour(table, row, column):
    return cell(table, row, column, ROLE.ForegroundRole)


def test_it_keeps_the_rules_of_qts_models(table, qtmodeltester):
    qtmodeltester.check(table)


def test_a_row_says_what_is_trained_on_what(table):
    table.show_jobs([of(job(1, "waiting", title="β = 4"), model="deep", data="/far/away/mine.npy")])
    assert [cell(table, 0, column) for column in (NAME, MODEL, DATA)] == ["β = 4", "deep", "mine.npy"]
    heads = [table.headerData(section, Qt.Orientation.Horizontal) for section in range(table.columnCount())]
    assert tuple(heads) == COLUMNS


def test_how_far_a_run_has_come_is_told_of_those_that_have_begun(table):
    table.show_jobs([job(1, "running", run=RUN), job(2, "waiting")])
    table.show_progress({1: Progress(2, 31.25), 2: Progress(0)})
    assert [cell(table, 0, column) for column in (EPOCHS, BEST)] == ["2 of 8", "31.25"]
    assert [cell(table, 1, column) for column in (EPOCHS, BEST)] == ["8", ""]


def test_the_line_below_the_epochs_is_drawn_of_what_is_at_work(table):
    table.show_jobs([job(1, "running", run=RUN), job(2, "finished", run=RUN), job(3, "running", run=RUN)])
    table.show_progress({1: Progress(2), 2: Progress(8)})
    assert [cell(table, row, EPOCHS, SHARE) for row in range(3)] == [0.25, None, None]
    assert cell(table, 0, NAME, SHARE) is None


def test_what_it_says_is_one_line_and_all_of_it_is_in_the_tip(table):
    table.show_jobs([job(1, "failed", reason="It broke.\nAt <this> line.", log=RUN / "log.txt", run=RUN)])
    assert cell(table, 0, SAYS) == "It broke."
    tip = cell(table, 0, SAYS, ROLE.ToolTipRole)
    assert "At &lt;this> line." in tip
    assert "log.txt" in tip
    assert "run" in cell(table, 0, NAME, ROLE.ToolTipRole)


def test_the_gpu_is_told_while_it_is_at_work_on_it(table):
    table.show_jobs([job(1, "running", gpu="1"), job(2, "finished", gpu="1")])
    assert [cell(table, row, SAYS) for row in range(2)] == ["on GPU 1", ""]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_states_have_their_colours_and_what_is_over_steps_back(table, theme):
    table.set_theme(theme)
    states = [colour(table, row, STATE) for row in (0, 1, 4, 7, 2)]
    expected = [theme.good, theme.accent, theme.error, theme.warning, theme.dim]
    assert states == [QColor(each) for each in expected]
    assert colour(table, 0, MODEL) == QColor(theme.dim)
    assert colour(table, 0, NAME) == colour(table, 1, MODEL) == QColor(theme.text)


def test_numbers_stand_to_the_right(table):
    for column in range(table.columnCount()):
        right = bool(cell(table, 0, column, ROLE.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight))
        assert right == (column in (EPOCHS, BEST))


def test_the_same_jobs_in_the_same_order_only_change_what_they_say(table, qtbot):
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged):
        table.show_jobs([job(number, "cancelled") for number in range(1, 9)])
    assert {cell(table, row, STATE) for row in range(8)} == {"cancelled"}
    with qtbot.waitSignal(table.modelReset):
        table.show_jobs(list(every_kind())[::-1])
    assert table.row_of(1) == 7
    assert table.row_of(99) == -1


@pytest.mark.parametrize("row", [*range(9), -1])
@pytest.mark.parametrize("number", [3, 4])
def test_a_job_that_is_dropped_between_two_then_stands_between_them(table, qtbot, number, row):
    """The place is told as it is counted once the job has left its own; -1: below all of them."""
    data = QMimeData()
    data.setData(MIME, str(number).encode())
    with qtbot.waitSignal(table.moved) as told:
        taken = table.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert not taken  # the row is moved by the queue, not by Qt
    order = [job.number for job in table.jobs]
    order.remove(number)
    moved, place = told.args
    order.insert(place, moved)
    above = [job.number for job in table.jobs[: row if row >= 0 else 8] if job.number != number]
    assert order[: len(above)] == above
    assert order[len(above)] == number


def test_a_job_that_is_dropped_onto_another_takes_its_place(table, qtbot):
    data = QMimeData()
    data.setData(MIME, b"4")
    with qtbot.waitSignal(table.moved) as told:
        table.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, table.index(2, 0))
    assert told.args == [4, 2]


def test_what_comes_from_elsewhere_is_no_job(table, qtbot):
    data = QMimeData()
    data.setText("3")
    with qtbot.assertNotEmitted(table.moved):
        table.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
