import pytest

from ae_studio.runs.evaluate import evaluate
from ae_studio.runs.recorded import RecordedRun
from ae_studio.training.defaults import complete
from ae_studio.training.train import train


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained") / "run"
    train(complete({"epochs": 1, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return RecordedRun(folder)


def test_the_metrics_are_those_of_the_test_split(run):
    result = evaluate(run)
    assert result["split"] == "test"
    assert result["images"] == 359
    assert result["epoch"] == 1
    assert set(result["metrics"]) == {"mse_per_pixel", "reconstruction_nats", "kl_nats", "nats_per_image"}


def test_training_makes_the_metrics_better(run):
    assert evaluate(run, epoch=1)["metrics"]["nats_per_image"] < evaluate(run, epoch=0)["metrics"]["nats_per_image"]


def test_two_evaluations_agree(run):
    assert evaluate(run) == evaluate(run)
