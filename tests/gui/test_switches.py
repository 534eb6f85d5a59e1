import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton

from ae_studio.events import Switch
from ae_studio.gui.switches import Switches

LABEL = Switch("class", ("zero", "one", "two"), given=True)


@pytest.fixture
def bar(qtbot):
    made = Switches()
    qtbot.addWidget(made)
    return made


def test_a_click_chooses_an_option(bar, qtbot):
    bar.show_switches((LABEL,))
    with qtbot.waitSignal(bar.option_chosen) as chosen:
        qtbot.mouseClick(bar.findChild(QToolButton, "switch_1_option_3"), Qt.MouseButton.LeftButton)
    assert chosen.args == [0, 2]


def test_what_the_handle_holds_is_shown_without_being_chosen(bar, qtbot):
    bar.show_switches((LABEL,))
    with qtbot.assertNotEmitted(bar.option_chosen):
        bar.show_options([1])
    assert bar.findChild(QToolButton, "switch_1_option_2").isChecked()
    assert not bar.findChild(QToolButton, "switch_1_option_1").isChecked()


def test_many_switches_have_a_box_each(bar, qtbot):
    bar.show_switches(tuple(Switch(f"c{number}", ("1", "2")) for number in range(1, 6)))
    boxes = [bar.findChild(QComboBox, f"switch_box_{number}") for number in range(1, 6)]
    assert all(boxes)
    bar.show_options([0, 1, 0, 1, 0])
    assert [box.currentIndex() for box in boxes] == [0, 1, 0, 1, 0]
    with qtbot.waitSignal(bar.option_chosen) as chosen:
        qtbot.keyClick(boxes[4], Qt.Key.Key_Down)
    assert chosen.args == [4, 1]


def test_without_switches_the_bar_is_gone(bar):
    bar.show_switches((LABEL,))
    assert bar.isVisibleTo(None)
    bar.show_switches(())
    assert not bar.isVisibleTo(None)
