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
