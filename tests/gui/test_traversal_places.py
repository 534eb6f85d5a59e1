import pytest
from PySide6.QtCore import QPoint

from ae_studio.gui.traversal_places import LARGEST, NAMES, SMALLEST, TINIEST, Places


@pytest.mark.parametrize("width", [150, 220, 380, 384, 460, 2000])
def test_a_cells_own_place_finds_it_and_no_cell_lies_over_another(width):
    places = Places(4, 9, width)
    cells = [(row, column) for row in range(4) for column in range(9)]
    assert [places.cell_at(places.cell(*cell).center().toPoint()) for cell in cells] == cells
    rects = [places.cell(*cell) for cell in cells]
    assert not any(one.intersects(other) for one in rects for other in rects if one is not other)
    assert places.height >= rects[-1].bottom()


@pytest.mark.parametrize(
    ("width", "above"), [(NAMES + 9 * (SMALLEST + 3), False), (NAMES + 9 * (SMALLEST + 3) - 1, True)]
)
def test_names_stand_above_where_the_cells_would_be_too_small_beside_them(width, above):
    places = Places(4, 9, width)
    assert places.above == above
    assert places.cell(0, 8).right() <= width
    assert not places.name(1).intersects(places.cell(1, 0))
    assert not places.name(1).intersects(places.cell(0, 0))
    assert places.cell_at(places.name(1).center().toPoint()) is None


def test_a_cell_is_neither_too_large_nor_too_small():
    assert Places(1, 9, 5000).side == LARGEST
    assert Places(1, 9, 60).side == TINIEST


def test_a_place_below_the_rows_is_no_row():
    places = Places(2, 9, 460)
    assert places.row_at(QPoint(200, int(places.height) + 5)) >= 2
