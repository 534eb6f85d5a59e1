from __future__ import annotations

import pytest

from ae_studio.config import ConfigError, check
from ae_studio.data.catalog import DATASETS
from ae_studio.models.catalog import MODELS, family
from ae_studio.training.defaults import PRESETS, complete, default_config, preset_values


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("data", DATASETS)
def test_every_data_set_has_defaults_with_every_model(data, model):
    config = default_config(data, model)
    assert (config.data, config.model) == (data, model)
    assert config.settings == check(family(model).settings, {}).model_dump()


def test_what_is_given_stands_before_the_models_default_before_the_datas_before_the_general():
    general, data, model = default_config("mnist", "vae"), DATASETS["digits"].defaults, MODELS["linear"].defaults
    assert general.epochs == 20
    assert default_config("digits", "vae").epochs == data["epochs"] != 20
    assert default_config("digits", "linear").epochs == model["epochs"] != data["epochs"]
    assert complete({"data": "digits", "model": "linear", "epochs": 3}).epochs == 3
    assert default_config("digits", "linear").validation_fraction == data["validation_fraction"]


def test_a_given_value_that_equals_the_general_default_is_kept():
    assert complete({"data": "digits", "model": "linear", "epochs": 20}).epochs == 20


def test_model_settings_are_filled_up_with_the_familys():
    settings = complete({"model": "beta-vae", "settings": {"network": "conv"}}).settings
    assert (settings["network"], settings["beta"], settings["warmup"]) == ("conv", 4.0, 0)


def test_completing_a_whole_configuration_changes_nothing():
    config = complete({"model": "beta-vae", "latent_dim": 5, "settings": {"beta": 2}})
    assert complete(config.model_dump()) == config


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"model": "vea"}, "unknown model 'vea': did you mean 'vae'"),
        ({"data": "minst"}, "unknown data set 'minst': did you mean 'mnist'"),
        ({"epoch": 3}, "unknown setting 'epoch'"),
        ({"model": "linear", "settings": {"beta": 4}}, "unknown setting 'beta'"),
        ({"settings": {"beta": 4000}}, "beta must be a number, 0 to 1000, got 4000"),
        ({"lr": float("nan")}, "lr must be a number, above 0 to 10, got nan"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(values, message):
    with pytest.raises(ConfigError, match=message):
        complete(values)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_makes_a_run_and_is_explained(name):
    config = complete(preset_values(name))
    given = preset_values(name)
    assert {key: getattr(config, key) for key in given if key != "settings"} == {
        key: value for key, value in given.items() if key != "settings"
    }
    assert PRESETS[name].title
    assert PRESETS[name].summary


def test_changing_a_presets_values_leaves_the_preset_as_it_is():
    preset_values("talk")["model"] = "linear"
    assert preset_values("talk")["model"] == "beta-vae"


def test_the_talks_models_are_the_talks():
    linear, beta_vae = complete(preset_values("talk-linear")), complete(preset_values("talk"))
    assert (linear.latent_dim, linear.lr, linear.epochs) == (2, 1e-2, 50)
    assert (beta_vae.latent_dim, beta_vae.lr, beta_vae.settings["hidden"]) == (2, 1e-3, "32-16")
    assert (beta_vae.settings["beta"], beta_vae.settings["activation"]) == (1.0, "none")


def test_an_unknown_preset_is_answered_with_the_list():
    with pytest.raises(ConfigError, match="unknown preset 'tlak': did you mean 'talk'"):
        preset_values("tlak")
