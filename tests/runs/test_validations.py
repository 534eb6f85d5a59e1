import pytest

from ae_studio.runs import validations
from ae_studio.runs.history import read_history
from ae_studio.runs.record import RunError
from ae_studio.runs.validations import read_validations
from tests.runs.made_runs import make_run


def test_they_are_those_of_the_whole_history(tmp_path):
    run = make_run(tmp_path, losses=(30.0, 20.5, 1e-7))
    assert read_validations(run) == read_history(run / "metrics.csv").validation


def test_a_file_is_read_in_pieces(tmp_path, monkeypatch):
    run = make_run(tmp_path, losses=tuple(range(50)))
    monkeypatch.setattr(validations, "CHUNK", 97)
    assert read_validations(run) == read_history(run / "metrics.csv").validation


def test_damaged_and_infinite_rows_are_left_out(tmp_path):
    run = make_run(tmp_path, losses=(3.0, 2.0))
    with open(run / "metrics.csv", "a") as file:
        file.write(
            "2,8,validation,loss,inf\n2,8,validation,kl,nan\nx,8,validation,kl,1\n2,8,validation,kl,4\n3,9,valid"
        )
    assert read_validations(run)[2] == {"kl": 4.0}
    assert 3 not in read_validations(run)


def test_without_the_file_it_is_told(tmp_path):
    run = make_run(tmp_path)
    (run / "metrics.csv").unlink()
    with pytest.raises(RunError, match=r"metrics\.csv: cannot be read"):
        read_validations(run)


def test_a_pipe_is_not_waited_for(tmp_path):
    import os

    run = make_run(tmp_path)
    (run / "metrics.csv").unlink()
    os.mkfifo(run / "metrics.csv")
    assert read_validations(run) == {}
