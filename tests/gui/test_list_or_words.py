import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget

from ae_studio.gui.list_or_words import ListOrWords


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(400, 300)
    return page


def test_words_stand_there_until_there_is_a_list(page, qtbot):
    the_list = QListWidget()
    stack = ListOrWords(the_list, "Reading…", page)
    with qtbot.waitExposed(page):
        page.show()
    words = stack.findChild(QLabel, "library_empty")
    assert words.isVisible()
    assert words.text() == "Reading…"
    stack.show_list(True)
    assert the_list.isVisible()
    stack.say("Nothing is left.")
    assert not words.isVisible()
    stack.show_list(False)
    assert words.isVisible()
    assert words.text() == "Nothing is left."


def test_a_button_that_helps_stands_below_the_words(page, qtbot):
    way_out = QPushButton("Show all")
    stack = ListOrWords(QListWidget(), "None is like this.", page, way_out)
    stack.resize(page.size())
    with qtbot.waitExposed(page):
        page.show()
    assert way_out.isVisible()
    words = stack.findChild(QLabel, "library_empty")
    assert way_out.mapTo(stack, way_out.rect().topLeft()).y() >= words.mapTo(stack, words.rect().bottomLeft()).y()
    stack.show_list(True)
    assert not way_out.isVisible()
