"""Which settings come of which words, where a preset, a file and flags all say something."""

import argparse
import json

import pytest

from ae_studio.commands.train_flags import add_train_flags, flag_values, given_values, parse_pairs
from ae_studio.config import ConfigError, RunConfig, field_specs
from ae_studio.training.defaults import PRESETS, preset_values


def options(*words):
    parser = argparse.ArgumentParser()
    add_train_flags(parser)
    return parser.parse_args(words)


@pytest.fixture
def file(tmp_path):
    """Settings of a run."""
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"model": "beta-vae", "lr": 0.5, "epochs": 7, "settings": {"beta": 9.0, "hidden": "8"}}))
    return str(path)


def test_every_setting_of_a_run_has_a_flag():
    specs = field_specs(RunConfig)
    words = [
        word for spec in specs.values() for word in (spec.flag, spec.choices[-1] if spec.choices else str(spec.default))
    ]
    assert set(flag_values(options(*words))) == set(specs)


def test_only_what_was_typed_is_given():
    assert given_values(options()) == {}
    assert given_values(options("--lr", "0.1", "--seed", "3")) == {"lr": "0.1", "seed": "3"}


def test_flags_replace_the_file_and_the_file_the_preset(file):
    name = next(iter(PRESETS))
    given = given_values(options("--preset", name, "--config", file, "--epochs", "3"))
    assert (given["epochs"], given["lr"], given["model"]) == ("3", 0.5, "beta-vae")
    untouched = set(preset_values(name)) - {"epochs", "lr", "model", "settings"}
    assert {each: given[each] for each in untouched} == {each: preset_values(name)[each] for each in untouched}


def test_set_changes_one_setting_of_the_file_and_keeps_the_others(file):
    given = given_values(options("--config", file, "--set", "beta=2"))
    assert given["settings"] == {"beta": "2", "hidden": "8"}


def test_another_model_does_not_take_over_the_settings_of_the_files(file):
    assert "settings" not in given_values(options("--config", file, "--model", "deep"))
    given = given_values(options("--config", file, "--model", "deep", "--set", "hidden=16"))
    assert given["settings"] == {"hidden": "16"}


def test_a_value_may_hold_an_equals_sign_or_nothing():
    assert parse_pairs(["hidden=64", "name=a=b", "note="]) == [("hidden", "64"), ("name", "a=b"), ("note", "")]


@pytest.mark.parametrize("pair", ["beta", "=4", ""])
def test_a_pair_without_a_name_or_an_equals_sign_is_refused(pair):
    with pytest.raises(ConfigError, match="--set takes name=value, like beta=4"):
        parse_pairs([pair])
