import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.formula_view import GAP, FormulaView
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.models.catalog import MODELS


@pytest.fixture
def view(qtbot):
    made = FormulaView()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("name", MODELS)
def test_every_families_formula_is_shown_and_fits_where_there_is_room(view, name):
    assert view.show_formula(name)
    hint = view.sizeHint()
    assert hint.height() >= 16 * len(MODELS[name].card.tex)
    view.resize(hint)
    image = view.grab().toImage()
    corner = image.pixelColor(image.width() - 1, image.height() - 1)
    assert any(image.pixelColor(x, y) != corner for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_it_is_in_the_themes_ink(view, theme):
    view.set_theme(theme)
    view.show_formula("vae")
    view.resize(view.sizeHint())
    image = view.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert QColor(theme.text).name() in seen


def test_a_line_without_room_is_made_smaller_the_others_are_not(view):
    view.show_formula("vae")
    wide, narrow = view._places(1000), view._places(view.sizeHint().width() - 30)
    assert narrow[0][1].width() < wide[0][1].width()
    assert narrow[1][1].size() == wide[1][1].size()
    assert narrow[1][1].top() == pytest.approx(narrow[0][1].bottom() + GAP)


def test_a_family_without_a_typeset_formula_shows_none(view):
    view.show_formula("vae")
    assert not view.show_formula("one-of-my-own")
    assert view.heightForWidth(400) == 0
