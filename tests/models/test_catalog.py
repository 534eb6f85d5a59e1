from __future__ import annotations

import inspect

import pytest

from ae_studio.config import ConfigError, RunConfig, check, field_specs
from ae_studio.models.catalog import MODELS, family, model_class

each_family = pytest.mark.parametrize("known", MODELS.values(), ids=MODELS)


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
