import pytest
from PySide6.QtCore import QPointF, QRectF

from ae_studio.gui.sweep_map_layout import EDGE, LARGEST, NAMES_HIGH, laid_out


def width(text):
    """As if every letter were 7 pixels wide."""
    return 7.0 * len(text)


def numbers(count):
    return [str(number) for number in range(count)]


def layout(columns, rows, size=(520, 220)):
    return laid_out(QRectF(0, 0, *size), columns, rows, width)


@pytest.mark.parametrize("size", [(496, 200), (736, 360), (1176, 660)])
@pytest.mark.parametrize(("columns", "rows"), [(2, 2), (12, 12), (2, 12), (12, 2)])
def test_every_part_is_inside_and_no_cell_touches_another(columns, rows, size):
    made = layout(numbers(columns), numbers(rows), size)
    inside = QRectF(EDGE - 0.1, EDGE - 0.1, size[0] - 2 * EDGE + 0.2, size[1] - 2 * EDGE + 0.2)
    cells = [made.rect((row, column)) for row in range(rows) for column in range(columns)]
    names = [made.column_name(0), made.column_name(columns - 1), made.row_name(0)]
    for part in (*cells, *names, made.column_title, made.row_title(60), made.row_title(1000), made.scale):
        assert inside.contains(part) or part.height() > made.cell.height(), part
    assert not any(cells[0].intersects(other) for other in cells[1:])
    assert all(cell.width() > 0 and cell.height() > 0 for cell in cells)


def test_the_cell_at_a_pixel_is_the_one_that_is_drawn_there():
    made = layout(numbers(7), numbers(5))
    for place in ((0, 0), (4, 6), (2, 3)):
        assert made.at(made.rect(place).center()) == place
    assert made.at(made.grid.bottomRight()) == (4, 6)
    assert made.at(made.grid.topLeft() - QPointF(1, 0)) is None


def test_few_cells_are_no_larger_than_is_needed_and_stand_in_the_middle():
    made = layout(numbers(2), numbers(2), (1000, 700))
    assert made.cell == LARGEST
    left, right = made.row_title(20).left(), 1000 - made.grid.right()
    assert left == pytest.approx(right, abs=1)


def test_names_that_are_wider_than_their_columns_go_upwards():
    assert not layout(["0.1", "0.2"], ["2"]).turned
    made = layout(["0.000187382"] * 12, numbers(12))
    assert made.turned
    assert made.names_height <= NAMES_HIGH * 220
    assert made.names_height == pytest.approx(min(width("0.000187382"), NAMES_HIGH * 220))


def test_where_rows_are_low_only_some_are_named():
    assert layout(numbers(3), numbers(3)).row_step == 1
    made = layout(numbers(3), numbers(30))
    named = range(0, 30, made.row_step)
    assert made.row_step * made.cell.height() >= 13 > made.cell.height()
    assert len(named) > 4


def test_a_title_that_is_longer_than_the_rows_takes_the_whole_height():
    made = layout(numbers(3), numbers(2), (520, 200))
    assert made.row_title(20).height() == made.grid.height()
    assert made.row_title(10_000).height() == made.area.height()
