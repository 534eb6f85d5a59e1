import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.colour_button import ColourButton
from ae_studio.gui.colouring import ColourChoice

CHOICES = [
    ColourChoice("class", "Class", "The class of each image", ""),
    ColourChoice("error", "Error", "How far off", ""),
    ColourChoice("kl", "KL", "What it costs", "There is none"),
]


@pytest.fixture
def button(qtbot):
    made = ColourButton()
    qtbot.addWidget(made)
    made.choices = lambda: CHOICES
    made.show()
    return made


def opened(button):
    button.menu().aboutToShow.emit()
    return {action.objectName(): action for action in button.menu().actions()}


def test_choices_are_asked_for_whenever_the_menu_opens(button):
    assert [action.text() for action in opened(button).values()][:3] == ["Class", "Error", "KL"]
    button.choices = lambda: CHOICES[:1]
    assert "error_colour_action" not in opened(button)


def test_what_is_not_possible_is_greyed_with_the_reason(button):
    action = opened(button)["kl_colour_action"]
    assert not action.isEnabled()
    assert action.toolTip() == "There is none"
    assert button.menu().toolTipsVisible()


def test_a_choice_is_told_and_ticked_once_it_is_made(button, qtbot):
    with qtbot.waitSignal(button.chosen) as chosen:
        opened(button)["error_colour_action"].trigger()
    assert chosen.args == ["error"]
    button.show_choice("error")
    actions = opened(button)
    assert actions["error_colour_action"].isChecked()
    assert not actions["class_colour_action"].isChecked()
    assert "Error" in button.accessibleName()
    assert "Error" in button.toolTip()


def test_shapes_stay_on_when_the_menu_opens_again(button, qtbot):
    with qtbot.waitSignal(button.shapes_toggled) as toggled:
        opened(button)["shapes_action"].trigger()
    assert toggled.args == [True]
    assert opened(button)["shapes_action"].isChecked()


def test_it_is_reached_by_the_keyboard(button):
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
