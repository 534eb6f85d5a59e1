import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from ae_studio.gui.select_by import HOW_IN_WORDS, SelectBy
from tests.gui.small_run import ERRORS, NAMES


@pytest.fixture
def part(qtbot):
    made = SelectBy()
    qtbot.addWidget(made)
    made.show_classes(NAMES)
    made.show()
    return made


def click(qtbot, part, name):
    qtbot.mouseClick(part.findChild(QWidget, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("how", HOW_IN_WORDS)
def test_a_class_is_asked_for_with_what_is_done_with_it(qtbot, part, how):
    qtbot.keyClicks(part.findChild(QComboBox, "how_box"), HOW_IN_WORDS[how])
    qtbot.keyClicks(part.findChild(QComboBox, "select_class_box"), "cat")
    with qtbot.waitSignal(part.class_wanted) as told:
        click(qtbot, part, "select_class_button")
    assert told.args == [2, how]


def test_a_side_of_the_threshold_is_asked_for(qtbot, part):
    part.show_errors(ERRORS)
    with qtbot.waitSignal(part.error_wanted) as told:
        click(qtbot, part, "select_error_button")
    assert told.args == [part.threshold.threshold, True, "replace"]
    qtbot.keyClicks(part.findChild(QComboBox, "error_side_box"), "at most")
    with qtbot.waitSignal(part.error_wanted) as told:
        click(qtbot, part, "select_error_button")
    assert told.args[1] is False


def test_the_number_of_images_beside_the_threshold_follows_it(qtbot, part):
    part.show_errors(ERRORS)
    before = part.threshold.text
    assert before == f"{part.threshold.threshold:.4f}: 5 images"
    qtbot.keyClick(part.threshold, Qt.Key.Key_Left)
    assert part.threshold.text != before
    assert part.threshold.accessibleDescription() == part.threshold.text


def test_what_is_not_known_is_greyed_with_the_reason(part):
    button = part.findChild(QWidget, "select_error_button")
    assert not button.isEnabled()
    assert "being computed" in button.toolTip()
    part.show_errors(None, "There are no images")
    assert button.toolTip() == "There are no images"
    part.show_classes(())
    assert not part.findChild(QWidget, "select_class_button").isEnabled()
