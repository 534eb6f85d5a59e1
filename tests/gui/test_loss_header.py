import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QSlider

from ae_studio.gui.loss_header import LossHeader


@pytest.fixture
def header(qtbot):
    made = LossHeader()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_view_is_chosen_by_the_keyboard(header, qtbot):
    with qtbot.waitSignal(header.view_chosen) as told:
        qtbot.keyClick(header.findChild(QComboBox), Qt.Key.Key_Down)
    assert told.args == ["weighted"]


def test_a_view_that_there_cannot_be_says_why_and_gives_way_to_the_terms(header):
    box = header.findChild(QComboBox)
    box.setCurrentIndex(1)
    header.allow({"weighted": "the reason"})
    assert header.key == "terms"
    assert not box.model().item(1).isEnabled()
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == "the reason"
    header.allow({})
    assert box.model().item(1).isEnabled()


def test_the_smoothing_is_off_at_first_and_says_how_strong_it_is(header, qtbot):
    slider = header.findChild(QSlider)
    assert header.share == 0
    assert "off" in slider.toolTip()
    with qtbot.waitSignal(header.share_changed) as told:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert told.args[0] == header.share > 0
    assert "0.25 %" in slider.toolTip()


def test_what_the_bars_do_not_have_is_disabled_and_says_why(header):
    header.findChild(QComboBox).setCurrentIndex(3)
    for control in (header.findChild(QSlider), header.findChild(QCheckBox)):
        assert not control.isEnabled()
        assert "bars" in control.toolTip()


def test_it_has_room_in_a_narrow_panel(header):
    assert header.minimumSizeHint().width() <= 210  # of 340 pixels, beside the title and two buttons


def test_a_view_is_chosen_for_the_user_where_it_can_be(header):
    header.allow({"weighted": "the reason"})
    header.choose("weighted")
    assert header.key == "terms"
    header.choose("kl")
    assert header.key == "kl"
