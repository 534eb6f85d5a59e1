import pytest
from PySide6.QtWidgets import QWidget

from ae_studio.gui.short_box import short_box


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_it_may_be_shorter_than_its_longest_entry(parent):
    box = short_box("a_box", "What to take", 4, parent)
    box.addItem("an entry that is much longer than the panel is wide")
    longer = short_box("b_box", "What to take", 12, parent)
    assert box.sizeHint().width() < longer.sizeHint().width() < 200


def test_it_has_a_name_for_scripts_and_one_for_screen_readers(parent):
    box = short_box("a_box", "What to take", 4, parent)
    assert (box.objectName(), box.accessibleName()) == ("a_box", "What to take")
