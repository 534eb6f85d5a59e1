import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDockWidget, QMenu, QWidget

from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.gui.view_menu import ViewMenu


@pytest.fixture
def parent(qtbot):
    QSettings().clear()
    made = QWidget()
    qtbot.addWidget(made)
    return made


def made(parent):
    menu = QMenu("View", parent)
    dock = QDockWidget("Loss", parent)
    return menu, ViewMenu(menu, [dock], parent)


def action(menu, name):
    return next(each for each in menu.actions() if name in (each.objectName(), each.text()))


def test_a_chosen_theme_is_told_and_remembered(parent, qtbot):
    menu, view = made(parent)
    with qtbot.waitSignal(view.theme_changed) as changed:
        action(menu, "theme_light_action").trigger()
    assert changed.args == [LIGHT]
    menu, view = made(parent)
    view.apply_theme()
    assert view.theme is LIGHT
    assert action(menu, "theme_light_action").isChecked()
    action(menu, "theme_dark_action").trigger()
    assert view.theme is DARK


def test_images_can_be_white_on_black_in_every_theme_and_it_is_remembered(parent, qtbot):
    menu, view = made(parent)
    action(menu, "theme_light_action").trigger()
    with qtbot.waitSignal(view.theme_changed) as changed:
        action(menu, "images_action").trigger()
    assert (changed.args[0].image_ground, changed.args[0].image_ink) == ("#000000", "#ffffff")
    assert changed.args[0].canvas == LIGHT.canvas
    menu, view = made(parent)
    view.apply_theme()
    assert view.theme.image_ground == "#000000"
    action(menu, "images_action").trigger()
    assert view.theme is LIGHT


def test_what_the_settings_file_says_is_not_trusted(parent):
    QSettings().setValue("theme", "pink")
    menu, view = made(parent)
    view.apply_theme()
    assert view.theme in (DARK, LIGHT)
    assert action(menu, "theme_system_action").isChecked()


def test_panels_and_layout_are_in_the_menu(parent, qtbot):
    menu, view = made(parent)
    assert action(menu, "Loss").isCheckable()
    with qtbot.waitSignal(view.layout_reset_requested):
        action(menu, "Restore layout").trigger()
