import logging
import re

import pytest

from ae_studio.export.formulas import as_svg, mark, mark_of
from ae_studio.models.catalog import MODELS
from ae_studio.paths import resource

TEX = (r"\mathcal{L} = \frac{1}{D}\, \Vert x - \hat{x} \Vert^2", "z = W x + b")


@pytest.mark.parametrize("name", MODELS)
def test_the_typeset_formula_is_the_one_of_the_card(name):
    path = resource(f"cards/{name}.svg")
    made_of = mark_of(path.read_text(encoding="utf-8")) if path.exists() else ""
    assert made_of == mark(MODELS[name].card.tex), (
        f"{path.name} is not {name}.toml's formula: `make cards` makes it anew"
    )


def test_no_formula_is_kept_of_a_family_that_is_gone():
    assert {path.stem for path in resource("cards").glob("*.svg")} <= set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_every_letter_of_a_formula_can_be_drawn(name, caplog):
    with caplog.at_level(logging.WARNING, logger="matplotlib.mathtext"):
        as_svg(MODELS[name].card.tex)
    assert not [
        record.message for record in caplog.records if "glyph" in record.message or "ubstitut" in record.message
    ]


def test_a_formula_is_the_same_every_time_and_of_one_colour():
    svg = as_svg(TEX)
    assert svg == as_svg(TEX)
    assert svg.count("<path") == 2
    assert re.findall(r'(?:fill|stroke)="(.*?)"', svg) == ["currentColor"]
    assert not re.search(r"\d{4}-\d\d-\d\d", svg), "a date would make it another file every day"


def test_lines_stand_below_each_other():
    tops = [int(y) for y in re.findall(r'd="M\d+ (\d+)', as_svg(TEX))]
    assert tops[1] > tops[0] + 16 * 20


def test_another_formula_has_another_mark():
    assert mark_of(as_svg(TEX)) == mark(TEX)
    assert mark(TEX) != mark(TEX[:1])
    assert mark_of("<svg/>") == ""
