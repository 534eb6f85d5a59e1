from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ae_studio.gui.changes_list import MOST, ChangesList


def test_a_run_without_changes_has_no_list(qtbot):
    made = ChangesList()
    qtbot.addWidget(made)
    made.show_changes(("step 5: β 4 → 1",))
    assert not made.isHidden()
    made.show_changes(())
    assert made.isHidden()


def test_the_button_asks_for_the_run_again_where_it_can_be(qtbot):
    made = ChangesList()
    qtbot.addWidget(made)
    made.show_changes(("step 5: β 4 → 1",))
    button = made.findChild(QPushButton, "repeat_run_button")
    with qtbot.waitSignal(made.repeat_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    made.allow("Stop the training first")
    assert not button.isEnabled()
    assert button.toolTip() == "Stop the training first"


def test_of_very_many_changes_the_first_are_shown(qtbot):
    made = ChangesList()
    qtbot.addWidget(made)
    made.show_changes([f"step {n}" for n in range(MOST + 5)])
    lines = made.findChild(QLabel, "run_changes_text").text().splitlines()
    assert len(lines) == MOST + 1
    assert lines[-1] == "and 5 more"
