from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QFontMetricsF

from ae_studio.gui.diagram_view import LARGEST, DiagramView
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.models.catalog import MODELS
from ae_studio.models.diagrams import read_diagram


@pytest.fixture
def view(qtbot):
    made = DiagramView()
    qtbot.addWidget(made)
    made.show_diagram(MODELS["vae"].card.drawing)
    return made


def colours(view):
    view.setStyleSheet("")
    image = view.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width()) for y in range(0, image.height())}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_it_is_drawn_in_the_themes_colours(view, theme):
    view.set_theme(theme)
    view.resize(420, view.heightForWidth(420))
    seen = colours(view)
    for colour in (theme.accent, theme.text, theme.panel):
        assert QColor(colour).name() in seen


def test_it_grows_with_its_room_to_a_limit(view):
    small, large, huge = (view.heightForWidth(width) for width in (300, 420, 2000))
    assert small < large < huge
    assert huge <= LARGEST * large + 1
    assert large == view.sizeHint().height()


def test_a_screen_reader_hears_what_is_drawn(view):
    assert view.accessibleDescription() == "; ".join(MODELS["vae"].card.drawing.words)


def test_the_letters_of_a_row_have_room_at_the_narrowest(view):
    """No two words of neighbours meet, at any scale: all are drawn at the width of 420."""
    metrics = QFontMetricsF(view._font(11))
    for known in MODELS.values():
        row = known.card.drawing.row
        step = 408 / len(row)
        for part, following in pairwise(row):
            assert (metrics.horizontalAdvance(part.word) + metrics.horizontalAdvance(following.word)) / 2 < step


def test_an_empty_one_paints_nothing(qtbot):
    made = DiagramView()
    qtbot.addWidget(made)
    made.show_diagram(read_diagram(()))
    made.grab()
