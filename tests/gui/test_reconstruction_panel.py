import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.reconstruction_panel import ReconstructionPanel
from ae_studio.gui.theme import DARK, LIGHT

BLACK = np.zeros((6, 8, 8), dtype=np.uint8)
WHITE = np.full((6, 8, 8), 255, dtype=np.uint8)


@pytest.fixture
def panel(qtbot):
    made = ReconstructionPanel()
    qtbot.addWidget(made)
    made.resize(420, 220)
    made.set_theme(DARK)
    made.show()
    qtbot.waitExposed(made)
    return made


def colours_of_first_column(panel):
    """The middles of the first image's three rows."""
    picture, side = panel.grid.grab().toImage(), panel.grid._target().height() / 3
    return [picture.pixelColor(round(side / 2), round(side * (row + 0.5))) for row in range(3)]


def test_original_decoded_and_difference_stand_below_one_another(panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(WHITE)
    original, decoded, difference = colours_of_first_column(panel)
    assert original == QColor(DARK.canvas)
    assert decoded == QColor("#ffffff")
    assert difference == QColor(DARK.too_bright)


def test_as_many_images_are_shown_as_fit(panel):
    panel.set_originals(np.zeros((100, 8, 8), dtype=np.uint8))
    wide = panel.grid.columns()
    panel.resize(210, 220)
    panel.grid.resize(190, panel.grid.height())
    assert 1 <= panel.grid.columns() < wide <= 100


def test_a_theme_changes_ground_ink_and_the_words_for_the_colours(panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(BLACK)
    panel.set_theme(LIGHT)
    assert colours_of_first_column(panel)[0] == QColor(LIGHT.canvas)
    assert LIGHT.too_dark in panel.header.longest


def test_other_originals_take_the_old_reconstructions_away(panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(WHITE)
    panel.set_originals(np.zeros((4, 28, 28), dtype=np.uint8))
    assert panel.grid.reconstructions is None


def test_the_error_of_the_image_under_the_mouse_is_told(panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(WHITE // 2)
    panel.grid.grab()
    assert panel.grid._error_at(3) == f"Image 1: squared error {(127 / 255) ** 2:.4f} per pixel"
    assert panel.grid._error_at(100_000) == ""


def test_colour_images_are_shown_as_they_are(panel):
    red = np.zeros((3, 8, 8, 3), dtype=np.uint8)
    red[..., 0] = 200
    panel.set_originals(red)
    panel.show_reconstructions(red)
    original, _, difference = colours_of_first_column(panel)
    assert original == QColor(200, 0, 0)
    assert difference == QColor(DARK.canvas)
