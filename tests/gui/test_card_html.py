import re

import pytest

from ae_studio.gui import card_html
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.models.card_text import setting_facts
from ae_studio.models.catalog import MODELS

each_family = pytest.mark.parametrize("known", MODELS.values(), ids=MODELS)


def plain(html):
    text = re.sub(r"<[^>]*>", " ", re.sub(r"</?i>", "", html)).replace("&nbsp;", " ")
    for name, letter in (("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(name, letter)
    return " ".join(text.split())


@each_family
def test_every_setting_is_told_with_its_default_its_meaning_and_its_ends(known):
    told = plain(card_html.settings(known, DARK))
    for facts in setting_facts(known):
        for text in (facts.label, f"{facts.default_text} by default", facts.meaning, facts.extremes):
            assert " ".join(text.split()) in told


@each_family
def test_purpose_letters_attempts_and_paper_are_all_there(known):
    card = known.card
    assert plain(card_html.purpose(card)) == " ".join(card.purpose.split())
    letters = plain(card_html.letters(card, DARK))
    assert all(" ".join(meaning.split()) in letters for meaning in card.letters.values())
    attempts = plain(card_html.attempts(card.attempts, DARK))
    assert all(" ".join(text.split()) in attempts for text in card.attempts)
    assert f"href='{card.link}'" in card_html.paper(card, DARK)


def test_colours_are_the_themes():
    known = MODELS["vae"]
    assert LIGHT.accent in card_html.paper(known.card, LIGHT)
    assert DARK.dim in card_html.settings(known, DARK)
    assert DARK.dim not in card_html.settings(known, LIGHT)


def test_a_family_with_nothing_to_set_says_so():
    assert "Nothing is to be set" in card_html.settings(MODELS["linear"], DARK)


def test_text_with_angle_brackets_stays_text():
    card = MODELS["vae"].card.model_copy(update={"purpose": "when a < b & c > d"})
    assert "a &lt; b &amp; c &gt; d" in card_html.purpose(card)


def test_a_letter_with_a_hat_is_in_italics_wherever_it_stands():
    card = MODELS["vae"].card.model_copy(update={"purpose": "ρ̂ is close to ρ", "letters": {"x̃": "x̂ & x"}})
    assert card_html.purpose(card).count("<i>ρ̂</i> is close to ρ") == 1
    assert "<i>x̂</i> &amp; x" in card_html.letters(card, DARK)
