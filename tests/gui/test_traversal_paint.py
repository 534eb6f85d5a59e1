import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from ae_studio.gui.theme import DARK
from ae_studio.gui.traversal_paint import paint_dot, paint_frame, paint_line, paint_name
from ae_studio.latent.traversal import Row


@pytest.fixture
def inked(qapp):
    """How many pixels of an area are painted."""

    def count(paint, area):
        image = QImage(120, 60, QImage.Format.Format_RGB32)
        image.fill(QColor(DARK.panel))
        painter = QPainter(image)
        paint(painter)
        painter.end()
        x, y, width, height = area
        colours = [image.pixelColor(column, row) for column in range(x, x + width) for row in range(y, y + height)]
        return sum(colour != QColor(DARK.panel) for colour in colours)

    return count


def row(reason=""):
    return Row("z\u2081", 0, np.zeros(9), ("",) * 9, np.zeros((9, 1), np.float32), "KL 1.20 nats", reason)


def test_a_name_stands_over_what_the_dimension_says(inked):
    def paint(painter, reason=""):
        paint_name(painter, row(reason), QRectF(0, 10, 110, 40), QFont(), DARK)

    assert inked(paint, (0, 10, 110, 20)) > 10
    assert inked(paint, (0, 30, 110, 20)) > 10
    beside = (30, 10, 80, 20)
    assert inked(paint, beside) == 0
    assert inked(lambda painter: paint(painter, "it is not used"), beside) > 10


def test_above_its_row_a_name_and_what_the_dimension_says_share_a_line(inked):
    def paint(painter, reason=""):
        paint_line(painter, row(reason), QRectF(0, 10, 120, 17), QFont(), DARK)

    assert inked(paint, (0, 10, 15, 17)) > 10
    assert inked(paint, (20, 10, 60, 17)) > 10
    assert inked(paint, (0, 28, 120, 32)) == 0
    end = (95, 10, 25, 17)
    assert inked(lambda painter: paint(painter, "it is not used"), end) > inked(paint, end)


def test_a_frame_lies_around_its_cell_and_a_dot_at_its_foot(inked):
    cell = QRectF(40, 10, 30, 30)
    assert inked(lambda painter: paint_frame(painter, cell, DARK), (45, 15, 20, 20)) == 0
    assert inked(lambda painter: paint_frame(painter, cell, DARK), (38, 8, 34, 3)) > 60
    assert inked(lambda painter: paint_dot(painter, cell, DARK), (51, 31, 8, 8)) > 30
    assert inked(lambda painter: paint_dot(painter, cell, DARK), (40, 10, 30, 18)) == 0
