import numpy as np
import pytest

from ae_studio.runs.history import read_history
from ae_studio.runs.weights import WeightLine, read_weights
from ae_studio.training.run_folder import RunFolder

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
