import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ae_studio.gui.card_button import CardButton

WORDS = "Three of them that differ in one thing alone, and then all of them side by side."


@pytest.fixture
def button(qtbot):
    made = CardButton("A title", WORDS)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_click_on_its_words_is_a_click_on_it(button, qtbot):
    words = next(label for label in button.findChildren(QLabel) if label.text() == WORDS)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=words.geometry().center())
    assert button.childAt(words.geometry().center()) is None


def test_the_narrower_the_higher(button):
    assert button.heightForWidth(160) > button.heightForWidth(240) > button.heightForWidth(800)


def test_words_that_do_not_break_keep_it_as_high_as_it_is(qtbot):
    flat = CardButton("A title", WORDS, wrapped=False)
    qtbot.addWidget(flat)
    assert flat.heightForWidth(120) == flat.heightForWidth(800)
    assert flat.minimumSizeHint().width() < flat.fontMetrics().horizontalAdvance(WORDS)
