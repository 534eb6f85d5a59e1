import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from ae_studio.gui.group_list import GroupList
from ae_studio.latent.groups import Group

GROUPS = (Group("ants", (0, 4)), Group("dogs", (3,)))


@pytest.fixture
def part(qtbot):
    made = GroupList()
    qtbot.addWidget(made)
    made.show_groups(GROUPS)
    made.show()
    qtbot.waitExposed(made)
    return made


def child(part, name):
    return part.findChild(QWidget, name)


def click(qtbot, part, name):
    qtbot.mouseClick(child(part, name), Qt.MouseButton.LeftButton)


def choose(qtbot, part, row):
    listed = part.findChild(QListWidget)
    place = listed.visualItemRect(listed.item(row)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return listed


def test_what_is_selected_is_kept_under_the_typed_name(qtbot, part):
    assert not child(part, "keep_group_button").isEnabled()
    part.show_selection((1, 2))
    qtbot.keyClicks(child(part, "group_name_edit"), "cats")
    with qtbot.waitSignal(part.group_wanted) as told:
        qtbot.keyClick(child(part, "group_name_edit"), Qt.Key.Key_Return)
    assert told.args == ["cats"]
    assert child(part, "group_name_edit").text() == ""
    with qtbot.waitSignal(part.group_wanted) as told:
        click(qtbot, part, "keep_group_button")
    assert told.args == [""]


def test_without_a_selection_enter_keeps_nothing(qtbot, part):
    with qtbot.assertNotEmitted(part.group_wanted):
        qtbot.keyClick(child(part, "group_name_edit"), Qt.Key.Key_Return)


def test_a_group_is_selected_again_by_button_and_by_enter(qtbot, part):
    listed = choose(qtbot, part, 1)
    with qtbot.waitSignal(part.select_wanted) as told:
        click(qtbot, part, "select_group_button")
    assert told.args == ["dogs"]
    with qtbot.waitSignal(part.select_wanted) as told:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert told.args == ["dogs"]


def test_a_group_is_renamed_in_its_place(qtbot, part):
    listed = choose(qtbot, part, 0)
    click(qtbot, part, "rename_group_button")
    edit = listed.findChild(QLineEdit)
    edit.selectAll()
    qtbot.keyClicks(edit, "emmets")
    with qtbot.waitSignal(part.rename_wanted) as told:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert told.args == ["ants", "emmets"]


def test_a_group_is_deleted_by_button_and_by_key(qtbot, part):
    listed = choose(qtbot, part, 0)
    with qtbot.waitSignal(part.delete_wanted) as told:
        click(qtbot, part, "delete_group_button")
    assert told.args == ["ants"]
    with qtbot.waitSignal(part.delete_wanted):
        qtbot.keyClick(listed, Qt.Key.Key_Delete)


def test_buttons_without_a_group_say_why(qtbot, part):
    names = ("select_group_button", "rename_group_button", "delete_group_button")
    assert all(not child(part, name).isEnabled() for name in names)
    assert {child(part, name).toolTip() for name in names} == {"No group is chosen"}
    choose(qtbot, part, 0)
    assert all(child(part, name).isEnabled() for name in names)


def test_the_chosen_group_stays_chosen_when_others_change(qtbot, part):
    choose(qtbot, part, 1)
    with qtbot.assertNotEmitted(part.rename_wanted):  # nobody has typed
        part.show_groups((GROUPS[1], Group("cats", (2,))))
    assert part.current == "dogs"
    part.show_groups((GROUPS[0],))
    assert part.current == ""


def test_many_images_of_a_group_are_told(part):
    assert part.findChild(QListWidget).item(0).toolTip() == "ants: 2 images"
