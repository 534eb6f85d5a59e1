import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor

from ae_studio.gui.drawing_sheet import SIDE, DrawingSheet, ink_image, picture_image


@pytest.fixture
def sheet(qapp):
    return DrawingSheet(QColor("#ffffff"))


def draw(sheet, *points, width=20.0, pressure=1.0, erasing=False):
    first, *others = (QPointF(*point) for point in points)
    areas = [sheet.begin(first, width, pressure, erasing=erasing)]
    areas += [sheet.extend(point, pressure) for point in others]
    changed, patch = sheet.finish()
    return [*areas, changed], patch


def test_a_new_sheet_is_empty(sheet):
    assert sheet.is_empty
    assert not sheet.ink().any()


def test_a_dot_is_a_disc_as_wide_as_the_pen(sheet):
    draw(sheet, (100, 200), width=40)
    assert sheet.ink().sum() / 255 == pytest.approx(np.pi * 20**2, rel=0.02)
    rows, columns = np.nonzero(sheet.ink() > 127)
    assert (rows.mean(), columns.mean()) == (pytest.approx(199.5, abs=0.6), pytest.approx(99.5, abs=0.6))


def test_a_line_reaches_from_the_first_point_to_the_last(sheet):
    draw(sheet, (100, 100), (200, 100), (300, 100))
    ink = sheet.ink()
    assert ink[100, 92:308].min() == 255
    assert not ink[100, :88].any()
    assert not ink[100, 312:].any()
    assert ink[:, 200].sum() / 255 == pytest.approx(20, abs=1)


def test_a_corner_becomes_round_and_the_ink_leads_through_the_middles(sheet):
    draw(sheet, (100, 100), (300, 100), (300, 300), width=6)
    ink = sheet.ink()
    assert ink[100, 200] == ink[200, 300] == 255
    assert not ink[100, 300]  # the corner itself
    middle = 0.25 * np.array([200, 100]) + 0.5 * np.array([300, 100]) + 0.25 * np.array([300, 200])  # Bézier at 1/2
    assert ink[int(middle[1]), int(middle[0])] == 255


def test_a_stylus_that_hardly_touches_draws_thinner(sheet):
    draw(sheet, (100, 100), (300, 100), pressure=0.0)
    draw(sheet, (100, 300), (300, 300), pressure=1.0)
    ink = sheet.ink()
    assert ink[60:140, 200].sum() == pytest.approx(0.4 * ink[260:340, 200].sum(), rel=0.1)


def test_the_eraser_takes_ink_away_and_adds_none(sheet):
    draw(sheet, (100, 100), (300, 100))
    draw(sheet, (200, 50), (200, 300), width=60, erasing=True)
    ink = sheet.ink()
    assert not ink[:, 175:225].any()
    assert ink[100, 120] == ink[100, 280] == 255


def test_what_has_changed_is_told_and_nothing_else_has(sheet):
    draw(sheet, (400, 400), (500, 500))
    before = sheet.ink()
    areas, patch = draw(sheet, (100, 100), (150, 220), (300, 120))
    told = np.zeros((SIDE, SIDE), dtype=bool)
    for area in areas:
        box = area.toAlignedRect()
        told[box.top() : box.bottom() + 1, box.left() : box.right() + 1] = True
    assert not (sheet.ink() != before)[~told].any()
    assert patch.area.width() < 260


def test_a_stroke_is_taken_back_and_done_again(sheet):
    draw(sheet, (100, 100), (300, 300))
    before = sheet.ink()
    _, patch = draw(sheet, (300, 100), (100, 300))
    after = sheet.ink()
    sheet.take_back(patch)
    np.testing.assert_array_equal(sheet.ink(), before)
    sheet.do_again(patch)
    np.testing.assert_array_equal(sheet.ink(), after)


def test_a_stroke_that_changes_nothing_is_no_step(sheet):
    assert draw(sheet, (100, 100), (200, 200), erasing=True)[1] is None
    assert sheet.finish()[1] is None


def test_a_stroke_under_way_can_be_abandoned(sheet):
    draw(sheet, (100, 100), (300, 300))
    before = sheet.ink()
    sheet.begin(QPointF(400, 50), 20)
    sheet.extend(QPointF(50, 400))
    sheet.abandon()
    assert not sheet.drawing
    np.testing.assert_array_equal(sheet.ink(), before)


def test_a_stroke_over_the_edge_stays_on_the_sheet(sheet):
    _, patch = draw(sheet, (-50, 20), (50, 20))
    assert QRect(0, 0, SIDE, SIDE).contains(patch.area)


def test_other_ink_is_as_much_ink(sheet):
    draw(sheet, (100, 100), (300, 250))
    before = sheet.ink()
    sheet.recolour(QColor("#0b0d12"))
    np.testing.assert_array_equal(sheet.ink(), before)
    assert sheet.image.pixelColor(100, 100) == QColor("#0b0d12")


def test_what_is_brought_back_has_the_ink_of_now(sheet):
    _, patch = draw(sheet, (100, 100), (300, 250))
    sheet.take_back(patch)
    sheet.recolour(QColor("#0b0d12"))
    sheet.do_again(patch)
    assert sheet.image.pixelColor(100, 100) == QColor("#0b0d12")


def test_a_whole_sheet_is_put_and_taken_back(sheet):
    draw(sheet, (100, 100), (300, 250))
    before = sheet.ink()
    ink = np.random.default_rng(0).random((SIDE, SIDE)).astype(np.float32)
    patch = sheet.replace(ink_image(ink))
    np.testing.assert_array_equal(sheet.ink(), np.rint(255 * ink))
    sheet.take_back(patch)
    np.testing.assert_array_equal(sheet.ink(), before)
    assert sheet.replace(None) is not None
    assert sheet.is_empty
    assert sheet.replace(None) is None


def test_a_picture_keeps_its_colours_and_what_is_erased_is_black(sheet):
    sheet.coloured = True
    picture = np.random.default_rng(0).integers(256, size=(SIDE, SIDE, 3), dtype=np.uint8)
    sheet.replace(picture_image(picture))
    np.testing.assert_array_equal(sheet.picture(), picture)
    draw(sheet, (100, 100), (200, 100), erasing=True)
    assert not sheet.picture()[100, 150].any()


def test_a_coloured_pen_draws_its_colour(sheet):
    sheet.coloured = True
    sheet.colour = QColor(250, 20, 90)
    draw(sheet, (100, 100), (200, 100))
    assert sheet.picture()[100, 150].tolist() == [250, 20, 90]
