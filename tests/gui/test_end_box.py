import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSpinBox

from ae_studio.gui.end_box import EndBox


@pytest.fixture
def box(qtbot):
    made = EndBox("B")
    qtbot.addWidget(made)
    made.offer({3: "cat"}, 20)
    made.show()
    return made


def child(box, kind):
    return box.findChild(kind, "path_b_box" if kind is QComboBox else "path_b_image_box")


def test_an_image_has_a_number_that_counts_from_one(qtbot, box):
    box.show_end("image", 4)
    number = child(box, QSpinBox)
    assert number.isVisible()
    assert number.value() == 5
    assert number.maximum() == 20
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(number, Qt.Key.Key_Down)
    assert chosen.args == ["image", 3]


def test_the_handle_may_be_chosen_again_where_it_is_now(qtbot, box):
    box.show_end("handle", 0)
    combo = child(box, QComboBox)
    with qtbot.waitSignal(box.chosen) as chosen:
        combo.activated.emit(combo.currentIndex())  # what a click on the chosen line does
    assert chosen.args == ["handle", 0]


def test_a_class_shows_no_number(box):
    box.show_end("class", 3)
    assert child(box, QComboBox).currentText() == "cat (mean)"
    assert not child(box, QSpinBox).isVisible()


def test_it_is_greyed_for_a_reason(box):
    box.allow("not now")
    assert not box.isEnabled()
    assert child(box, QComboBox).toolTip() == "not now"
    box.allow("")
    assert child(box, QComboBox).toolTip() == "Where the path ends"
