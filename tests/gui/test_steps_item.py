import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QTransform

from ae_studio.gui.steps_item import band_pixels, pixel_columns


@pytest.mark.parametrize("fineness", [1.0, 2.0])
def test_columns_are_those_of_the_screen(fineness):
    to_pixels = QTransform(40.0, 0, 0, 1, 48.3, 0)  # 40 pixels an epoch, from 48.3 on
    columns = pixel_columns(to_pixels, QRectF(0.0, 0.0, 10.0, 1.0), fineness)
    edges = (columns.left + columns.width * np.arange(columns.count + 1)) * 40.0 + 48.3
    np.testing.assert_allclose(edges * fineness, np.round(edges * fineness), atol=1e-9)
    assert edges[0] <= 48.3
    assert edges[-1] >= 448.3


def test_a_band_reaches_from_its_upper_to_its_lower_row_in_its_own_columns():
    colour = QColor(10, 20, 30, 40)
    pixels = band_pixels(np.array([0, 2]), np.array([1, 0]), np.array([3, 4]), 4, colour)
    rgba = colour.rgba()
    assert (pixels == rgba).tolist() == [
        [False, False, True],
        [True, False, True],
        [True, False, True],
        [False, False, True],
    ]
