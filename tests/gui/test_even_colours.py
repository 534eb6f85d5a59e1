import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.even_colours import STEPS, diverging, oklab
from ae_studio.gui.theme import DARK, LIGHT

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)


def test_the_space_is_the_published_one():
    red, white = np.eye(3)[0], np.ones(3)
    np.testing.assert_allclose(oklab(red), [0.62796, 0.22486, 0.12585], atol=1e-4)
    np.testing.assert_allclose(oklab(white), [1, 0, 0], atol=1e-4)


@THEMES
def test_equal_steps_look_equal(theme):
    """Over sixteen steps at once: bytes are coarse."""
    lab = oklab(diverging(theme)[::16] / 255)
    steps = np.linalg.norm(np.diff(lab, axis=0), axis=1)
    assert steps.max() / steps.min() < 1.25


@THEMES
def test_the_middle_is_the_canvas_and_the_ends_are_blue_and_orange(theme):
    colours = diverging(theme)
    assert colours.shape == (STEPS, 3)
    assert QColor(*colours[STEPS // 2].tolist()) == QColor(theme.canvas)
    assert colours[0, 2] > colours[0, 0]
    assert colours[-1, 0] > colours[-1, 2]


@THEMES
def test_lightness_goes_one_way_from_the_middle_on_both_sides(theme):
    light = oklab(diverging(theme) / 255)[:, 0]
    sign = 1 if theme.dark else -1
    assert (np.diff(light[STEPS // 2 :: 4]) * sign > 0).all()
    assert (np.diff(light[: STEPS // 2 + 1 : 4]) * sign < 0).all()
