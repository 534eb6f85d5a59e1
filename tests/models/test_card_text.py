import json
import os

import pytest

from ae_studio.config import ConfigError, field_specs
from ae_studio.models.card_text import card_text, card_values, groups, models_text, setting_facts, terminal_width
from ae_studio.models.cards import GROUPS
from ae_studio.models.catalog import MODELS, family

each_name = pytest.mark.parametrize("name", MODELS)


def test_families_come_by_group_and_none_is_lost():
    listed = groups()
    assert list(listed) == [group for group in GROUPS if group in listed]
    assert sorted(known.name for families in listed.values() for known in families) == sorted(MODELS)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_list_keeps_to_the_width_and_names_every_family(width):
    text = models_text(width)
    assert max(map(len, text.splitlines())) <= width
    for name, known in MODELS.items():
        assert f"  {name} " in text
        assert known.card.group in text.splitlines()


@each_name
@pytest.mark.parametrize("width", [60, 80])
def test_a_card_keeps_to_the_width(name, width):
    """Nothing is cut: what is longer is a formula or a single word, such as a link."""
    for line in card_text(name, width).splitlines():
        assert len(line) <= width or len(line.split()) <= 3 or "=" in line, line


@each_name
def test_a_card_tells_all_that_stands_on_it(name):
    card = MODELS[name].card
    told = " ".join(card_text(name, 80).split())
    for text in (card.title, card.summary, card.purpose, card.paper, card.link, card.slow, *card.attempts):
        assert " ".join(text.split()) in told
    for text in (*card.extremes.values(), *card.letters.values()):
        assert " ".join(text.split()) in told
    for setting in field_specs(MODELS[name].settings):
        assert f"--set {setting}=" in told


def test_a_setting_is_told_with_default_range_unit_meaning_ends_and_condition():
    facts = {each.name: each for each in setting_facts(family("beta-vae"))}
    assert (facts["warmup"].default_text, facts["warmup"].range_text) == ("0", "0 to 10000 epochs")
    assert facts["warmup"].extremes.startswith("0: the full weight")
    assert facts["beta"].default_text == "4"
    assert facts["hidden"].only_if == "network=mlp"
    assert facts["hidden"].meaning.startswith("Widths of")
    assert facts["reconstruction"].meaning.startswith("bernoulli: "), "a choice is spelled as it is typed"


@each_name
def test_a_cards_values_are_json(name):
    values = json.loads(json.dumps(card_values(name)))
    assert values["name"] == name
    assert values["tex"] == list(MODELS[name].card.tex)
    assert [each["name"] for each in values["settings"]] == list(field_specs(MODELS[name].settings))


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ConfigError, match="did you mean 'vae'"):
        card_text("vea", 80)


@pytest.mark.parametrize(("columns", "width"), [(70, 70), (20, 40), (300, 100)])
def test_a_terminals_width_is_kept_within_what_can_be_read(monkeypatch, columns, width):
    monkeypatch.setattr("shutil.get_terminal_size", lambda fallback: os.terminal_size((columns, 24)))
    assert terminal_width() == width
