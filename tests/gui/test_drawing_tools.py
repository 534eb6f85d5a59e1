import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QSlider, QToolButton

from ae_studio.gui.drawing_tools import HINTS, WIDEST, WIDTHS, DrawingTools
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def tools(qtbot):
    made = DrawingTools()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.show()
    return made


def button(tools, name):
    return tools.findChild(QToolButton, f"drawing_{name}_button")


def click(qtbot, tools, name):
    qtbot.mouseClick(button(tools, name), Qt.MouseButton.LeftButton)


def test_pen_and_eraser_take_turns(qtbot, tools):
    told = []
    tools.eraser_chosen.connect(told.append)
    click(qtbot, tools, "eraser")
    click(qtbot, tools, "pen")
    assert told == [True, False]
    assert button(tools, "pen").isChecked()


@pytest.mark.parametrize("name", ["clear", "open", "paste"])
def test_a_click_asks(qtbot, tools, name):
    with qtbot.waitSignal(getattr(tools, f"{name}_requested")):
        click(qtbot, tools, name)


def test_the_slider_goes_from_thin_to_wide_about_the_datas_own_strokes(qtbot, tools):
    slider = tools.findChild(QSlider, "pen_width_slider")
    assert tools.width_factor == 1
    with qtbot.waitSignal(tools.width_chosen) as told:
        slider.setValue(WIDTHS)
    assert told.args == [pytest.approx(WIDEST)]
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert tools.width_factor == pytest.approx(1 / WIDEST)


def test_nothing_is_there_to_clear_at_first(tools):
    tools.allow_clear(False)
    assert not button(tools, "clear").isEnabled()
    assert button(tools, "clear").toolTip() == "Nothing is drawn yet"
    tools.allow_clear(True)
    assert button(tools, "clear").toolTip() == HINTS["clear"]


def test_a_pen_has_a_colour_where_the_data_has_some(qtbot, tools):
    colour = tools.findChild(QToolButton, "pen_colour_button")
    assert not colour.isVisible()
    tools.show_coloured(True)
    qtbot.mouseClick(colour, Qt.MouseButton.LeftButton)
    dialog = tools.findChild(QColorDialog, "pen_colour_dialog")
    with qtbot.waitSignal(tools.colour_chosen) as told:
        dialog.colorSelected.emit(QColor("#ff8800"))
    assert told.args[0] == QColor("#ff8800")
    dialog.close()


def test_every_button_is_reached_by_keys_and_has_a_name(qtbot, tools):
    for found in tools.findChildren(QToolButton):
        assert found.accessibleName()
        assert found.focusPolicy() & Qt.FocusPolicy.TabFocus or found is button(tools, "eraser")
    button(tools, "pen").setFocus()
    qtbot.keyClick(button(tools, "pen"), Qt.Key.Key_Right)  # the two are one stop of the Tab key, as radio buttons are
    assert button(tools, "eraser").isChecked()


def test_icons_follow_the_theme(tools):
    before = button(tools, "pen").icon().pixmap(16).toImage()
    tools.set_theme(LIGHT)
    assert button(tools, "pen").icon().pixmap(16).toImage() != before
