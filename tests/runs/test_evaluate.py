import json
import os
import shutil
from dataclasses import replace

import pytest
import torch

from ae_studio.latent.measured import VERSION, Options
from ae_studio.latent.metrics import METRICS
from ae_studio.runs.evaluate import EvaluationCancelled, evaluate
from ae_studio.runs.metrics_cache import FILE, MetricsCache
from ae_studio.runs.recorded import RecordedRun, RunError
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

BASIC = ("mse_per_pixel", "reconstruction_nats", "kl_nats", "nats_per_image")
FEW = Options(most=100, samples=5)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained") / "run"
    train(complete({"epochs": 1, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return folder


@pytest.fixture
def run(trained, tmp_path):
    """A copy of its own, without what others have kept in it."""
    return RecordedRun(shutil.copytree(trained, tmp_path / "run", ignore=shutil.ignore_patterns(FILE)))


@pytest.fixture(scope="module")
def measured(trained, tmp_path_factory):
    """The run with what was measured of it."""
    folder = shutil.copytree(trained, tmp_path_factory.mktemp("measured") / "run")
    evaluate(RecordedRun(folder), options=FEW)
    return folder


def measured_again(run, **options):
    """The names of the metrics that are computed, not read."""
    told = []
    checks = []
    evaluate(run, on_measured=lambda each: told.append(each.about.name), check=lambda: checks.append(1), **options)
    return told if checks else []


def test_the_metrics_are_those_of_the_test_split(run):
    result = evaluate(run, names=BASIC)
    assert result["split"] == "test"
    assert result["images"] == 359
    assert result["epoch"] == 1
    assert set(BASIC) <= set(result["metrics"])


def test_training_makes_the_metrics_better(run):
    nats = [evaluate(run, epoch, names=BASIC)["metrics"]["nats_per_image"] for epoch in (0, 1)]
    assert nats[1] < nats[0]


def test_two_evaluations_agree_and_the_second_is_read(run):
    told = []
    first = evaluate(run, on_measured=lambda each: told.append(each.about.name))
    assert told == list(METRICS)
    assert measured_again(run) == []
    assert evaluate(run) == first


def test_another_epoch_other_options_or_some_metrics_are_another_question(run):
    evaluate(run, options=FEW)
    assert measured_again(run, epoch=0, options=FEW)
    assert measured_again(run, options=replace(FEW, neighbours=5))
    assert measured_again(run, anew=True, options=FEW)
    assert measured_again(run, names=BASIC, options=FEW) == []
    evaluate(run, epoch=0, names=BASIC, options=FEW)
    assert len(evaluate(run, epoch=0, options=FEW)["about"]) == len(METRICS)


def test_weights_that_were_learned_again_are_measured_again(run):
    evaluate(run, options=FEW)
    shutil.copy(run.path / "snapshots/0000.safetensors", run.path / "snapshots/0001.safetensors")
    assert measured_again(run, options=FEW)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: json.dumps({"version": VERSION, "epochs": []}),
        lambda text: text.replace(f'"version": {VERSION}', '"version": 0'),
        lambda text: text.replace('"parts": {', '"parts": {"a": "b", ', 1),
        lambda text: text.replace('"about": {', '"about": {"else": "", ', 1),
        lambda text: text.replace('"measured": [', '"measured": [null, ', 1),
    ],
)
def test_a_damaged_cache_is_measured_anew_and_mended(measured, tmp_path, damage):
    run = RecordedRun(shutil.copytree(measured, tmp_path / "run"))
    first = evaluate(run, options=FEW)
    path = run.path / FILE
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert MetricsCache(run.path).read(1, FEW) is None
    assert evaluate(run, options=FEW)["metrics"].keys() == first["metrics"].keys()
    assert MetricsCache(run.path).read(1, FEW) is not None


def test_a_run_that_cannot_be_written_can_be_evaluated(run, monkeypatch):
    def refuse(*_):
        raise PermissionError("read-only")

    monkeypatch.setattr("ae_studio.runs.metrics_cache.write_text_atomic", refuse)
    assert evaluate(run)["metrics"]["mse_per_pixel"] > 0
    assert not (run.path / FILE).exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_can_be_evaluated(run):
    run.path.chmod(0o555)
    try:
        assert evaluate(run)["metrics"]["mse_per_pixel"] > 0
    finally:
        run.path.chmod(0o755)


def test_an_evaluation_can_be_left_and_keeps_nothing(run):
    told = []

    def leave():
        if len(told) == 2:
            raise EvaluationCancelled

    with pytest.raises(EvaluationCancelled):
        evaluate(run, on_measured=told.append, check=leave)
    assert len(told) == 2
    assert not (run.path / FILE).exists()


def test_an_epoch_without_weights_is_refused(run):
    with pytest.raises(RunError, match="no weights of epoch 7; it has those of 0 to 1"):
        evaluate(run, epoch=7)


def test_an_evaluation_beside_a_training_moves_none_of_its_random_streams(run):
    before = torch.get_rng_state()
    evaluate(run, anew=True, options=FEW)
    assert torch.equal(torch.get_rng_state(), before)
