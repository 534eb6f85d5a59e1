import json

import pytest

from ae_studio.cli import main
from ae_studio.data.images import load
from ae_studio.runs.recorded import RecordedRun
from tests.commands.small_runs import help_of, refused, told_wrong, trained

QUICK = ("--samples", "2", "--neighbours", "3")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("evaluate") / "run")


@pytest.fixture
def first(run, monkeypatch):
    """Two of its metrics have been measured, after its last epoch: all of them take seconds."""
    monkeypatch.setattr("ae_studio.runs.evaluate.METRICS", dict.fromkeys(("mse_per_pixel", "trustworthiness")))
    assert main(["evaluate", str(run), *QUICK]) == 0
    return run


def measured(capsys, run, *words):
    assert main(["evaluate", str(run), *QUICK, *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def error_of(run, epoch):
    """The mean squared error of a pixel, of the run's own model on the test images."""
    import torch

    data = load("digits")
    images = torch.as_tensor(data.images[data.test]).float().reshape(-1, 1, 8, 8) / 255
    model = RecordedRun(run).model(epoch)
    made = torch.sigmoid(model.decoder(model.encode(images))).reshape(images.shape)
    return float(((made - images) ** 2).mean())


def test_a_metric_is_that_of_the_test_images_after_the_last_epoch(first, capsys):
    told = measured(capsys, first)
    assert (told["epoch"], told["images"]) == (1, len(load("digits").test))
    assert told["metrics"]["mse_per_pixel"] == pytest.approx(error_of(first, 1), rel=1e-3)


def test_what_is_kept_is_shown_and_measured_again_only_where_that_is_asked_for(first, capsys):
    """What is kept here is a lie."""
    kept = first / "metrics.json"
    record = json.loads(kept.read_text())
    [mse] = [each for each in record["epochs"]["1"]["measured"] if each["about"]["name"] == "mse_per_pixel"]
    mse["value"] = 0.5
    kept.write_text(json.dumps(record))
    assert measured(capsys, first)["metrics"]["mse_per_pixel"] == 0.5
    anew = measured(capsys, first, "--anew")
    assert anew["metrics"]["mse_per_pixel"] == pytest.approx(error_of(first, 1), rel=1e-3)
    assert measured(capsys, first)["metrics"] == anew["metrics"]


def test_for_people_the_last_lines_say_on_what_and_what_the_arrows_mean(first, capsys):
    assert main(["evaluate", str(first), *QUICK]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["value", "PCA"]
    assert any(line.startswith("MSE ") and " ↓ " in line for line in lines)
    assert "run, epoch 1, 359 test images. ↑ ↓: which way is better." in lines


def test_an_epoch_that_is_not_kept_is_told_with_those_that_are(run, capsys):
    line = told_wrong(capsys, "evaluate", run, "--epoch", "7", code=1)
    assert line == f"ae-studio: {run}: holds no weights of epoch 7; it has those of 0 to 1"


def test_a_way_to_binarise_that_is_not_known_is_answered_with_those_that_are(capsys):
    line = refused(capsys, "evaluate", "run", "--binarised", "some")
    assert "invalid choice: 'some'" in line
    assert all(known in line for known in ("none", "static", "dynamic"))


def test_help_names_every_flag(capsys):
    told = help_of(capsys, "evaluate")
    assert "The metrics of a run on the test split." in told
    assert all(flag in told for flag in ("--json", "--epoch N", "--samples K", "--neighbours K", "--anew", "--trust"))
