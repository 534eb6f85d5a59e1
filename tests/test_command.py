import shlex
import sys
from pathlib import Path

import pytest

from ae_studio.cli import _parser
from ae_studio.command import as_text, repeat_command, this_program, train_command
from ae_studio.commands.train_flags import given_values
from ae_studio.models.catalog import MODELS
from ae_studio.training.defaults import complete, default_config, preset_values


def read_back(words):
    options = _parser().parse_args(words[1:])
    return complete(given_values(options)), options.out


CHANGED = {
    **{"data": "mnist", "model": "beta-vae", "latent_dim": 10, "epochs": 7, "batch_size": 33, "lr": 1.5e-5},
    **{"schedule": "plateau", "schedule_epochs": 3, "schedule_factor": 0.1, "early_stopping": 4, "clip": 1e-7},
    **{"weight_decay": 0.25, "validation_fraction": 0.2, "seed": 123, "device": "cpu", "precision": "32"},
    "settings": {"beta": 4.25, "network": "mlp", "hidden": "64-32"},
}


@pytest.mark.parametrize("values", [{}, CHANGED, preset_values("talk"), preset_values("talk-linear"), {"lr": 1.0}])
def test_the_command_makes_the_same_settings_again(values):
    config = complete(values)
    assert read_back(train_command(config)) == (config, None)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("data", ["digits", "mnist"])
def test_defaults_need_no_flags_but_the_data_and_the_model(data, model):
    words = train_command(default_config(data, model))
    assert set(words[2::2]) <= {"--data", "--model"}
    assert read_back(words)[0] == default_config(data, model)


def test_only_what_differs_is_said():
    words = train_command(complete({"lr": 0.02, "settings": {"hidden": "16"}}))
    assert words == ["ae-studio", "train", "--lr", "0.02", "--set", "hidden=16"]


def test_a_folder_with_blanks_survives_the_shell():
    config, out = complete({}), Path("my runs") / "it's one"
    text = as_text(train_command(config, out))
    if sys.platform != "win32":
        assert read_back(shlex.split(text)) == (config, out)


def test_this_program_starts_the_command_in_a_checkout_and_in_a_bundle(monkeypatch):
    assert this_program(["ae-studio", "train"]) == [sys.executable, "-m", "ae_studio", "train"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert this_program(["ae-studio", "train"]) == [sys.executable, "train"]


def test_changes_and_repetitions_are_said_where_they_are_needed():
    words = train_command(complete({"lr": 0.02}), changes=Path("a run"))
    assert words == ["ae-studio", "train", "--lr", "0.02", "--changes", "a run"]
    assert repeat_command(Path("a run")) == ["ae-studio", "train", "--repeat", "a run"]
    options = _parser().parse_args(repeat_command(Path("a"), Path("b"))[1:])
    assert (options.repeat, options.out) == (Path("a"), Path("b"))
