import pytest
from PySide6.QtWidgets import QApplication

from ae_studio.gui.single_click import SingleClick


@pytest.fixture
def click(qtbot):
    return SingleClick()


def test_it_is_told_once_no_second_one_comes(click, qtbot):
    with qtbot.waitSignal(click.told) as told:
        click.take((1, 2))
    assert told.args == [(1, 2)]


def test_the_first_of_two_is_not_told(click, qtbot):
    with qtbot.assertNotEmitted(click.told, wait=QApplication.doubleClickInterval() + 50):
        click.take(3)
        click.call_off()


def test_of_two_places_the_later_one_is_told(click, qtbot):
    told = []
    click.told.connect(told.append)
    with qtbot.waitSignal(click.told):
        click.take(3)
        click.take(4)
    assert told == [4]


def test_where_a_second_one_would_mean_nothing_it_is_told_at_once(click):
    told = []
    click.told.connect(told.append)
    click.take(0, wait=False)
    assert told == [0]
