import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ae_studio.gui.sweep_map_layout import laid_out
from ae_studio.gui.sweep_map_paint import FONT, MapPainter, cell_colours, font_of
from ae_studio.gui.sweep_words import value_text
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.sweeps.table import table_of
from tests.gui.swept import grid

DIMS, RATES = (2, 8, 32), (0.001, 0.01)


def table(root, loss=lambda dim, rate, seed: dim + 1000 * rate, **options):
    return table_of(grid(root, DIMS, RATES, loss, **options), "loss")


def made_painter(table, theme=DARK, size=(700, 400)):
    font = QApplication.font()
    width = QFontMetricsF(font_of(font, FONT)).horizontalAdvance
    names = ([value_text(value) for value in values] for values in (table.columns.values, table.row_values))
    layout = laid_out(QRectF(0, 0, *size), *names, width)
    return MapPainter(table, "Loss", theme, layout, font), layout


def painted(painter, theme=DARK, size=(700, 400)):
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    canvas = QPainter(image)
    painter.paint(canvas)
    canvas.end()
    return image


def pixel(image, point):
    return QColor(image.pixel(point.toPoint())).name()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_low_means_have_the_colours_of_the_low_end_and_equal_ones_the_same(qapp, tmp_path, theme):
    made = table(tmp_path, lambda dim, rate, seed: 20 + {2: 3, 8: 1, 32: 2}[dim])
    colours, by_logarithm = cell_colours(made, theme)
    assert colours[0] == colours[1]
    assert not by_logarithm
    lightness = [QColor(colour).lightnessF() for colour in colours[0]]
    assert np.argsort(lightness).tolist() == [1, 2, 0]


def test_where_one_training_went_astray_the_others_still_differ(qapp, tmp_path):
    losses = {(2, 0.001): 20, (8, 0.001): 30, (32, 0.001): 25}
    made = table(tmp_path, lambda dim, rate, seed: losses.get((dim, rate), 3000))
    colours, by_logarithm = cell_colours(made, DARK)
    assert by_logarithm
    assert len({*colours[0]}) == 3


def test_a_cell_has_its_colour_and_one_without_a_run_is_the_ground(qapp, tmp_path):
    made = table(tmp_path, skip=((32, 0.01),))
    painter, layout = made_painter(made)
    image, (colours, _) = painted(painter), cell_colours(made, DARK)
    for row in range(2):
        for column in range(3):
            corner = layout.rect((row, column)).topLeft()
            corner.setX(corner.x() + 8)
            corner.setY(corner.y() + 8)
            assert pixel(image, corner) == (colours[row][column] or DARK.panel)
    assert colours[1][2] == ""


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_best_cell_alone_is_outlined(qapp, tmp_path, theme):
    made = table(tmp_path)
    painter, layout = made_painter(made, theme)
    image, text = painted(painter, theme), QColor(theme.text).lightnessF()

    def has_a_line_above(place):
        top = layout.slot(place).center().x(), layout.slot(place).top()
        lightness = [image.pixelColor(int(top[0]), int(top[1]) + down).lightnessF() for down in range(3)]
        return min(abs(each - text) for each in lightness) < 0.1

    assert made.best == (0, 0)
    assert [place for place in np.ndindex(made.shape) if has_a_line_above(place)] == [(0, 0)]


def test_numbers_are_there_while_there_is_room_then_their_spread_goes_then_they(qapp, tmp_path):
    made = table(tmp_path, lambda dim, rate, seed: dim + seed, seeds=2)
    shown = [made_painter(made, size=size)[0] for size in ((700, 400), (700, 150), (160, 120))]
    assert [painter.shows_numbers for painter in shown] == [True, True, False]
    assert [painter.shows_spread for painter in shown] == [True, False, False]
    for painter, size in zip(shown, ((700, 400), (700, 150), (160, 120)), strict=True):
        painted(painter, size=size)


def test_a_single_seed_has_no_spread(qapp, tmp_path):
    assert not made_painter(table(tmp_path))[0].shows_spread


def test_equal_means_have_a_colour_too(qapp, tmp_path):
    colours, _ = cell_colours(table(tmp_path, lambda *_: 5.0), DARK)
    assert len({colour for row in colours for colour in row}) == 1
