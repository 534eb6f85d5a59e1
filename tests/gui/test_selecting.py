import numpy as np
import pytest

from ae_studio.events import Codebook, LatentSpace
from ae_studio.gui.known_errors import KnownErrors
from ae_studio.gui.selecting import Selecting
from tests.gui.small_run import CODES, ERRORS, LABELS, small_run


@pytest.fixture
def run(qtbot):
    with small_run() as made:
        yield made


@pytest.fixture
def errors(run):
    made = KnownErrors(run.laboratory)
    yield made
    made.end()


@pytest.fixture
def selecting(run, errors):
    return Selecting(run.laboratory, errors, run.undo)


def of_class(label):
    return np.flatnonzero(label == LABELS).tolist()


def test_findings_replace_add_and_take_away(run, selecting):
    selecting.take([3, 5], "replace")
    selecting.take([7], "add")
    assert run.selected == [3, 5, 7]
    selecting.take([5, 9], "remove")
    assert run.selected == [3, 7]
    selecting.clear()
    assert run.selected == []


def test_a_class_all_and_the_others(run, selecting):
    selecting.select_class(2, "replace")
    assert run.selected == of_class(2)
    selecting.invert()
    assert run.selected == sorted(of_class(0) + of_class(1) + of_class(3))
    selecting.select_all()
    assert len(run.selected) == 40


def test_what_is_hidden_is_never_selected(run, selecting):
    selecting.hide_classes({0, 1})
    selecting.select_all()
    assert run.selected == sorted(of_class(2) + of_class(3))
    selecting.select_class(0, "add")
    assert run.selected == sorted(of_class(2) + of_class(3))
    selecting.hide_classes({0, 1, 2})
    assert run.selected == of_class(3)


def test_an_error_threshold_selects(qtbot, run, errors, selecting):
    selecting.select_by_error(0.1, True, "replace")
    assert run.selected == []  # they are not known yet
    with qtbot.waitSignal(errors.changed):
        errors.want("test", True)
    selecting.select_by_error(0.1, True, "replace")
    assert run.selected == np.flatnonzero(ERRORS >= 0.1).tolist()
    selecting.select_by_error(0.2, False, "intersect")
    assert run.selected == np.flatnonzero((ERRORS >= 0.1) & (ERRORS <= 0.2)).tolist()


def test_every_step_can_be_undone_and_done_again(run, selecting):
    selecting.take([1, 2], "replace")
    selecting.take([1, 2], "replace")  # nothing new: no step
    selecting.clear()
    assert run.undo.count() == 2
    assert run.undo.undoText() == "Select nothing"
    run.undo.undo()
    assert run.selected == [1, 2]
    assert run.undo.undoText() == "Select 2 images"
    run.undo.undo()
    assert run.selected == []
    run.undo.redo()
    assert run.selected == [1, 2]


def test_the_points_of_the_canvas_are_marked(qtbot, selecting):
    with qtbot.waitSignal(selecting.marked) as told:
        selecting.take([4], "replace")
    assert told.args == [(4,)]


def test_of_a_codebook_there_is_nothing_to_draw_around(qtbot, run, selecting):
    marked = []
    selecting.marked.connect(marked.append)
    codebook = Codebook(np.eye(2, dtype=np.float32), np.full(2, 0.5, dtype=np.float32))
    with qtbot.waitSignal(selecting.lasso_allowed) as told:
        run.show(LatentSpace(2, "codebook"), codebook=codebook)
    assert "entries of a codebook" in told.args[0]
    selecting.hide_classes({0})  # a level of usage, not a class
    selecting.select_class(0, "replace")
    assert run.selected == of_class(0)
    assert marked[-1] == ()
    with qtbot.waitSignal(selecting.lasso_allowed) as told:
        run.show()
    assert told.args == [""]


def test_without_a_run_nothing_happens(errors, run):
    with small_run(shown=False) as empty:
        selecting = Selecting(empty.laboratory, errors, empty.undo)
        selecting.take([1], "replace")
        selecting.select_all()
        selecting.invert()
        selecting.select_class(0, "replace")
        assert empty.selected == []
        assert empty.undo.count() == 0
    assert len(CODES) == 40
