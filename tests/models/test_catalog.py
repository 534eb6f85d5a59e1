from __future__ import annotations

import inspect

import pytest

from ae_studio.config import ConfigError, RunConfig, check, field_specs
from ae_studio.models.catalog import MODELS, family, model_class
from ae_studio.models.settings import StackSettings, VaeSettings, parse_widths

each_family = pytest.mark.parametrize("known", MODELS.values(), ids=MODELS)


@pytest.mark.parametrize(
    ("text", "widths"),
    [("512-256", (512, 256)), ("1", (1,)), ("16384", (16_384,)), ("1-2-3-4-5-6-7-8", (1, 2, 3, 4, 5, 6, 7, 8))],
)
def test_widths_are_read(text, widths):
    assert parse_widths(text) == widths


@pytest.mark.parametrize("text", ["", "-", "512-", "-512", "512 256", "512,256", "5.5", "a", "512--256", "１２\n"])
def test_what_is_no_list_of_widths_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="must be layer widths joined by '-', like 512-256"):
        parse_widths(text)


@pytest.mark.parametrize("text", ["0", "512-0", "16385", "1-2-3-4-5-6-7-8-9"])
def test_too_many_or_impossible_widths_are_refused_with_the_limits(text):
    with pytest.raises(ValueError, match="must be at most 8 widths, each from 1 to 16,384"):
        parse_widths(text)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"hidden": "big"}, "hidden: must be layer widths joined by '-', like 512-256, got 'big'"),
        ({"channels": "0"}, "channels: must be at most 8 widths, each from 1 to 16,384, got '0'"),
        ({"beta": -1}, "beta must be a number, 0 to 1000, got -1"),
        ({"beta": float("nan")}, "beta must be a number, 0 to 1000, got nan"),
        ({"network": "transformer"}, "network must be one of mlp | conv | linear, got 'transformer'"),
        ({"betta": 1}, "unknown setting 'betta': did you mean 'beta'? Known: network, "),
    ],
)
def test_a_wrong_model_setting_is_answered_with_what_would_be_right(values, message):
    with pytest.raises(ConfigError) as failure:
        check(VaeSettings, values)
    assert str(failure.value).startswith(message)


def test_an_unknown_model_is_answered_with_the_nearest_and_the_list():
    with pytest.raises(ConfigError) as failure:
        family("vea")
    assert (
        str(failure.value)
        == f"unknown model 'vea': did you mean 'vae'? Known: {', '.join(MODELS)}, or the path of a .py file"
    )


@each_family
def test_a_family_tells_what_the_form_shows(known):
    for text in (known.card.title, known.card.summary, known.card.formula, known.card.paper):
        assert text.strip()
    assert known.card.summary.endswith(".")


@each_family
def test_a_familys_defaults_are_valid_settings_of_a_run(known):
    check(RunConfig, known.defaults)


@each_family
def test_a_familys_own_settings_start_valid_and_are_explained(known):
    settings = check(known.settings, {})
    for spec in field_specs(known.settings).values():
        assert getattr(settings, spec.name) == spec.default
        check(known.settings, {spec.name: spec.default})
        assert spec.label
        assert spec.help


@each_family
def test_a_setting_that_depends_on_a_choice_names_one_that_exists(known):
    specs = field_specs(known.settings)
    for spec in specs.values():
        if spec.only_if:
            name, choice = spec.only_if
            assert choice in specs[name].choices


@each_family
def test_a_familys_setting_is_no_setting_of_the_run_as_well(known):
    assert not set(field_specs(known.settings)) & set(RunConfig.model_fields)


@pytest.mark.parametrize("name", MODELS)
def test_the_class_of_a_family_is_found_and_can_be_made(name):
    assert not inspect.isabstract(model_class(name))


def test_every_stack_setting_has_a_default_that_can_be_parsed():
    settings = check(StackSettings, {})
    assert parse_widths(settings.hidden)
    assert parse_widths(settings.channels)
