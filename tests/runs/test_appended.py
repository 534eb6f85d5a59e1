import pytest

from ae_studio.runs.appended import AppendedMetrics

HEADER = "epoch,step,split,term,value\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "metrics.csv"


def append(file, text):
    with open(file, "a", newline="") as out:
        out.write(text)


def taken(metrics, **how):
    assert not metrics.read(**how)
    return [(done.epoch, done.steps.tolist(), done.terms["loss"].tolist()) for done in metrics.take_steps()]


def test_only_what_is_new_is_given_and_a_half_written_line_waits(file):
    metrics = AppendedMetrics(file)
    assert taken(metrics) == []
    append(file, HEADER + "1,1,batch,loss,4\n1,1,batch,kl,1\n1,2,batch,loss,3\n1,2,batch,k")
    assert taken(metrics) == [(1, [1], [4.0])]
    append(file, "l,1\n1,3,batch,loss,2\n")
    assert taken(metrics) == [(1, [2], [3.0])]
    append(file, "1,3,batch,kl,1\n1,3,train,loss,3\n")
    assert taken(metrics) == [(1, [3], [2.0])]
    assert metrics.train == {1: {"loss": 3.0}}
    assert metrics.steps_per_epoch == 3
    assert taken(metrics) == []


def test_damaged_rows_are_passed_over(file):
    append(file, HEADER + "1,1,batch,loss,4\n\x00\x00\n1,2,what,loss,3\n1,2,batch,loss,x\n1,3,batch,loss,2\n")
    assert taken(AppendedMetrics(file)) == [(1, [1, 3], [4.0, 2.0])]


def test_a_validation_that_lacks_a_term_is_not_there_yet(file):
    metrics = AppendedMetrics(file)
    append(file, HEADER + "0,0,validation,loss,4\n0,0,validation,kl,1\n1,1,validation,loss,3\n")
    metrics.read()
    assert metrics.validation == {0: {"loss": 4.0, "kl": 1.0}}
    append(file, "1,1,validation,kl,2\n")
    metrics.read()
    assert metrics.validation[1] == {"loss": 3.0, "kl": 2.0}


def test_a_shorter_file_and_another_one_in_its_place_are_noticed(file):
    metrics = AppendedMetrics(file)
    append(file, HEADER + "1,1,batch,loss,4\n1,2,batch,loss,4\n")
    assert not metrics.read()
    file.write_text(HEADER)
    assert metrics.read()
    metrics = AppendedMetrics(file)
    assert not metrics.read()
    other = file.with_name("other")
    other.write_text(HEADER + "1,1,batch,loss,4\n")
    other.replace(file)
    assert metrics.read()


def test_the_only_step_of_a_run_that_is_over_is_given(file):
    append(file, HEADER + "1,1,batch,loss,4\n")
    assert taken(AppendedMetrics(file), whole=True) == [(1, [1], [4.0])]
