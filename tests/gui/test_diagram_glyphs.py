import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ae_studio.gui.diagram_glyphs import PARTS, draw_part
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.models import diagrams

SIZE = 60


def drawn(kind, theme, draw=draw_part):
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, kind, QRectF(7, 7, 46, 46), theme)
    painter.end()
    return image


def inked(image):
    return {(x, y) for x in range(SIZE) for y in range(SIZE) if image.pixelColor(x, y).alpha() > 40}


def test_there_is_a_drawing_for_every_part():
    assert set(PARTS) == set(diagrams.PARTS)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", PARTS)
def test_a_part_is_drawn_inside_its_box(qapp, kind, theme):
    pixels = inked(drawn(kind, theme))
    assert len(pixels) > 60
    assert all(5 <= x <= 55 and 5 <= y <= 55 for x, y in pixels)


def test_no_two_parts_look_alike(qapp):
    images = [drawn(kind, DARK) for kind in PARTS]
    assert all(one != other for index, one in enumerate(images) for other in images[index + 1 :])


def test_the_encoder_narrows_and_the_decoder_widens(qapp):
    def height(kind, x):
        ys = [y for column, y in inked(drawn(kind, DARK)) if column == x]
        return max(ys) - min(ys)

    assert height("encoder", 12) > height("encoder", 48)
    assert height("decoder", 12) < height("decoder", 48)
