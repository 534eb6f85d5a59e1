import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.diagram_marks import MARKS, draw_mark
from ae_studio.gui.theme import DARK
from ae_studio.models.diagrams import ASKED, INPUTS

SIZE = 20


def drawn(kind):
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    draw_mark(painter, kind, QRectF(3, 3, 14, 14), DARK)
    painter.end()
    return image


def inked(image):
    return {(x, y) for x in range(SIZE) for y in range(SIZE) if image.pixelColor(x, y).alpha() > 40}


def test_whatever_stands_beside_the_row_has_its_sign_but_the_plain_loss():
    assert set(MARKS) == {*INPUTS, *ASKED} - {"loss"}


@pytest.mark.parametrize("kind", MARKS)
def test_a_sign_is_drawn_inside_its_square(qapp, kind):
    pixels = inked(drawn(kind))
    assert len(pixels) > 8
    assert all(1 <= x <= 18 and 1 <= y <= 18 for x, y in pixels)


def test_a_plain_loss_has_no_sign(qapp):
    assert not inked(drawn("loss"))
