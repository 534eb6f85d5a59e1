import pytest
from PySide6.QtCore import Qt

from ae_studio.config import FieldSpec
from ae_studio.gui.number_box import NumberBox

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def box(qtbot):
    made = NumberBox(FieldSpec("lr", "Learning rate", "", "float", 1e-3, low=0.0, high=10.0, low_open=True))
    qtbot.addWidget(made)
    made.setValue(1e-3)
    made.show()
    return made


def test_ctrl_and_an_arrow_double_and_halve_within_the_range(box, qtbot):
    qtbot.keyClick(box, Qt.Key.Key_Up, CTRL)
    assert box.value() == pytest.approx(2e-3)
    for _ in range(3):
        qtbot.keyClick(box, Qt.Key.Key_Down, CTRL)
    assert box.value() == pytest.approx(2.5e-4)
    box.setValue(8.0)
    qtbot.keyClick(box, Qt.Key.Key_Up, CTRL)
    assert box.value() == 10.0


def test_without_ctrl_they_go_through_one_two_and_five(box, qtbot):
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == pytest.approx(5e-3)


def test_small_numbers_stand_there_as_one_writes_them(box):
    for value, text in ((1e-5, "1e-05"), (0.25, "0.25"), (1.53e-4, "0.000153")):
        box.setValue(value)
        assert box.text() == text
