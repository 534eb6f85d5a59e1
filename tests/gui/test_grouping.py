import numpy as np
import pytest

from ae_studio.events import Codebook, LatentSpace
from ae_studio.gui.grouping import Grouping
from ae_studio.latent.groups import Group
from tests.gui.small_run import CODES, LABELS, look, small_run


@pytest.fixture
def run(qtbot):
    with small_run() as made:
        yield made


@pytest.fixture
def grouping(run):
    return Grouping(run.laboratory, run.hand, run.undo)


def keep(run, grouping, label, name):
    run.laboratory.select(np.flatnonzero(label == LABELS))
    grouping.keep(name)


@pytest.fixture
def two(run, grouping):
    keep(run, grouping, 0, "ants")
    keep(run, grouping, 3, "dogs")
    grouping.choose_ends("ants", "dogs")
    return grouping


def names(grouping):
    return [group.name for group in grouping.groups]


def mean(label, codes=CODES):
    return codes[label == LABELS].mean(axis=0)


def test_a_selection_is_kept_under_a_name_and_found_again(qtbot, run, grouping):
    keep(run, grouping, 2, "cats")
    run.laboratory.select(())
    with qtbot.waitSignal(grouping.select_requested) as told:
        grouping.select("cats")
    assert told.args[0].tolist() == np.flatnonzero(LABELS == 2).tolist()
    grouping.keep("nothing")
    assert names(grouping) == ["cats"]


def test_making_renaming_and_deleting_can_be_undone(run, two):
    changed = []
    two.groups_changed.connect(changed.append)
    two.rename("ants", "emmets")
    two.delete("dogs")
    assert names(two) == ["emmets"]
    run.undo.undo()
    run.undo.undo()
    assert names(two) == ["ants", "dogs"]
    run.undo.undo()
    assert names(two) == ["ants"]
    run.undo.redo()
    assert names(two) == ["ants", "dogs"]
    assert len(changed) == 6  # each of them is to be kept


def test_a_name_that_is_refused_is_written_anew(qtbot, run, two):
    with qtbot.waitSignal(two.groups_shown), qtbot.assertNotEmitted(two.groups_changed):
        two.rename("ants", "  ")
    assert names(two) == ["ants", "dogs"]


def test_groups_that_were_read_are_no_step_and_need_no_keeping(qtbot, run, grouping):
    with qtbot.assertNotEmitted(grouping.groups_changed):
        grouping.show((Group("old", (1,)),))
    assert run.undo.count() == 0
    assert names(grouping) == ["old"]


def test_the_handle_goes_along_the_vector_and_back(run, two):
    start = np.array([0.5, -0.25], dtype=np.float32)
    run.hand.put(start)
    two.set_strength(1.0)
    np.testing.assert_allclose(run.hand.explorer.handle, start + mean(3) - mean(0), rtol=1e-5)
    two.set_strength(-0.5)
    np.testing.assert_allclose(run.hand.explorer.handle, start - 0.5 * (mean(3) - mean(0)), rtol=1e-5)
    two.set_strength(0.0)
    np.testing.assert_array_equal(run.hand.explorer.handle, start)


def test_apply_lets_the_way_begin_where_the_handle_is(qtbot, run, two):
    run.hand.put(np.zeros(2))
    two.set_strength(1.0)
    with qtbot.waitSignal(two.strength_reset):
        two.apply()
    two.set_strength(1.0)
    np.testing.assert_allclose(run.hand.explorer.handle, 2 * (mean(3) - mean(0)), rtol=1e-5)


def test_a_handle_that_something_else_moves_begins_anew(qtbot, run, two):
    run.hand.put(np.zeros(2))
    two.set_strength(2.0)
    with qtbot.waitSignal(two.strength_reset):
        run.hand.put(np.array([3.0, 3.0]))
    two.set_strength(1.0)
    np.testing.assert_allclose(run.hand.explorer.handle, 3 + mean(3) - mean(0), rtol=1e-5)


def test_another_run_begins_where_its_handle_is(qtbot, run, two):
    two.set_strength(1.0)
    with qtbot.waitSignal(two.strength_reset):
        two.begin()
    run.show()
    start = run.hand.explorer.handle.copy()
    two.set_strength(1.0)
    np.testing.assert_allclose(run.hand.explorer.handle, start + mean(3) - mean(0), rtol=1e-5)


def test_a_strength_without_a_vector_is_not_remembered_as_a_place(run, two):
    two.choose_ends("", "")
    two.set_strength(1.0)
    run.hand.put(np.array([2.0, 2.0]))
    two.choose_ends("ants", "dogs")
    two.set_strength(0.5)
    np.testing.assert_allclose(run.hand.explorer.handle, 2 + 0.5 * (mean(3) - mean(0)), rtol=1e-5)


def test_a_newer_look_moves_the_vector_and_the_handle_with_it(run, two):
    run.hand.put(np.zeros(2))
    two.set_strength(1.0)
    newer = CODES * np.float32([2.0, -1.0])
    run.show_look(look(codes=newer))
    np.testing.assert_allclose(run.hand.explorer.handle, mean(3, newer) - mean(0, newer), rtol=1e-5)


def test_on_a_sphere_the_handle_stays_on_it_and_the_strength_is_not_lost(qtbot, run, grouping):
    angles = np.random.default_rng(1).uniform(0, 6.28, 40)
    codes = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    run.show(LatentSpace(2, "sphere"), codes=codes)
    keep(run, grouping, 0, "a")
    keep(run, grouping, 1, "b")
    grouping.choose_ends("a", "b")
    with qtbot.assertNotEmitted(grouping.strength_reset):
        for strength in np.linspace(-3, 3, 25):
            grouping.set_strength(float(strength))
            assert np.linalg.norm(run.hand.explorer.handle) == pytest.approx(1, abs=1e-5)
            run.hand.leave()  # the mouse leaves the canvas


@pytest.mark.parametrize("ends", [("", ""), ("ants", "ants"), ("ants", "gone")])
def test_without_two_groups_there_is_no_vector(qtbot, run, two, ends):
    with qtbot.waitSignal(two.vector_changed) as told:
        two.choose_ends(*ends)
    assert "two groups" in told.args[1]
    before = run.hand.explorer.handle.copy()
    two.set_strength(1.0)
    np.testing.assert_array_equal(run.hand.explorer.handle, before)


def test_the_vector_says_how_well_it_tells_the_groups_apart(qtbot, two):
    with qtbot.waitSignal(two.vector_changed) as told:
        two.choose_ends("ants", "dogs")
    assert "lie apart (AUC 1.00)" in told.args[0]
    assert told.args[1] == ""


def test_there_is_no_way_between_the_places_of_a_codebook(qtbot, run, two):
    codebook = Codebook(np.eye(2, dtype=np.float32), np.full(2, 0.5, dtype=np.float32))
    with qtbot.waitSignal(two.vector_changed) as told:
        run.show(LatentSpace(2, "codebook"), codebook=codebook)
    assert "codebook" in told.args[1]
