import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ae_studio.gui.grid_menu import MODES, GridMenu


@pytest.fixture
def menu(qtbot):
    made = GridMenu()
    qtbot.addWidget(made)
    made.legend.show_longest(("too dark to too bright", ""))
    made.resize(440, 28)
    made.show()
    qtbot.waitExposed(made)
    return made


def child(menu, name):
    return menu.findChild(QWidget, name)


def shown(menu):
    names = ("grid_mode_button", "new_images_button", "sort_grid_button", "class_errors_button")
    return [name for name in names if child(menu, name).isVisible()]


def test_a_mode_is_chosen_with_the_keys(qtbot, menu):
    def go_down():
        opened = menu.findChild(QMenu)
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):  # Fixed, Random, Worst
            qtbot.keyClick(opened, key)

    QTimer.singleShot(50, menu, go_down)
    with qtbot.waitSignal(menu.mode_changed):
        qtbot.keyClick(child(menu, "grid_mode_button"), Qt.Key.Key_Space)
    assert menu.mode == "worst"
    assert child(menu, "grid_mode_button").text() == "Worst"


def test_what_has_no_room_is_in_the_menu_alone(menu):
    assert shown(menu) == ["grid_mode_button", "sort_grid_button", "class_errors_button"]
    menu.resize(menu.minimumSizeHint().width(), 28)
    assert shown(menu) == ["grid_mode_button"]
    entries = [action.text() for action in menu.findChild(QMenu).actions() if action.text()]
    assert entries == [*(title for title, _ in MODES.values()), "New", "Sort", "Classes"]
    menu.resize(440, 28)
    assert "sort_grid_button" in shown(menu)


def test_it_needs_little_room(menu):
    assert menu.minimumSizeHint().width() < 130


def test_other_random_images_are_wanted_from_random_ones_only(qtbot, menu):
    assert not menu.findChild(QAction, "new_images_action").isEnabled()
    menu.findChild(QAction, "random_images_action").trigger()
    with qtbot.waitSignal(menu.others_wanted):
        qtbot.mouseClick(child(menu, "new_images_button"), Qt.MouseButton.LeftButton)


def test_a_button_and_its_entry_agree(qtbot, menu):
    with qtbot.waitSignal(menu.sort_changed):
        qtbot.mouseClick(child(menu, "sort_grid_button"), Qt.MouseButton.LeftButton)
    assert menu.by_error
    assert menu.findChild(QAction, "sort_grid_action").isChecked()
    with qtbot.waitSignal(menu.classes_toggled) as told:
        menu.findChild(QAction, "class_errors_action").trigger()
    assert told.args == [True]
    assert child(menu, "class_errors_button").isChecked()


def test_the_worst_are_sorted_already(menu):
    menu.findChild(QAction, "sort_grid_action").trigger()
    menu.findChild(QAction, "worst_images_action").trigger()
    assert not child(menu, "sort_grid_button").isEnabled()
    assert "sorted already" in child(menu, "sort_grid_button").toolTip()
    assert not menu.by_error
