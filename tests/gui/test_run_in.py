from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QWidget

from ae_studio.gui.run_in import COMMAND, PROCESS, WINDOW, RunIn


def made(qtbot):
    box = RunIn()
    qtbot.addWidget(box)
    return box, box.findChild(QComboBox, "run_in_box")


def test_a_choice_is_remembered(qtbot):
    QSettings().clear()
    run_in, box = made(qtbot)
    assert run_in.choice == WINDOW
    with qtbot.waitSignal(run_in.chosen):
        box.setCurrentIndex(box.findData(PROCESS))
    assert made(qtbot)[0].choice == PROCESS


def test_what_the_settings_file_says_is_not_trusted(qtbot):
    QSettings().setValue("run_in", "the moon")
    assert made(qtbot)[0].choice == WINDOW


def test_the_command_can_be_asked_for_where_there_is_one(qtbot):
    QSettings().clear()
    run_in, box = made(qtbot)
    button = run_in.findChild(QWidget, "show_command_button")
    assert button.isHidden()
    box.setCurrentIndex(box.findData(COMMAND))
    assert not button.isHidden()
    with qtbot.waitSignal(run_in.command_requested):
        button.click()


def test_a_lock_says_why(qtbot):
    run_in, box = made(qtbot)
    run_in.lock("A training runs")
    assert not box.isEnabled()
    assert box.toolTip() == "A training runs"


def test_a_sweep_can_be_asked_for_whatever_is_chosen(qtbot):
    run_in, _ = made(qtbot)
    with qtbot.waitSignal(run_in.sweep_requested):
        run_in.findChild(QWidget, "sweep_button").click()
