import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ae_studio.gui.hover_card import HoverCard
from ae_studio.gui.theme import DARK, LIGHT

GREY = np.full((8, 8), 255, dtype=np.uint8)
RED = np.zeros((8, 8, 3), dtype=np.uint8) + np.array([200, 10, 10], dtype=np.uint8)


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


@pytest.fixture
def card(parent):
    return HoverCard(parent)


def centre(card):
    return card.grab().toImage().pixelColor(card.width() // 2, 40).name()


def test_it_lies_beside_the_cursor_and_always_within_its_parent(parent, card):
    for x in range(0, 401, 40):
        for y in range(0, 301, 30):
            card.show_point(GREY, ("7 · image 1",), "#ff0000", QPoint(x, y))
            assert parent.rect().contains(card.geometry())
            assert not card.geometry().contains(QPoint(x, y))


def test_it_lies_over_what_else_is_there_and_takes_no_mouse(parent, card):
    other = QWidget(parent)
    other.setGeometry(QRect(0, 0, 400, 300))
    other.show()
    card.show_point(GREY, ("7",), "#ff0000", QPoint(100, 200))
    assert parent.children()[-1] is card
    assert card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_grey_images_are_in_the_themes_ink_and_colour_ones_as_they_are(card):
    card.show_point(GREY, ("7",), "#ff0000", QPoint(10, 10))
    assert centre(card) == QColor(DARK.image_ink).name()
    card.set_theme(LIGHT)
    assert centre(card) == QColor(LIGHT.image_ink).name()
    card.show_point(RED, ("7",), "#ff0000", QPoint(10, 10))
    assert centre(card) == "#c80a0a"


def test_the_frame_has_the_classs_colour_and_the_words_are_read_aloud(card):
    card.show_point(GREY, ("7 · image 1", "0.53"), "#00ff00", QPoint(10, 10))
    assert card.grab().toImage().pixelColor(card.width() // 2, 1).green() > 240
    assert card.accessibleName() == "7 · image 1, 0.53"


def test_long_words_have_room(card):
    card.show_point(GREY, ("7",), "#00ff00", QPoint(10, 10))
    width, height = card.width(), card.height()
    card.show_point(GREY, ("a class of quite a long name · image 1,234", "0.5"), "#00ff00", QPoint(10, 10))
    assert card.width() > width
    assert card.height() > height
