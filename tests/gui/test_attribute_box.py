import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QWidget

from ae_studio.gui.attribute_box import STEPS, AttributeBox
from ae_studio.latent.groups import Group

GROUPS = (Group("ants", (0,)), Group("bees", (1,)), Group("cats", (2,)))


@pytest.fixture
def box(qtbot):
    made = AttributeBox()
    qtbot.addWidget(made)
    made.show_groups(GROUPS)
    made.show_vector("Length 2.00.")
    made.show()
    return made


def ends(box):
    return [box.findChild(QComboBox, name).currentText() for name in ("from_group_box", "to_group_box")]


def test_the_slider_goes_from_minus_three_to_three(qtbot, box):
    slider, value = box.findChild(QSlider), box.findChild(QLabel, "strength_value")
    with qtbot.waitSignal(box.strength_changed) as told:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert told.args == [1 / STEPS]
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert value.text() == "−3.00"
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert value.text() == "3.00"


def test_back_brings_the_handle_back_and_apply_keeps_it(qtbot, box):
    slider = box.findChild(QSlider)
    buttons = [box.findChild(QWidget, f"{name}_attribute_button") for name in ("apply", "reset")]
    assert not any(button.isEnabled() for button in buttons)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert all(button.isEnabled() for button in buttons)
    with qtbot.waitSignal(box.apply_requested):
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(box.strength_changed) as told:
        qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert told.args == [0.0]


def test_a_reset_moves_no_handle(qtbot, box):
    qtbot.keyClick(box.findChild(QSlider), Qt.Key.Key_End)
    with qtbot.assertNotEmitted(box.strength_changed):
        box.reset()
    assert box.findChild(QLabel, "strength_value").text() == "0.00"


def test_another_group_is_another_vector(qtbot, box):
    assert ends(box) == ["ants", "bees"]
    with qtbot.waitSignal(box.groups_chosen) as told:
        qtbot.keyClick(box.findChild(QComboBox, "to_group_box"), Qt.Key.Key_Down)
    assert told.args == ["ants", "cats"]


def test_the_ends_stay_when_groups_come_and_go(qtbot, box):
    qtbot.keyClick(box.findChild(QComboBox, "to_group_box"), Qt.Key.Key_Down)
    box.show_groups((*GROUPS[1:], Group("dogs", (3,))))
    assert ends(box) == ["bees", "cats"]


def test_the_second_group_becomes_the_other_end(qtbot, box):
    box.show_groups(())
    box.show_groups(GROUPS[:1])
    assert ends(box) == ["ants", "ants"]
    with qtbot.waitSignal(box.groups_chosen) as told:
        box.show_groups(GROUPS[:2])
    assert told.args == ["ants", "bees"]


def test_without_a_vector_the_reason_is_told(box):
    box.show_vector("", "Keep two groups first")
    assert not box.findChild(QSlider).isEnabled()
    assert box.findChild(QSlider).toolTip() == "Keep two groups first"
    assert "Keep two groups first" in [label.text() for label in box.findChildren(QLabel)]
