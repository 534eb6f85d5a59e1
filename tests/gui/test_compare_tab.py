"""How compared runs are told apart, and what a tab of the comparison starts from."""

import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.compare_tab import LETTERS, CompareTab, run_colour, told
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.runs.compared import MOST
from tests.gui.compared_runs import compared


def luminance(name):
    """Relative, after WCAG 2."""
    colour = QColor(name)
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_run_has_a_colour_of_its_own_that_stands_off_the_ground(theme):
    colours = [run_colour(theme, index) for index in range(MOST)]
    assert len(set(colours)) == MOST == len(LETTERS)
    ground = luminance(theme.panel)
    for colour in colours:
        lighter, darker = sorted((luminance(colour), ground), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 3, f"{colour}: WCAG's contrast of graphics"


def test_a_run_is_told_by_its_letter_name_and_epoch():
    assert told(1, compared("rings")) == f"B: rings, epoch {compared('rings').epoch}"


def test_a_tab_takes_its_theme(qtbot):
    tab = CompareTab()
    qtbot.addWidget(tab)
    tab.set_theme(LIGHT)
    assert tab.theme is LIGHT
