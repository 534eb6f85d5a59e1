import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor

from ae_studio.gui.reconstruction_grid import LARGEST, TEXT, ReconstructionGrid
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.latent.errors import Reconstructed, squared_errors
from ae_studio.latent.groups import read_only

BLACK = np.zeros((6, 8, 8), dtype=np.uint8)
WHITE = np.full((6, 8, 8), 255, dtype=np.uint8)


def reconstructed(originals, decoded, first=0):
    indices = read_only(np.arange(first, first + len(originals)))
    return Reconstructed(indices, originals, decoded, squared_errors(originals, decoded))


@pytest.fixture
def grid(qtbot):
    made = ReconstructionGrid()
    qtbot.addWidget(made)
    made.resize(420, 3 * 40 + TEXT)
    made.set_theme(DARK)
    made.show()
    qtbot.waitExposed(made)
    return made


def middle(grid, place, row=1):
    """Of an image, in pixels of the widget."""
    column = grid._column_rect(place)
    return QPointF(column.center().x(), column.top() + column.height() * (row + 0.5) / 3).toPoint()


def colours_of_first_column(grid):
    picture = grid.grab().toImage()
    return [picture.pixelColor(middle(grid, 0, row)) for row in range(3)]


def test_original_decoded_and_difference_stand_below_one_another(grid):
    grid.show_images(reconstructed(BLACK, WHITE))
    original, decoded, difference = colours_of_first_column(grid)
    assert original == QColor(DARK.canvas)
    assert decoded == QColor("#ffffff")
    assert difference == QColor(DARK.too_bright)


def test_colour_images_are_shown_as_they_are(grid):
    red = np.zeros((3, 8, 8, 3), dtype=np.uint8)
    red[..., 0] = 200
    grid.show_images(reconstructed(red, red))
    original, _, difference = colours_of_first_column(grid)
    assert original == QColor(200, 0, 0)
    assert difference == QColor(DARK.canvas)


def test_a_theme_changes_ground_and_ink(grid):
    grid.show_images(reconstructed(BLACK, BLACK))
    grid.set_theme(LIGHT)
    assert colours_of_first_column(grid)[0] == QColor(LIGHT.canvas)


def test_as_many_images_are_shown_as_have_room_in_both_directions(qtbot, grid):
    many = np.zeros((200, 8, 8), dtype=np.uint8)
    grid.show_images(reconstructed(many, many))
    narrow = grid.columns()
    with qtbot.waitSignal(grid.capacity_changed):
        grid.resize(900, grid.height())
    assert grid.columns() > narrow
    assert grid.bands() == 1
    grid.resize(900, int(2 * (3 * LARGEST + TEXT)))
    assert grid.bands() == 2
    assert grid.capacity() == 2 * grid.columns()
    last = grid._column_rect(grid.capacity() - 1)
    assert last.right() <= grid.width()
    assert last.bottom() + TEXT <= grid.height() + 1


def test_the_error_of_the_image_under_the_mouse_is_told(grid):
    grid.show_images(reconstructed(BLACK, WHITE // 2, first=40))
    assert grid.words_at(QPointF(middle(grid, 1))) == f"Image 42: squared error {(127 / 255) ** 2:.4f} per pixel"
    assert grid.words_at(QPointF(grid.width() - 1, 1)) == ""


def test_the_error_stands_below_each_image(grid):
    grid.show_images(reconstructed(BLACK[:1], WHITE[:1]))
    below = grid._column_rect(0)
    bright = grid.grab().toImage().copy(0, int(below.bottom()) + 1, int(below.width()), TEXT)
    grid.show_images(None)
    dark = grid.grab().toImage().copy(0, int(below.bottom()) + 1, int(below.width()), TEXT)
    assert bright != dark


def test_a_click_picks_an_image_and_it_is_framed_when_it_is_in_focus(qtbot, grid):
    grid.show_images(reconstructed(BLACK, BLACK, first=10))
    with qtbot.waitSignal(grid.image_picked) as picked:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, 2))
    assert picked.args == [12]
    grid.show_focus(12)
    column = grid._column_rect(2)
    edge = QPoint(int(column.left()) + 1, int(column.center().y()))
    assert grid.grab().toImage().pixelColor(edge) == QColor(DARK.accent)
    grid.show_focus(99)
    assert grid.grab().toImage().pixelColor(edge) != QColor(DARK.accent)


def test_the_arrow_keys_go_from_image_to_image(qtbot, grid):
    grid.show_images(reconstructed(BLACK, BLACK, first=10))
    grid.image_picked.connect(grid.show_focus)
    seen = []
    grid.image_picked.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(grid, key)
    assert seen == [10, 11, 10, 10]


def test_an_image_that_is_not_the_samples_cannot_be_picked(qtbot, grid):
    grid.show_images(Reconstructed(read_only([-1]), BLACK[:1], BLACK[:1], squared_errors(BLACK[:1], BLACK[:1])))
    with qtbot.assertNotEmitted(grid.image_picked):
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, 0))
    assert grid.words_at(QPointF(middle(grid, 0))).startswith("Drawn image")


def test_without_images_there_is_an_invitation(grid):
    empty = BLACK[:0]
    grid.show_images(reconstructed(empty, empty), "Select something")
    assert grid.shown is None
    assert grid._invitation == "Select something"
