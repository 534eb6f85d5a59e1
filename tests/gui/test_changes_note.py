from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ae_studio.gui.changes_note import ChangesNote


def test_it_is_there_only_while_there_is_something_to_say_and_does_what_it_offers_once(qtbot):
    note, taken = ChangesNote(), []
    qtbot.addWidget(note)
    assert note.isHidden()
    note.show_note("Changed", "Take it back", lambda: taken.append(1), "all of it")
    assert note.text == "Changed"
    button = note.findChild(QPushButton, "changes_note_button")
    assert button.accessibleName() == button.text() == "Take it back"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert taken == [1]
    assert note.isHidden()


def test_it_can_be_closed_and_then_does_nothing(qtbot):
    note, taken = ChangesNote(), []
    qtbot.addWidget(note)
    note.show_note("Changed", "Take it back", lambda: taken.append(1))
    qtbot.mouseClick(note.findChild(QToolButton, "changes_note_close_button"), Qt.MouseButton.LeftButton)
    assert (note.isHidden(), note.text, taken) == (True, "", [])
