import pytest
from PySide6.QtWidgets import QMenu, QWidget

from ae_studio.gui.help_menu import HelpMenu


@pytest.mark.parametrize("name", ["card", "doctor", "keys", "about"])
def test_every_action_asks_for_its_own_thing(qtbot, name):
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = QMenu("Help", parent)
    made = HelpMenu(menu, parent)
    action = next(each for each in menu.actions() if each.objectName() == f"{name}_action")
    with qtbot.waitSignal(getattr(made, f"{name}_requested")):
        action.trigger()
