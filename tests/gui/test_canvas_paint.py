import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.canvas_paint import HANDLE_RADIUS, HANDLE_REACH, nice_step, paint_grid, paint_handle
from ae_studio.gui.theme import DARK
from ae_studio.gui.view_window import PixelMap, ViewWindow


@pytest.fixture
def image(qapp):
    made = QImage(400, 200, QImage.Format.Format_RGB32)
    made.fill(DARK.canvas)
    return made


@pytest.mark.parametrize(("wished", "step"), [(0.7, 1), (1.0, 1), (1.2, 2), (3, 5), (6, 10), (0.013, 0.02), (4e5, 5e5)])
def test_grid_lines_are_at_round_numbers(wished, step):
    assert nice_step(wished) == pytest.approx(step)


def test_the_line_through_zero_is_stronger(image):
    painter = QPainter(image)
    paint_grid(painter, PixelMap(ViewWindow(0, 0, 2, 1), 400, 200), DARK)
    painter.end()
    assert image.pixelColor(200, 60).name() == DARK.line
    assert DARK.canvas != image.pixelColor(300, 60).name() != DARK.line


def test_numbers_stand_along_the_lower_and_the_right_edge_where_no_tool_lies(image):
    painter = QPainter(image)
    paint_grid(painter, PixelMap(ViewWindow(0.3, 0.1, 2, 1), 400, 200), DARK)
    painter.end()

    def inked(columns, rows):
        grey = QColor(DARK.dim).lightness() * 0.7
        return sum(image.pixelColor(x, y).lightness() > grey for x in columns for y in rows)

    assert inked(range(0, 60), range(0, 170)) == 0
    assert inked(range(340, 400), range(0, 170)) > 10
    assert inked(range(0, 400), range(184, 200)) > 10


def test_the_handle_stays_within_its_reach(image):
    painter = QPainter(image)
    paint_handle(painter, QPointF(100, 50), DARK)
    painter.end()
    changed = [(x, y) for x in range(400) for y in range(200) if image.pixelColor(x, y).name() != DARK.canvas]
    assert all(max(abs(x - 100), abs(y - 50)) <= HANDLE_REACH for x, y in changed)
    assert image.pixelColor(100, 50).name() == DARK.text
    assert image.pixelColor(100 + HANDLE_RADIUS, 50).lightness() > 150
