import numpy as np
import pytest

from ae_studio.runs.history import read_history, read_seconds

HEADER = "epoch,step,split,term,value\n"


@pytest.fixture
def write(tmp_path):
    def write(text):
        (tmp_path / "metrics.csv").write_text(HEADER + text)
        return read_history(tmp_path / "metrics.csv")

    return write


def test_steps_and_epochs_are_told_apart(write):
    history = write("1,1,batch,loss,3\n1,1,batch,kl,1\n1,2,batch,loss,2\n1,2,batch,kl,1.5\n1,2,train,loss,2.5\n")
    np.testing.assert_array_equal(history.steps, [1, 2])
    np.testing.assert_array_equal(history.terms["loss"], [3, 2])
    np.testing.assert_array_equal(history.terms["kl"], [1, 1.5])
    assert history.train == {1: {"loss": 2.5}}
    assert history.steps_per_epoch == 2


@pytest.mark.parametrize("row", ["1,2,batch,loss", "1,2,nonsense,loss,3\n", "a,b,batch,loss,3\n", "1,2,batch,loss,3"])
def test_rows_that_cannot_be_read_are_counted(write, row):
    history = write("1,1,batch,loss,3\n" + row)
    assert history.bad_rows == 1
    assert len(history.steps) == 1


def test_a_file_of_rubbish_gives_an_empty_history(tmp_path):
    (tmp_path / "metrics.csv").write_bytes(bytes(range(256)) * 20)
    history = read_history(tmp_path / "metrics.csv")
    assert len(history.steps) == 0
    assert history.bad_rows > 0


def test_a_history_until_an_epoch_is_what_it_was_then(tmp_path):
    rows = ["epoch,step,split,term,value\n", "0,0,validation,loss,9\n"]
    for epoch in (1, 2):
        rows += [f"{epoch},{step},batch,loss,{step}\n" for step in (2 * epoch - 1, 2 * epoch)]
        rows += [f"{epoch},{2 * epoch},{split},loss,5\n" for split in ("train", "validation")]
    (tmp_path / "metrics.csv").write_text("".join([*rows, "3,5,batch,loss,5\n"]))
    history = read_history(tmp_path / "metrics.csv")
    before = history.until(1)
    assert (before.steps.tolist(), before.terms["loss"].tolist()) == ([1, 2], [1.0, 2.0])
    assert (list(before.train), list(before.validation)) == ([1], [0, 1])
    assert history.steps.tolist() == [1, 2, 3, 4, 5]
    assert history.until(0).steps.tolist() == []


def test_seconds_are_read_as_far_as_they_are_sound(tmp_path):
    (tmp_path / "times.csv").write_text("epoch,seconds\n1,2.5\nx,1\n2,nan\n3,-1\n4,7\n5,1.")
    assert read_seconds(tmp_path) == {1: 2.5, 4: 7.0}
    assert read_seconds(tmp_path / "nothing") == {}
