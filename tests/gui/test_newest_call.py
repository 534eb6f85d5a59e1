from functools import partial

import pytest
from PySide6.QtTest import QTest

from ae_studio.gui.newest_call import NewestCall


@pytest.fixture
def newest(qapp):
    made = NewestCall(20)
    yield made
    made.forget()


def test_the_first_call_is_made_at_once_and_of_those_behind_it_the_newest(newest, qtbot):
    made = []
    for number in range(5):
        newest.put(partial(made.append, number))
    assert made == [0]
    qtbot.waitUntil(lambda: made == [0, 4])


def test_a_call_after_a_rest_does_not_wait(newest, qtbot):
    made = []
    newest.put(partial(made.append, 1))
    qtbot.waitUntil(lambda: not newest._timer.isActive())
    newest.put(partial(made.append, 2))
    assert made == [1, 2]


def test_what_is_forgotten_is_not_called(newest):
    made = []
    newest.put(partial(made.append, 1))
    newest.put(partial(made.append, 2))
    newest.forget()
    QTest.qWait(50)
    assert made == [1]


def test_the_one_that_waits_can_be_made_at_once(newest):
    made = []
    for number in range(3):
        newest.put(partial(made.append, number))
    newest.make_now()
    assert made == [0, 2]
    newest.make_now()
    assert made == [0, 2]
