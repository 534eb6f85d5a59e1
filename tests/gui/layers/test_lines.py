import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.layers.lines import apart, end_of, path_of, write
from ae_studio.gui.theme import DARK
from tests.gui.layers.seen import PIXEL_MAP

CIRCLE = np.stack([np.cos(np.linspace(0, 7, 200)), np.sin(np.linspace(0, 7, 200))], axis=1).astype(np.float32)


def test_a_path_is_where_its_line_is_and_has_holes(qapp):
    path = path_of([2 * CIRCLE, CIRCLE], PIXEL_MAP)
    assert path.contains(QPointF(200, 200 - 75))
    assert not path.contains(QPointF(200, 200))


def test_a_word_stands_at_the_highest_or_lowest_place_that_is_seen():
    assert end_of(CIRCLE, PIXEL_MAP).toTuple() == pytest.approx((200, 150), abs=2)
    assert end_of(CIRCLE, PIXEL_MAP, lowest=True).toTuple() == pytest.approx((200, 250), abs=2)
    assert end_of(CIRCLE + 100, PIXEL_MAP) is None


def test_words_are_centred_at_their_place(qapp):
    image = QImage(400, 400, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    write(painter, QPointF(120, 80), "86 %", QColor(DARK.text), DARK)
    painter.end()
    alpha = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(400, 400, 4)[..., 3]
    rows, columns = np.nonzero(alpha)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(120, abs=2)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(80, abs=2)


def test_a_word_steps_aside_for_another():
    placed = []
    places = [apart(QPointF(x, 50), placed, 14).toTuple() for x in (100, 110, 105, 200)]
    assert places == [(100, 50), (110, 64), (105, 78), (200, 50)]
