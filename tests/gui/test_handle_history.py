import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.gui.hand import Hand
from ae_studio.gui.handle_history import HandleHistory
from ae_studio.gui.undo import UndoStack


@pytest.fixture
def hand(qtbot):
    made = Hand()
    yield made
    made.end()


@pytest.fixture
def stack(hand):
    made = UndoStack(hand)
    hand.begin(LatentSpace(2), np.zeros(0, dtype=np.int64))
    hand.put(np.zeros(2))
    HandleHistory(hand, made, hand)
    hand.put(np.zeros(2))
    return made


def test_a_drag_is_one_step_that_goes_back_to_where_it_began(qtbot, hand, stack):
    with qtbot.waitSignal(stack.indexChanged):
        for x in (1, 2, 3):
            hand.put(np.array([x, 0]))
    stack.undo()
    assert hand.explorer.handle.tolist() == [0, 0]
    stack.redo()
    assert hand.explorer.handle.tolist() == [3, 0]
    assert stack.count() == 1


def test_undoing_is_no_step_of_its_own(qtbot, hand, stack):
    for x in (1, 2):
        with qtbot.waitSignal(stack.indexChanged):
            hand.put(np.array([x, 0]))
    stack.undo()
    with qtbot.assertNotEmitted(stack.indexChanged, wait=600):
        pass
    assert (stack.count(), stack.index()) == (2, 1)


@pytest.fixture
def history(hand, stack):
    return next(child for child in hand.children() if isinstance(child, HandleHistory))


def test_a_step_of_its_own_has_its_own_words_and_leaves_no_other_behind(qtbot, hand, stack, history):
    done = []
    history.begin_step()
    for x in (1, 2):
        hand.put(np.array([x, 0]))
        qtbot.wait(450)  # a rest
    history.end_step("Throw", lambda: (done.append("back"), hand.put(np.zeros(2))), lambda: done.append("again"))
    assert [stack.text(index) for index in range(stack.count())] == ["Throw"]
    stack.undo()
    stack.redo()
    qtbot.wait(450)
    assert done == ["back", "again"]
    assert stack.count() == 1


def test_what_was_moved_before_is_another_step(hand, stack, history):
    hand.put(np.array([1, 0]))
    history.begin_step()
    hand.put(np.array([2, 0]))
    history.end_step("Throw", lambda: None, lambda: None)
    assert [stack.text(index) for index in range(stack.count())] == ["Move the handle", "Throw"]


def test_a_step_that_came_to_nothing_is_none(qtbot, hand, stack, history):
    history.begin_step()
    history.drop_step()
    assert stack.count() == 0
    with qtbot.waitSignal(stack.indexChanged):
        hand.put(np.array([3, 0]))
    assert stack.undoText() == "Move the handle"


def test_a_handle_that_follows_something_makes_no_step_and_waits_while_one_is_made(qtbot, hand, stack, history):
    history.follow(lambda: hand.put(np.array([1, 0])))
    qtbot.wait(450)
    assert stack.count() == 0
    history.begin_step()
    history.follow(lambda: hand.put(np.array([9, 9])))
    assert hand.explorer.handle.tolist() == [1, 0]
    history.drop_step()
