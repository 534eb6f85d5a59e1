import threading

import pytest

from ae_studio.gui import evaluator as module
from ae_studio.gui.evaluator import Evaluator
from ae_studio.latent.measured import About, Measured
from ae_studio.latent.metrics import METRICS
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

LOADED = 60_000  # ms


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained") / "run"
    train(complete({"epochs": 1, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return folder


@pytest.fixture
def evaluator(qapp):
    made = Evaluator()
    yield made
    made.end()


def rows_of(evaluator):
    rows = []
    evaluator.begun.connect(lambda epoch: rows.clear())
    evaluator.measured.connect(rows.append)
    return rows


def test_a_run_is_measured_row_by_row_and_then_read(evaluator, qtbot, run):
    rows = rows_of(evaluator)
    with qtbot.waitSignal(evaluator.ended, timeout=LOADED) as ended:
        evaluator.evaluate(run, 1)
    assert [row.about.name for row in rows] == list(METRICS)
    assert ended.args == [359]
    first = list(rows)
    with qtbot.waitSignal(evaluator.ended, timeout=LOADED):
        evaluator.show_kept(run, 1)
    assert rows == first
    with qtbot.waitSignal(evaluator.ended, timeout=LOADED) as ended:
        evaluator.show_kept(run, 0)
    assert rows == []
    assert ended.args == [0]


def test_what_cannot_be_evaluated_says_why(evaluator, qtbot, tmp_path):
    with qtbot.waitSignal(evaluator.failed, timeout=LOADED) as failed:
        evaluator.evaluate(tmp_path, 1)
    assert "config.json: is missing" in failed.args[0]


@pytest.fixture
def slow(monkeypatch):
    """An evaluation that tells one metric, and goes on only when it is let."""
    gate = threading.Event()
    row = Measured(About("slow", "Slow", "", "", "neither", ""), 1.0)

    def evaluate(run, epoch, tell, check, wish):
        tell(row)
        gate.wait(10)
        tell(row)
        check()
        return wish, 5

    monkeypatch.setattr(module, "_evaluate", evaluate)
    return gate


def test_a_cancelled_evaluation_tells_no_more(evaluator, qtbot, slow, tmp_path):
    rows, failures = rows_of(evaluator), []
    evaluator.failed.connect(failures.append)
    with qtbot.waitSignal(evaluator.measured):
        evaluator.evaluate(tmp_path, 1)
    with qtbot.waitSignal(evaluator.ended) as ended:
        evaluator.cancel()
    assert ended.args == [0]
    with qtbot.waitSignal(evaluator._worker.failed):
        slow.set()
    assert len(rows) == 1
    assert failures == []


def test_a_newer_wish_takes_the_place_of_the_one_before(evaluator, qtbot, slow, tmp_path):
    rows = rows_of(evaluator)
    with qtbot.waitSignal(evaluator.measured):
        evaluator.evaluate(tmp_path, 1)
    with qtbot.waitSignal(evaluator.ended, check_params_cb=lambda images: images == 5) as ended:
        evaluator.evaluate(tmp_path, 2)
        slow.set()
    assert ended.args == [5]
    assert len(rows) == 2


def test_the_end_leaves_what_is_at_work(qapp, qtbot, slow, tmp_path):
    evaluator = Evaluator()
    with qtbot.waitSignal(evaluator.measured):
        evaluator.evaluate(tmp_path, 1)
    slow.set()
    evaluator.end()
    assert evaluator._worker.isFinished()
