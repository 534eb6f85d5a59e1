"""The window around a run, without an engine: what its keys and its buttons ask for."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit

from ae_studio.gui.run_window import RunWindow


@pytest.fixture
def window(qtbot, monkeypatch):
    """It notes what is asked for, and does nothing of it."""
    QSettings().clear()
    made = RunWindow()
    qtbot.addWidget(made)
    made.asked = []
    for name in ("toggle_pause", "step", "epoch"):
        monkeypatch.setattr(made.steering, name, lambda name=name: made.asked.append(name))
    made.steering.take_engine()
    made.show()
    qtbot.waitExposed(made)
    yield made
    for at_work in (made.session, made.continuing, made.times, made.errands, made.evaluator):
        at_work.end()
    made.end_exploring()


def press(qtbot, window, *keys):
    for key in keys:
        qtbot.keyClick(window, key)


def test_s_and_e_train_a_step_and_an_epoch_and_space_pauses_only_what_is_trained(qtbot, window, monkeypatch):
    press(qtbot, window, Qt.Key.Key_S, Qt.Key.Key_E, Qt.Key.Key_Space)
    assert window.asked == ["step", "epoch"]
    monkeypatch.setattr(type(window.session), "training", property(lambda session: True))
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.asked == ["step", "epoch", "toggle_pause"]


def test_with_a_modifier_these_letters_are_not_its_own(qtbot, window):
    for key in (Qt.Key.Key_S, Qt.Key.Key_E):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    assert window.asked == []


def test_where_a_run_trains_elsewhere_a_step_of_it_is_none(qtbot, window):
    box = window.findChild(QComboBox, "run_in_box")
    box.setCurrentIndex(box.findData("process"))
    press(qtbot, window, Qt.Key.Key_S, Qt.Key.Key_E)
    assert window.asked == []


def test_the_command_of_the_form_is_shown_to_be_copied(qtbot, window):
    box = window.findChild(QComboBox, "run_in_box")
    box.setCurrentIndex(box.findData("command"))
    window.steering.make_command()
    dialog = next(each for each in QApplication.topLevelWidgets() if each.objectName() == "command_dialog")
    assert dialog.findChild(QPlainTextEdit, "command_text").toPlainText().startswith("ae-studio train")
    dialog.close()


def test_what_is_refused_is_told_in_the_message_bar(window):
    window.steering.refused.emit("It cannot be done: the disk is full")
    assert window.message_bar.text == "It cannot be done: the disk is full"


def test_where_it_goes_on_is_told_to_the_question_when_the_choice_changes(window, monkeypatch):
    told = []
    monkeypatch.setattr(window.continuing, "show_form", lambda config, where: told.append(where))
    box = window.findChild(QComboBox, "run_in_box")
    for choice in ("queue", "window"):
        box.setCurrentIndex(box.findData(choice))
    assert [where.partition(" in the")[2].partition(",")[0] for where in told] == [" queue", ""]
