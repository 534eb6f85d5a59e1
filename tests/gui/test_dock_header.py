import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ae_studio.gui.dock_header import DockHeader


class Controls(QWidget):
    """A box that can be squeezed until its words are cut."""

    def __init__(self):
        super().__init__()
        self.box = QComboBox()
        self.box.addItem("The same images")
        self.box.setMinimumWidth(30)
        QHBoxLayout(self).addWidget(self.box)


@pytest.fixture
def controls(qtbot):
    return Controls()


@pytest.fixture
def header(qtbot, controls):
    made = DockHeader("Reconstructions", controls, (QToolButton(), QToolButton()))
    qtbot.addWidget(made)
    made.resize(500, made.sizeHint().height())
    made.show()
    return made


def squeeze(header, width):
    header.resize(width, header.height())
    header.resize(width, header.sizeHint().height())


def test_where_there_is_room_all_of_it_is_one_row(header, controls):
    title = header.findChild(QLabel, "panel_title")
    assert not header.broken
    assert controls.x() > title.geometry().left()
    assert abs(controls.geometry().center().y() - title.geometry().center().y()) < 3


def test_where_it_is_narrow_the_controls_stand_below_and_keep_their_words(header, controls):
    squeeze(header, controls.sizeHint().width() + 40)
    title = header.findChild(QLabel, "panel_title")
    assert header.broken
    assert controls.y() >= title.geometry().bottom()
    assert controls.box.width() >= controls.box.sizeHint().width()
    assert title.shown_text() == "Reconstructions"


def test_it_can_be_made_as_narrow_as_its_wider_row_and_grows_back(header):
    one_row = header.sizeHint().height()
    narrowest = header.minimumSizeHint().width()
    assert narrowest < 200
    squeeze(header, narrowest)
    assert header.sizeHint().height() > one_row
    assert header.minimumSizeHint().width() == narrowest
    squeeze(header, 500)
    assert (header.broken, header.sizeHint().height()) == (False, one_row)


def test_words_that_may_be_left_out_need_no_row_of_their_own(qtbot):
    label = QLabel("decoded, support, nearest real image")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    header = DockHeader("Interpolation", label, (QToolButton(), QToolButton()))
    qtbot.addWidget(header)
    header.resize(200, 30)
    header.show()
    assert not header.broken


def test_without_controls_it_is_a_title_and_two_buttons(qtbot):
    header = DockHeader("Setup", None, (QToolButton(), QToolButton()))
    qtbot.addWidget(header)
    header.resize(QSize(60, 30))
    header.show()
    assert not header.broken
    assert header.minimumSizeHint().width() < 120
