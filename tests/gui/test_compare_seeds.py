import pytest

from ae_studio.gui.compare_seeds import SeedsTab
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.paths import runs_root
from tests.gui.linked_runs import compared
from tests.runs.made_runs import make_run


@pytest.fixture
def tab(qtbot):
    tab = SeedsTab()
    qtbot.addWidget(tab)
    tab.resize(900, 500)
    tab.set_theme(DARK)
    with qtbot.waitExposed(tab):
        tab.show()
    yield tab
    tab.hide()
    tab.end()


@pytest.fixture
def folders():
    made = [make_run(runs_root(), f"run{seed}", seed=seed, losses=(30.0, 20.0 + 2 * seed)) for seed in range(3)]
    return [*made, make_run(runs_root(), "wide", latent_dim=5, losses=(30.0, 15.0))]


def show(tab, qtbot, *paths):
    with qtbot.waitSignal(tab.survey.grouped):
        tab.show_runs(tuple(compared(path=path) for path in paths))


def test_a_compared_run_stands_for_all_of_its_seeds(tab, folders, qtbot):
    show(tab, qtbot, folders[1], folders[3])
    (first, second) = tab._plot._bands
    assert (first.letters, second.letters) == ("A", "B")
    assert first.curve.each.shape == (3, 2)
    assert first.curve.mean[1] == 22
    assert first.curve.sd[1] == 2
    assert "n = 3 (seeds 0, 1, 2)" in tab._told.text()
    assert "22.0 ± 2.0" in tab._told.text()


def test_a_run_alone_says_what_to_do(tab, folders, qtbot):
    show(tab, qtbot, folders[3])
    assert "n = 1 (seed 0)" in tab._told.text()
    assert "train it again with other seeds (Queue → seeds)" in tab._told.text()


def test_two_compared_runs_of_one_group_are_one_band(tab, folders, qtbot):
    show(tab, qtbot, folders[0], folders[3], folders[2])
    assert [band.letters for band in tab._plot._bands] == ["A C", "B"]


def test_any_term_of_the_validation_can_be_chosen(tab, folders, qtbot):
    show(tab, qtbot, folders[0])
    assert [tab._terms.itemData(index) for index in range(tab._terms.count())] == ["loss", "kl", "reconstruction"]
    tab._terms.setCurrentIndex(1)
    assert tab._plot._what == "validation KL"
    tab._band.setCurrentIndex(1)
    assert tab._plot._extremes
    tab._each.click()
    assert not tab._plot._each
    show(tab, qtbot, folders[3])
    assert tab._terms.currentData() == "kl"
    tab.set_theme(LIGHT)


def test_a_seed_that_was_trained_twice_counts_once_and_is_told(tab, folders, qtbot):
    make_run(runs_root(), "again", seed=0, losses=(30.0, 20.0))
    show(tab, qtbot, folders[0])
    assert "n = 3" in tab._told.text()
    assert "1 more of the same seeds not counted" in tab._told.text()


def test_without_a_validation_it_says_so(tab, qtbot):
    run = make_run(runs_root(), "young")
    (run / "metrics.csv").unlink()
    show(tab, qtbot, run)
    assert tab._empty.isVisible()
    assert "No run of these was validated" in tab._empty.text()


def test_a_run_that_is_not_in_the_library_has_a_group_of_its_own(tab, folders, qtbot, tmp_path):
    away = make_run(tmp_path / "elsewhere", "away", losses=(30.0, 15.0), latent_dim=9)
    show(tab, qtbot, away)
    assert "n = 1" in tab._told.text()
