import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.epoch_box import EpochBox


@pytest.fixture
def box(qtbot):
    made = EpochBox()
    qtbot.addWidget(made)
    made.show()
    made.offer((0, 5, 10, 20), 10)
    return made


@pytest.fixture
def chosen(box):
    epochs = []
    box.epoch_chosen.connect(epochs.append)
    return epochs


def test_keys_lead_from_one_kept_epoch_to_the_next(box, chosen, qtbot):
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(box, key)
    assert chosen == [20, 10, 5]
    assert box.value() == 5


def test_a_typed_number_goes_to_the_nearest_that_is_kept(box, chosen, qtbot):
    box.selectAll()
    qtbot.keyClicks(box.lineEdit(), "17")
    assert chosen == []  # not before it is whole
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen == [20]
    assert box.value() == 20


def test_what_is_offered_is_not_chosen(box, chosen):
    box.offer((0, 1), 1)
    assert chosen == []
    assert box.text() == "epoch 1"
