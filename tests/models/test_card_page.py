import pytest

from ae_studio.models.card_page import formula, models_page
from ae_studio.models.catalog import MODELS


@pytest.mark.parametrize("name", MODELS)
def test_every_family_has_its_place_and_its_formula(name):
    page = models_page()
    assert f'<a id="{name}"></a>' in page
    assert f"(#{name})" in page
    for line in MODELS[name].card.tex:
        assert f"$$\n{formula(line)}\n$$" in page


def test_no_formula_holds_what_markdown_would_take_away():
    assert formula(r"a\,b \{c\} \|d\|") == r"a\thinspace b \lbrace c\rbrace  \Vert d\Vert "
    for known in MODELS.values():
        for line in known.card.tex:
            letters = [after for before, after in zip(formula(line), formula(line)[1:], strict=False) if before == "\\"]
            assert all(letter.isalpha() for letter in letters), line


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    rows = [line for line in models_page().splitlines() if line.startswith("|")]
    assert rows
    assert {row.replace("\\|", "").count("|") for row in rows} == {6}
