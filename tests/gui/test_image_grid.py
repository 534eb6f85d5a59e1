import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.image_grid import ImageGrid, best_columns
from ae_studio.gui.theme import DARK, LIGHT


def shown(qtbot, images, columns=None, size=(300, 300)):
    grid = ImageGrid(columns=columns)
    qtbot.addWidget(grid)
    grid.resize(*size)
    grid.set_theme(DARK)
    grid.show()
    grid.show_images(images)
    return grid, grid.grab().toImage()


def test_a_given_number_of_columns_is_kept(qtbot):
    images = np.zeros((6, 10, 10), dtype=np.uint8)
    images[4] = 255  # second row, second of three
    _, picture = shown(qtbot, images, columns=3)
    assert picture.pixelColor(150, 150) == QColor("#ffffff")
    assert picture.pixelColor(50, 150) == QColor(DARK.canvas)


@pytest.mark.parametrize("size", [(400, 100), (100, 400), (200, 200)])
def test_the_room_decides_over_the_columns_otherwise(qtbot, size):
    grid, _ = shown(qtbot, np.zeros((36, 10, 10), dtype=np.uint8), size=size)
    sheet = grid._pixmap.size()
    assert (sheet.width() > sheet.height()) == (size[0] > size[1])


@pytest.mark.parametrize(("room", "columns"), [(1.0, 6), (1.2, 6), (2.3, 9), (0.5, 4), (40.0, 36), (0.02, 1)])
def test_no_row_is_left_half_empty(room, columns):
    assert best_columns(36, room) == columns


def test_where_no_images_are_the_invitation_stands(qtbot):
    empty, inviting = ImageGrid(), ImageGrid(invitation="Press Sample")
    for grid in (empty, inviting):
        qtbot.addWidget(grid)
        grid.resize(200, 100)
    nothing = empty.grab().toImage()
    assert inviting.grab().toImage() != nothing
    inviting.show_images(np.zeros((4, 10, 10), dtype=np.uint8))
    inviting.clear()
    assert inviting.images is None


def test_a_theme_repaints_them(qtbot):
    grid, _ = shown(qtbot, np.zeros((4, 10, 10), dtype=np.uint8))
    grid.set_theme(LIGHT)
    assert grid.grab().toImage().pixelColor(150, 100).lightness() > 200


def test_no_images_are_no_mistake(qtbot):
    grid, _ = shown(qtbot, np.zeros((0, 10, 10), dtype=np.uint8))
    assert grid._pixmap is None
