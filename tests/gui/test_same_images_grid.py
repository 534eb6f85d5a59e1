import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.same_images_grid import SameImagesGrid
from ae_studio.gui.theme import DARK, LIGHT, white_on_black
from ae_studio.runs.compared_images import SameImages, same_images
from tests.gui.colours_of import colours_of, holds
from tests.gui.compared_runs import COUNT, compared

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
THEME = white_on_black(DARK)


@pytest.fixture
def grid(qtbot):
    """Eight images of two runs, of which the second is farther from them."""
    made = SameImagesGrid()
    qtbot.addWidget(made)
    made.set_theme(THEME)
    made.show_images(same_images([compared("a", shift=20), compared("b", shift=60)], range(COUNT)))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def chosen(grid):
    told = []
    grid.image_chosen.connect(told.append)
    return told


def middle(grid, place):
    return grid.row_rect(place).center().toPoint()


def shown(*columns):
    """One grey a column, the originals first; None where a run makes nothing of them."""
    images = [None if grey is None else np.full((COUNT, 4, 4), grey, np.uint8) for grey in columns]
    reasons = tuple("" if image is not None else "other images" for image in images[1:])
    return SameImages(np.arange(COUNT), np.zeros(COUNT, np.int64), images[0], tuple(images[1:]), reasons)


def column(grid, index, place=0):
    """The colour in the middle of an image."""
    rect = grid.row_rect(place)
    width = grid.width() / (1 + len(grid_columns(grid)))
    return grid.grab().toImage().pixelColor(round((index + 0.5) * width), round(rect.top() + 30))


def grid_columns(grid):
    return range(round((grid.width() - 8) / 68) - 1)


def test_a_click_chooses_the_image_and_tells_it(grid, chosen, qtbot):
    qtbot.mouseClick(grid, LEFT, pos=middle(grid, 3))
    assert chosen == [3]
    assert grid.current == 3


def test_the_heads_and_the_other_button_choose_nothing(grid, chosen, qtbot):
    qtbot.mouseClick(grid, LEFT, pos=QPoint(20, 5))
    qtbot.mouseClick(grid, RIGHT, pos=middle(grid, 3))
    assert chosen == []


def test_keys_go_from_image_to_image_and_stay_within_them(grid, chosen, qtbot):
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Home)
    for key in (*keys, Qt.Key.Key_End):
        qtbot.keyClick(grid, key)
    assert chosen == [0, 1, 6, 7, 6, 0, 7]


def test_without_images_no_key_and_no_click_does_anything(grid, chosen, qtbot):
    grid.show_images(None)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.mouseClick(grid, LEFT, pos=QPoint(20, grid.height() - 2))
    assert chosen == []
    grid.grab()


def test_fewer_images_leave_the_choice_on_one_that_is_there(grid, qtbot):
    qtbot.keyClick(grid, Qt.Key.Key_End)
    grid.show_images(same_images([compared("a")], (0, 1)))
    assert grid.current == 1


def test_each_column_shows_what_its_run_makes_of_the_images(grid):
    grid.show_images(shown(0, 90, 200))
    assert [column(grid, index).red() for index in range(3)] == [0, 90, 200]


def test_each_row_shows_its_own_image(grid):
    images = np.repeat(np.arange(COUNT, dtype=np.uint8) * 30, 16).reshape(COUNT, 4, 4)
    grid.show_images(SameImages(np.arange(COUNT), np.zeros(COUNT, np.int64), images, (images,), ("",)))
    assert [column(grid, 0, place).red() for place in (0, 3, 7)] == [0, 90, 210]


def colours(grid, index, place):
    """All that there are in the line of an error."""
    return colours_of(grid.grab().toImage(), 8 + index * 68, grid.row_rect(place).bottom() - 18, 60, 13)


def test_the_smaller_error_of_two_stands_out(grid):
    assert holds(colours(grid, 1, 0), THEME.good)
    assert not holds(colours(grid, 2, 0), THEME.good)


@pytest.mark.parametrize("columns", [(0, 50, 50), (0, 50), (0, 50, None)])
def test_where_none_is_better_none_stands_out(grid, columns):
    grid.show_images(shown(*columns))
    assert not any(holds(colours(grid, index, 0), THEME.good) for index in range(1, len(columns)))


def test_a_run_that_makes_nothing_of_them_has_an_empty_column(grid):
    grid.show_images(shown(0, None, 200))
    assert column(grid, 2).red() == 200
    assert len({colour for place in range(3) for colour in colours(grid, 1, place)}) <= 2  # no number


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_each_head_has_the_colour_of_its_run(grid, theme):
    grid.set_theme(theme)
    image = grid.grab().toImage()
    for index in (0, 1):
        left = round(8 + (index + 1) * 68)
        head = colours_of(image, left, 3, 60, 17)
        assert holds(head, run_colour(theme, index))
        assert not holds(head, run_colour(theme, 1 - index))


def test_the_chosen_row_is_marked(grid, qtbot):
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    image = grid.grab().toImage()

    def ground(place):
        rect = grid.row_rect(place)
        return image.pixelColor(round(grid.width() - 4), round(rect.center().y())).name()

    assert ground(1) == QColor(THEME.hovered).name()
    assert ground(0) != ground(1) != ground(2)


def test_it_is_as_large_as_its_images(grid):
    size = grid.size()
    grid.show_images(same_images([compared("a")], range(4)))
    assert grid.width() < size.width()
    assert grid.height() < size.height()
    wide = np.zeros((4, 4, 16), np.uint8)
    grid.show_images(SameImages(np.arange(4), np.zeros(4, np.int64), wide, (wide,), ("",)))
    assert grid.row_rect(0).height() < 60
