import json

import pytest

from ae_studio.latent.measured import About, Measured, Options
from ae_studio.runs.metrics_cache import FILE, Evaluation, MetricsCache

MSE = About("mse_per_pixel", "MSE", "", "what it means", "lower", "")
MIG = About("mig", "MIG", "", "what it means", "higher", "")
MEASURED = (Measured(MSE, 0.03, {"class 0": 0.02}, "a note", baseline=0.05), Measured(MIG, reason="no factors"))


@pytest.fixture
def run(tmp_path):
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "0003.safetensors").write_bytes(b"weights")
    MetricsCache(tmp_path).write(Evaluation(3, 359, Options(), MEASURED))
    return tmp_path


def test_what_was_kept_comes_back_whole(run):
    assert MetricsCache(run).read(3, Options()) == Evaluation(3, 359, Options(), MEASURED)


def test_epochs_are_kept_beside_each_other(run):
    MetricsCache(run).write(Evaluation(5, 10, Options(), MEASURED[:1]))
    assert MetricsCache(run).read(3, Options()).images == 359
    assert MetricsCache(run).read(5, Options()).images == 10


def test_another_question_has_no_answer_yet(run):
    assert MetricsCache(run).read(4, Options()) is None
    assert MetricsCache(run).read(3, Options(samples=5)) is None


def test_other_weights_of_the_same_epoch_are_not_these(run):
    (run / "snapshots" / "0003.safetensors").write_bytes(b"learned again")
    assert MetricsCache(run).read(3, Options()) is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"version": 0, "epochs": {}}', '{"version": 1, "epochs": 7}']
)
def test_a_file_that_is_no_cache_is_as_good_as_none(run, content):
    (run / FILE).write_text(content)
    assert MetricsCache(run).read(3, Options()) is None
    MetricsCache(run).write(Evaluation(3, 1, Options(), MEASURED))
    assert json.loads((run / FILE).read_text())["epochs"].keys() == {"3"}
