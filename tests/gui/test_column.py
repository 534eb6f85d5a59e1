import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QWidget

from ae_studio.gui.column import Column

WORDS = "word " * 60


@pytest.fixture
def window(qtbot):
    """A column of words and of a rest, above a dock that may become small."""
    made = QMainWindow()
    qtbot.addWidget(made)
    made.column, made.words, made.rest, below = Column(made), QLabel(WORDS, wordWrap=True), QWidget(), QWidget()
    made.rest.setMinimumSize(QSize(100, 80))
    made.column.add(made.words)
    made.column.add(made.rest)
    made.setCentralWidget(made.column)
    below.setMinimumHeight(20)
    dock = QDockWidget("below", made)
    dock.setWidget(below)
    made.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    made.resize(600, 400)
    made.show()
    made.resizeDocks([dock], [250], Qt.Orientation.Vertical)
    return made


def is_whole(window):
    bottom = window.rest.geometry().bottom()
    words = window.words.heightForWidth(window.words.width())
    return bottom < window.column.height() and window.rest.height() >= 80 and window.words.height() >= words


def test_words_that_break_take_the_room_from_what_stands_around(window, qtbot):
    qtbot.waitUntil(lambda: is_whole(window))
    window.resize(200, 400)
    qtbot.waitUntil(lambda: is_whole(window))
    assert window.height() == 400


def test_it_needs_no_more_than_its_width_makes_it(window, qtbot):
    window.resize(200, 400)
    qtbot.waitUntil(lambda: window.column.minimumSizeHint().height() > 200)
    window.resize(1200, 400)
    qtbot.waitUntil(lambda: window.column.minimumSizeHint().height() < 150)


def test_a_wish_is_granted_as_far_as_there_is_room(window, qtbot):
    """The words are as high as they need to be, a list above the rest as high as it can."""

    class List(QWidget):
        def sizeHint(self):  # noqa: N802
            return QSize(100, 150)

    listed = List()
    listed.setMinimumHeight(30)
    column = Column()
    qtbot.addWidget(column)
    for part in (listed, rest := QWidget()):
        column.add(part)
    rest.setMinimumHeight(80)
    column.show()
    for height, expected in ((400, 150), (200, 120), (110, 30)):
        column.resize(300, height)
        assert (listed.height(), rest.height()) == (expected, height - expected)
    listed.hide()
    qtbot.waitUntil(lambda: rest.height() == 110)
