import pytest
from PySide6.QtWidgets import QMenu

from ae_studio.events import LatentSpace
from ae_studio.gui.select_menu import SelectMenu
from ae_studio.latent.scene import Scene
from tests.gui.small_run import IMAGES, LABELS, NAMES, look


@pytest.fixture
def menu(qtbot):
    made = QMenu()
    qtbot.addWidget(made)
    made.kept = SelectMenu(made, made)
    return made


def entry(menu, text):
    return next(action for action in menu.actions() if action.text() == text)


def test_there_is_nothing_to_select_before_there_is_a_run(menu):
    assert not any(action.isEnabled() for action in menu.actions() if action.text())


@pytest.mark.parametrize(
    ("text", "signal"),
    [("Select all that is shown", "all"), ("Select nothing", "none"), ("Select the others", "inverse")],
)
def test_entries_ask(qtbot, menu, text, signal):
    menu.kept.show_scene(Scene(LatentSpace(2), LABELS, NAMES, IMAGES, look()))
    with qtbot.waitSignal(getattr(menu.kept, f"{signal}_requested")):
        entry(menu, text).trigger()


def test_every_class_has_an_entry(qtbot, menu):
    menu.kept.show_scene(Scene(LatentSpace(2), LABELS, NAMES, IMAGES, look()))
    classes = entry(menu, "Select a class").menu()
    assert [action.text() for action in classes.actions()] == list(NAMES)
    with qtbot.waitSignal(menu.kept.class_requested) as told:
        classes.actions()[2].trigger()
    assert told.args == [2]
