import pytest
from matplotlib.mathtext import MathTextParser

from ae_studio.config import ConfigError, check, field_specs
from ae_studio.models.cards import Card
from ae_studio.models.catalog import MODELS

each_family = pytest.mark.parametrize("known", MODELS.values(), ids=MODELS)


@each_family
def test_a_card_says_what_the_family_is_for_and_where_it_comes_from(known):
    card = known.card
    for text in (card.short, card.title, card.summary, card.formula, card.paper):
        assert text.strip()
    assert len(card.short) <= 16
    assert card.summary.endswith(".")
    assert len(card.summary) <= 110
    assert len(card.purpose.split()) >= 25
    assert len(card.attempts) >= 2
    assert card.link.startswith("https://")


@each_family
def test_the_formula_can_be_set_in_type(known):
    for line in known.card.tex:
        MathTextParser("path").parse(f"${line}$")


@each_family
def test_every_number_that_can_be_set_is_explained_at_the_ends_of_its_range(known):
    specs = field_specs(known.settings)
    asked = {name for name, spec in specs.items() if spec.kind in ("int", "float") or name in ("hidden", "channels")}
    assert asked - set(known.card.extremes) == set()
    assert set(known.card.extremes) - set(specs) == set()


def test_a_formula_is_plain_on_a_terminal():
    assert MODELS["linear"].card.plain_formula.startswith("L = 1/D ‖x")
    assert "_q[" in MODELS["vae"].card.plain_formula
    assert "U(S^(m−1))" in MODELS["hyperspherical"].card.plain_formula
    for known in MODELS.values():
        assert not set("<>&;") & set(known.card.plain_formula), known.card.plain_formula


def test_a_card_without_a_diagram_shows_its_groups():
    told = MODELS["vae"].card.model_copy(update={"diagram": ()})
    assert told.drawing.flow == "x → f → μ, σ → z → g → x̂"


def test_a_diagram_that_cannot_be_read_is_an_error_of_its_card():
    values = MODELS["vae"].card.model_dump() | {"diagram": ("image x", "noise ε -> y")}
    with pytest.raises(ConfigError, match=r"vae\.toml: diagram: .*no part of the row has the letter 'y'"):
        check(Card, values, where="vae.toml")
