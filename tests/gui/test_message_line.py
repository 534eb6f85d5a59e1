from PySide6.QtWidgets import QVBoxLayout, QWidget

from ae_studio.gui.message_line import MessageLine


def test_it_takes_room_only_while_there_is_something_to_tell(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    line = MessageLine(page)
    column.addWidget(line)
    with qtbot.waitExposed(page):
        page.show()
    assert not line.isVisible()
    line.tell("It <b>cannot</b> be opened")
    assert line.isVisible()
    assert line.text() == "It <b>cannot</b> be opened"  # a run's name is no markup
    line.tell("")
    assert not line.isVisible()
