from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ae_studio.gui.leaving import Leaving


@pytest.fixture
def session():
    return SimpleNamespace(training=False, own_process=None)


@pytest.fixture
def leaving(qtbot, session):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Leaving(session, window)
    made.told = []
    made.stop_requested.connect(lambda: made.told.append("stop"))
    made.close_requested.connect(lambda: made.told.append("close"))
    return made


def answer(qtbot, leaving, text):
    [question] = leaving.parent().findChildren(QMessageBox, "close_question")
    button = next(each for each in question.buttons() if text in each.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_that_runs_is_nothing_to_ask(leaving):
    assert leaving.may_close()
    assert leaving.parent().findChild(QMessageBox) is None


def test_a_training_is_kept_where_the_user_wants_it(qtbot, leaving, session):
    session.training = True
    assert not leaving.may_close()
    answer(qtbot, leaving, "Keep")
    leaving.go_on(None)
    assert leaving.told == []


def test_a_training_is_stopped_and_the_window_closes_behind_it(qtbot, leaving, session):
    session.training = True
    assert not leaving.may_close()
    answer(qtbot, leaving, "Stop")
    assert leaving.told == ["stop"]
    session.training = False
    leaving.go_on(None)
    assert leaving.told == ["stop", "close"]
    assert leaving.may_close()


def test_a_training_that_ended_while_it_was_asked_about_is_not_stopped(qtbot, leaving, session):
    session.training = True
    leaving.may_close()
    session.training = False
    answer(qtbot, leaving, "Stop")
    assert leaving.told == ["close"]


def test_a_process_of_its_own_can_be_left_running(qtbot, leaving, session):
    session.own_process = object()
    assert not leaving.may_close()
    answer(qtbot, leaving, "Let it run")
    assert leaving.told == ["close"]
    assert leaving.may_close()
