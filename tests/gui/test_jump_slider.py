import pytest
from PySide6.QtCore import QPoint, Qt

from ae_studio.gui.jump_slider import JumpSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot):
    made = JumpSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(made)
    made.setRange(0, 80)
    made.resize(420, 24)
    made.show()
    return made


@pytest.mark.parametrize(("x", "value"), [(0, 0), (210, 40), (112, 20), (419, 80)])
def test_a_click_goes_to_the_value_under_it(slider, qtbot, x, value):
    slider.setValue(60)
    qtbot.mouseClick(slider, LEFT, pos=QPoint(x, 12))
    assert slider.value() == pytest.approx(value, abs=1)


def test_the_press_goes_on_as_a_drag(slider, qtbot):
    qtbot.mousePress(slider, LEFT, pos=QPoint(210, 12))
    qtbot.mouseMove(slider, QPoint(310, 12))
    assert slider.isSliderDown()
    assert slider.value() == pytest.approx(60, abs=1)
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(310, 12))


def test_taking_the_handle_beside_its_middle_does_not_move_it(slider, qtbot):
    slider.setValue(40)
    qtbot.mouseClick(slider, LEFT, pos=QPoint(214, 12))
    assert slider.value() == 40


def test_another_button_moves_nothing(slider, qtbot):
    slider.setValue(40)
    qtbot.mouseClick(slider, Qt.MouseButton.RightButton, pos=QPoint(10, 12))
    assert slider.value() == 40
