import numpy as np
import pytest

from ae_studio.events import StepsDone
from ae_studio.runs.appended_weights import AppendedWeights
from ae_studio.runs.weights import WeightLine

HEADER = "step,term,value\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "weights.csv"


def steps(first, last):
    numbers = np.arange(first, last + 1)
    return StepsDone(1, numbers, {"kl": numbers.astype(np.float32)}, 0.0)


def test_without_weights_the_event_stays_as_it_was(file):
    weights = AppendedWeights(file)
    weights.read()
    done = steps(1, 5)
    assert weights.told_with(done) == [done]


def test_the_steps_are_cut_so_that_every_weight_goes_straight(file):
    file.write_text(HEADER + "1,kl,0\n10,kl,0.9\n20,kl,0.9\n21,kl,4\n")
    weights = AppendedWeights(file)
    weights.read()
    told = weights.told_with(steps(3, 30))
    assert np.concatenate([each.steps for each in told]).tolist() == list(range(3, 31))
    assert np.concatenate([each.terms["kl"] for each in told]).tolist() == list(range(3, 31))
    line = WeightLine()
    for each in told:
        line.add((int(each.steps[0]), int(each.steps[-1])), each.weights["kl"])
    expected = [step / 10 - 0.1 if step < 10 else 0.9 if step <= 20 else 4.0 for step in range(3, 31)]
    np.testing.assert_allclose(line.at(np.arange(3, 31)), expected)


def test_only_what_is_new_is_read_and_a_half_written_line_waits(file):
    file.write_text(HEADER + "1,kl,1\n5,k")
    weights = AppendedWeights(file)
    weights.read()
    assert weights.told_with(steps(1, 5))[-1].weights == {"kl": (1.0, 1.0)}
    with open(file, "a") as out:
        out.write("l,3\nrubbish\n")
    weights.read()
    assert weights.told_with(steps(5, 5))[-1].weights == {"kl": (3.0, 3.0)}
