import numpy as np
import pytest

from ae_studio.events import StepsDone
from ae_studio.runs.history import read_history
from ae_studio.runs.watching import watch
from ae_studio.runs.weights import WeightLine, read_weights
from ae_studio.training.defaults import complete
from ae_studio.training.run_folder import RunFolder
from ae_studio.training.train import train

HEADER = "step,term,value\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "weights.csv"


def test_between_two_rows_it_goes_straight_and_stays_outside():
    line = WeightLine.of([10, 20], [1.0, 3.0])
    np.testing.assert_allclose(line.at([0, 10, 15, 20, 99]), [1, 1, 2, 3, 3])


def test_what_is_told_live_is_what_is_read_back(tmp_path):
    folder, line = RunFolder(tmp_path), WeightLine()
    told = [((1, 5), (0.0, 0.4)), ((6, 10), (0.4, 1.0)), ((11, 20), (1.0, 1.0)), ((21, 30), (4.0, 4.0))]
    for steps, values in told:
        folder.append_weights(steps, {"kl": values})
        line.add(steps, values)
    weights, bad = read_weights(tmp_path / "weights.csv")
    assert bad == 0
    np.testing.assert_allclose(WeightLine.of(*weights["kl"]).at(np.arange(1, 31)), line.at(np.arange(1, 31)))
    assert line.at([20, 21]).tolist() == [1.0, 4.0]


@pytest.fixture(scope="module")
def warmed_up(tmp_path_factory):
    """A finished run whose beta grows over its first two epochs, and what it told."""
    told = []
    settings = {"beta": 4, "warmup": 2, "hidden": "16"}
    config = complete({"model": "beta-vae", "epochs": 3, "settings": settings})
    train(config, told.append, out=tmp_path_factory.mktemp("weights") / "run")
    return told[-1].run, told


def assert_parts_add_up(steps, terms, weights):
    parts = sum(terms[name] * line.at(steps) for name, line in weights.items())
    np.testing.assert_allclose(parts, terms["loss"], rtol=1e-4)


def test_the_parts_of_every_step_of_a_warm_up_add_up_to_its_loss(warmed_up):
    history = read_history(warmed_up[0] / "metrics.csv")
    lines = {name: WeightLine.of(*rows) for name, rows in history.weights.items()}
    assert lines["kl"].at(history.steps)[0] == 0
    assert lines["kl"].at(history.steps)[-1] == 4
    assert_parts_add_up(history.steps, history.terms, lines)


@pytest.mark.parametrize("watched", [False, True])
def test_they_do_as_they_come_too(warmed_up, watched):
    run, told = warmed_up
    if watched:
        told = []
        watch(run, told.append, poll_s=0.01)
    lines = {}
    events = [event for event in told if isinstance(event, StepsDone)]
    for event in events:
        for name, ends in event.weights.items():
            lines.setdefault(name, WeightLine()).add((int(event.steps[0]), int(event.steps[-1])), ends)
    steps = np.concatenate([event.steps for event in events])
    terms = {name: np.concatenate([event.terms[name] for event in events]) for name in events[0].terms}
    assert_parts_add_up(steps, terms, lines)


def test_a_line_that_is_cut_off_keeps_what_came_before():
    line = WeightLine.of([1, 11], [0.0, 1.0])
    line.truncate(6)
    line.add((7, 9), (2.0, 2.0))
    np.testing.assert_allclose(line.at([6, 7, 9]), [0.5, 2, 2])


@pytest.mark.parametrize("row", ["3,kl", "3,kl,2", "x,kl,2\n", "3,kl,nan\n"])
def test_rows_that_cannot_be_read_are_counted(file, row):
    file.write_text(HEADER + "1,kl,1\n" + row)
    weights, bad = read_weights(file)
    assert bad == 1
    assert weights["kl"][1].tolist() == [1.0]


def test_rubbish_gives_no_weights_and_no_file_none(file):
    assert read_weights(file) == ({}, 0)
    file.write_bytes(bytes(range(256)) * 20)
    weights, bad = read_weights(file)
    assert weights == {}
    assert bad > 0


def test_a_history_has_the_weights_that_lie_beside_it(file):
    file.with_name("metrics.csv").write_text("epoch,step,split,term,value\n")
    file.write_text(HEADER + "1,kl,0\n1,reconstruction,1\n8,kl,4\n")
    history = read_history(file.with_name("metrics.csv"))
    assert history.weights["kl"][0].tolist() == [1, 8]
    assert history.weights["kl"][1].tolist() == [0, 4]
    assert history.weights["reconstruction"][1].tolist() == [1]
