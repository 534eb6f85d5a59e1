from PySide6.QtWidgets import QPushButton, QWidget

from ae_studio.gui.run_menu import RunMenu


def test_the_menu_does_what_the_buttons_do_and_no_more(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    done = []
    buttons = [QPushButton(name, parent, toolTip=f"about {name}") for name in ("Open", "Rename…")]
    buttons[0].clicked.connect(lambda: done.append("Open"))
    buttons[1].clicked.connect(lambda: done.append("Rename"))
    buttons[1].setEnabled(False)
    menu = RunMenu(buttons, lambda: done.append("on"), parent)
    assert [action.text() for action in menu.actions()] == ["Open", "Continue…", "Rename…"]
    for action in menu.actions():
        action.trigger()
    assert done == ["Open", "on"]
    assert menu.actions()[2].toolTip() == "about Rename…"
