from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from ae_studio.config import ConfigError, RunConfig, check, field_specs, read_config, unknown_name
from ae_studio.models.settings import BetaVaeSettings, VaeSettings

SPECS = field_specs(RunConfig)


def test_a_configuration_without_values_is_whole_and_valid():
    config = check(RunConfig, {})
    assert (config.data, config.model, config.latent_dim) == ("digits", "vae", 2)


def test_a_configuration_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        RunConfig().epochs = 3


def test_a_configuration_survives_json():
    config = check(RunConfig, {"model": "beta-vae", "lr": 3e-4, "settings": {"beta": 2.5, "network": "conv"}})
    assert check(RunConfig, json.loads(config.model_dump_json())) == config


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"latent_dim": 0}, "latent_dim must be a whole number, 1 to 256, got 0"),
        ({"latent_dim": 257}, "latent_dim must be a whole number, 1 to 256, got 257"),
        ({"latent_dim": 2.5}, "latent_dim must be a whole number, 1 to 256, got 2.5"),
        ({"latent_dim": "two"}, "latent_dim must be a whole number, 1 to 256, got 'two'"),
        ({"latent_dim": None}, "latent_dim must be a whole number, 1 to 256, got None"),
        ({"epochs": -1}, "epochs must be a whole number, 1 to 100000, got -1"),
        ({"lr": 0}, "lr must be a number, above 0 to 10, got 0"),
        ({"lr": 11}, "lr must be a number, above 0 to 10, got 11"),
        ({"lr": float("nan")}, "lr must be a number, above 0 to 10, got nan"),
        ({"lr": float("inf")}, "lr must be a number, above 0 to 10, got inf"),
        ({"schedule_factor": 1}, "schedule_factor must be a number, above 0 and below 1, got 1"),
        ({"schedule": "linear"}, "schedule must be one of none | step | cosine | plateau, got 'linear'"),
        ({"device": "gpu"}, "device must be one of auto | cpu | cuda | mps, got 'gpu'"),
        ({"seed": -1}, "seed must be a whole number, 0 to "),
    ],
)
def test_a_wrong_value_is_answered_with_what_would_be_right(values, message):
    with pytest.raises(ConfigError) as failure:
        check(RunConfig, values)
    assert str(failure.value).startswith(message)


def test_an_unknown_setting_is_answered_with_the_nearest_known_one():
    with pytest.raises(ConfigError, match=r"^unknown setting 'latent_dims': did you mean 'latent_dim'\? Known: data, "):
        check(RunConfig, {"latent_dims": 2})


def test_every_wrong_value_has_its_own_line_with_the_file_before_it():
    with pytest.raises(ConfigError) as failure:
        check(RunConfig, {"epochs": 0, "colour": "red"}, where="run.json")
    first, second = str(failure.value).split("; ")
    assert first.startswith("run.json: epochs must be")
    assert second.startswith("run.json: unknown setting 'colour'")


@pytest.mark.parametrize("value", [float("nan"), [1], {"a": 1}, None])
def test_a_models_setting_must_be_a_plain_value(value):
    with pytest.raises(ConfigError, match="settings"):
        check(RunConfig, {"settings": {"beta": value}})


def test_an_unknown_name_without_a_near_one_lists_the_known():
    assert unknown_name("model", "zebra", ["linear", "vae"]) == "unknown model 'zebra': Known: linear, vae"


# ---- fields as flags and form fields see them -------------------------------------------------------------------


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_field_has_a_label_a_help_text_and_a_default_in_its_range(spec):
    assert spec.label
    assert spec.help
    check(RunConfig, {spec.name: spec.default})


@pytest.mark.parametrize("spec", [spec for spec in SPECS.values() if spec.low is not None], ids=lambda spec: spec.name)
def test_the_bounds_of_a_field_are_those_that_are_checked(spec):
    kind = int if spec.kind == "int" else float
    for bound, is_open in ((spec.low, spec.low_open), (spec.high, spec.high_open)):
        values = {spec.name: kind(bound)}
        if is_open:
            with pytest.raises(ConfigError, match=spec.name):
                check(RunConfig, values)
        else:
            check(RunConfig, values)
    for outside in (spec.low - 1, spec.high + 1):
        with pytest.raises(ConfigError, match=spec.name):
            check(RunConfig, {spec.name: kind(outside)})


def test_a_field_that_holds_several_values_has_no_flag():
    assert "settings" not in SPECS


def test_a_field_knows_its_flag_its_choices_and_when_it_means_anything():
    assert SPECS["batch_size"].flag == "--batch-size"
    assert SPECS["precision"].choices == ("auto", "32", "bf16")
    channels = field_specs(VaeSettings)["channels"]
    assert (channels.only_if, channels.kind, channels.range_text) == (("network", "conv"), "text", "")
    assert SPECS["lr"].range_text == "above 0 to 10"
    assert field_specs(BetaVaeSettings)["warmup"].unit == "epochs"


# ---- config.json ------------------------------------------------------------------------------------------------


def _written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("text", ['{"model": "vae"}', '{"format": 1, "config": {"model": "vae"}, "versions": {}}'])
def test_a_config_file_may_be_bare_or_a_runs(tmp_path, text):
    assert read_config(_written(tmp_path, text)) == {"model": "vae"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"model": "vae",', "not a JSON file: "),
        ("", "not a JSON file: "),
        (b"\xff\xfe\x00", "not a JSON file: "),
        ('["vae"]', 'must hold an object of settings, like {"model": "vae"}'),
        ('{"epochs": 0}', "epochs must be a whole number, 1 to 100000, got 0"),
        ('{"lr": NaN}', "lr must be a number, above 0 to 10, got nan"),
        ('{"epoch": 3}', "unknown setting 'epoch': did you mean 'epochs'?"),
        ('{"config": {"epoch": 3}}', "unknown setting 'epoch': did you mean 'epochs'?"),
    ],
)
def test_a_bad_config_file_is_named_with_what_is_wrong(tmp_path, text, message):
    path = _written(tmp_path, text)
    with pytest.raises(ConfigError) as failure:
        read_config(path)
    assert str(failure.value).startswith(f"{path}: {message}")


def test_a_config_file_that_is_not_there_is_named(tmp_path):
    path = tmp_path / "none.json"
    with pytest.raises(ConfigError, match=r"none\.json: cannot be read: No such file or directory"):
        read_config(path)


def test_a_folder_is_no_config_file(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path)
