import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ae_studio.gui.own_model import OwnModel


@pytest.fixture
def own(qtbot):
    made = OwnModel()
    qtbot.addWidget(made)
    made.show()
    return made


def button(own, name):
    return own.findChild(QPushButton, name)


def test_until_the_engine_is_there_no_file_can_be_opened_and_it_says_why(own):
    assert not button(own, "own_model_button").isEnabled()
    assert "loading" in button(own, "own_model_button").toolTip()
    own.offer([])
    assert button(own, "own_model_button").isEnabled()


def test_the_button_asks_for_a_file(own, qtbot):
    own.offer([])
    with qtbot.waitSignal(own.open_requested):
        qtbot.mouseClick(button(own, "own_model_button"), Qt.MouseButton.LeftButton)


def test_only_a_file_can_be_reloaded(own, qtbot):
    own.offer([])
    reload = button(own, "reload_model_button")
    for model, shown in (("vae", False), ("/a/mine.py", True), ("theirs", False), ("/a/mine.py", True)):
        own.show_choice(model)
        assert reload.isVisible() is shown
    assert "mine.py" in reload.toolTip()
    with qtbot.waitSignal(own.reload_requested) as asked:
        qtbot.mouseClick(reload, Qt.MouseButton.LeftButton)
    assert asked.args == ["/a/mine.py"]


def test_models_of_installed_packages_stand_in_a_menu_below_the_file(own, qtbot):
    own.offer(["theirs", "others"])
    actions = {action.text(): action for action in button(own, "own_model_button").menu().actions() if action.text()}
    assert list(actions) == ["Open a Python file…", "theirs", "others"]
    with qtbot.waitSignal(own.installed_chosen) as chosen, qtbot.assertNotEmitted(own.open_requested):
        actions["others"].trigger()
    assert chosen.args == ["others"]
    with qtbot.waitSignal(own.open_requested), qtbot.assertNotEmitted(own.installed_chosen):
        actions["Open a Python file…"].trigger()


def test_while_a_training_runs_nothing_can_be_opened(own):
    own.offer([])
    own.show_choice("mine.py")
    own.lock("Settings are fixed")
    for name in ("own_model_button", "reload_model_button"):
        assert not button(own, name).isEnabled()
        assert button(own, name).toolTip() == "Settings are fixed"
    own.lock("")
    assert button(own, "reload_model_button").isEnabled()
