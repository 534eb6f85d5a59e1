import pytest
from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from ae_studio.gui.comparing import Comparing
from ae_studio.gui.theme import DARK, LIGHT

LOADED = 60_000  # ms: the first test of a process loads torch


@pytest.fixture
def comparing(qapp, qtbot):
    QSettings().clear()
    owner = QObject()
    made = Comparing(owner)
    yield made
    made.close()
    made.end()


@pytest.fixture
def opened(comparing, qtbot, tmp_path):
    """On two runs that are not there: the window says so."""
    comparing.open([(tmp_path / "one", None), (tmp_path / "two", None)])
    with qtbot.waitSignal(comparing.window.comparer.loaded, timeout=LOADED):
        pass
    qtbot.waitExposed(comparing.window)
    return comparing


def grounds(window):
    return {tab.theme for tab in window._tabs()}


def test_there_is_no_window_before_one_is_wanted(comparing):
    comparing.set_theme(LIGHT)
    comparing.close()
    assert comparing.window is None


def test_the_window_opens_in_the_theme_of_the_others_and_follows_it(comparing, qtbot, tmp_path):
    comparing.set_theme(LIGHT)
    comparing.open([(tmp_path / "one", None)])
    with qtbot.waitSignal(comparing.window.comparer.loaded, timeout=LOADED):
        pass
    assert comparing.window.isVisible()
    assert grounds(comparing.window) == {LIGHT}
    comparing.set_theme(DARK)
    assert grounds(comparing.window) == {DARK}


def test_it_is_the_same_window_the_next_time_and_comes_back_when_it_was_closed(opened, qtbot, tmp_path):
    first = opened.window
    opened.close()
    assert not first.isVisible()
    with qtbot.waitSignal(first.comparer.loaded, timeout=LOADED):
        opened.open([(tmp_path / "three", None)])
    assert opened.window is first
    assert first.isVisible()


def test_a_run_that_shall_be_opened_is_told_by_its_path(opened, qtbot, tmp_path):
    with qtbot.waitSignal(opened.open_requested) as told:
        opened.window.open_requested.emit(tmp_path / "one")
    assert told.args == [str(tmp_path / "one")]


def test_when_it_has_ended_no_window_is_left(opened):
    window = opened.window
    opened.end()
    assert opened.window is None
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    assert window not in QApplication.topLevelWidgets()
