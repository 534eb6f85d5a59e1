"""What `make cards` makes is up to date, and it makes anew what is not."""

import importlib.util
from pathlib import Path

import pytest

from ae_studio.export.formulas import mark, mark_of
from ae_studio.models.card_page import models_page
from ae_studio.models.catalog import family

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def cards(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("cards", REPOSITORY / "packaging" / "cards.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.setattr(made, "CARDS", tmp_path)
    monkeypatch.setattr(made, "MODELS", {"linear": family("linear")})
    return made


def test_the_documentation_is_what_the_cards_say():
    page = REPOSITORY / "docs" / "models.md"
    told = page.read_text(encoding="utf-8")
    assert told == models_page(), "docs/models.md is not what the cards and settings say: `make cards` makes it anew"


def test_only_formulas_that_have_changed_are_made_anew(cards, tmp_path):
    svg = tmp_path / "linear.svg"
    svg.write_text("<desc>tex 0123456789abcdef</desc>", encoding="utf-8")
    (tmp_path / "gone.svg").touch()
    cards.make_formulas()
    wanted = mark(family("linear").card.tex)
    assert mark_of(svg.read_text(encoding="utf-8")) == wanted
    assert not (tmp_path / "gone.svg").exists()
    svg.write_text(f"<desc>tex {wanted}</desc>", encoding="utf-8")
    cards.make_formulas()
    assert "<svg" not in svg.read_text(encoding="utf-8"), "an unchanged formula must stay as it is"
