"""Reading runs in a thread; what is read is tested in ``tests/runs/test_compared.py``."""

from pathlib import Path

import pytest

from ae_studio.gui.comparer import Comparer
from ae_studio.training.defaults import complete
from ae_studio.training.train import train
from tests.gui.compared_runs import compared
from tests.gui.conftest import LOADED


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Digits, two epochs."""
    config = complete({"epochs": 2, "settings": {"hidden": "8"}})
    return train(config, lambda event: None, out=tmp_path_factory.mktemp("comparer") / "run").run


@pytest.fixture
def comparer(qtbot):
    made = Comparer()
    yield made
    made.end()


def loaded(qtbot, comparer, *entries, known=()):
    with qtbot.waitSignal(comparer.loaded, timeout=LOADED) as told:
        comparer.load(entries, known)
    return told.args


def test_runs_are_read_at_the_epochs_that_were_asked_for(qtbot, comparer, run):
    found, newest = loaded(qtbot, comparer, (run, 0), (run, None))
    assert [each.epoch for each in found.runs] == [0, 2]
    assert newest


def test_a_run_that_cannot_be_read_keeps_no_other_away(qtbot, comparer, run):
    found, _ = loaded(qtbot, comparer, (Path("nowhere"), None), (run, 1))
    assert [each.epoch for each in found.runs] == [1]
    [problem] = found.problems
    assert "there is no such run folder" in problem


def test_of_several_wishes_the_newest_is_told_last_and_as_the_newest(qtbot, comparer, run):
    told = []
    comparer.loaded.connect(lambda found, newest: told.append(([each.epoch for each in found.runs], newest)))
    for epoch in (0, 1, 2):
        comparer.load([(run, epoch)])
    qtbot.waitUntil(lambda: bool(told) and told[-1][1], timeout=LOADED)
    assert told[-1] == ([2], True)
    assert not any(newest for _, newest in told[:-1])
    assert len(told) <= 3


def test_a_known_run_at_the_same_epoch_is_not_read_again(qtbot, comparer):
    known = compared("a", path=Path("nowhere"))
    found, _ = loaded(qtbot, comparer, (Path("nowhere"), known.epoch), known=[known])
    assert found.runs == (known,)
    assert found.problems == ()


def test_what_nobody_foresaw_is_told_in_words(qtbot, comparer):
    with qtbot.waitSignal(comparer.failed, timeout=LOADED) as told:
        comparer.load([("no entry",)])
    assert told.args[0]
