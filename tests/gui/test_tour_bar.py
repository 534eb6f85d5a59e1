import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from ae_studio.gui.theme import DARK
from ae_studio.gui.tour_bar import TourBar
from ae_studio.training.tours import Stop, Tour

TOUR = Tour("Two things", "", (Stop("First this.", "train", "talk"), Stop("Then that.")))


@pytest.fixture
def bar(qtbot):
    made = TourBar()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    return made


def test_it_is_there_only_while_there_is_something_to_tell(bar):
    assert bar.isHidden()
    bar.show_stop(TOUR, 0, "")
    assert not bar.isHidden()
    assert bar.accessibleName() == "Two things  1/2: First this."


def test_one_cannot_go_on_before_the_run_is_trained(bar):
    button = bar.findChild(QAbstractButton, "tour_next_button")
    bar.show_stop(TOUR, 0, "It trains")
    assert (button.isEnabled(), button.toolTip(), button.text()) == (False, "It trains", "Next")
    bar.show_stop(TOUR, 1, "")
    assert (button.isEnabled(), button.text()) == (True, "Done")
    assert bar.findChild(QLabel, "tour_text").text() == "Then that."


def test_on_and_out_are_a_click_each(bar, qtbot):
    bar.show_stop(TOUR, 1, "")
    with qtbot.waitSignal(bar.next_requested):
        qtbot.mouseClick(bar.findChild(QAbstractButton, "tour_next_button"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.end_requested):
        qtbot.mouseClick(bar.findChild(QAbstractButton, "tour_end_button"), Qt.MouseButton.LeftButton)
