import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from ae_studio.gui.canvas_tools import CanvasTool, HandTool
from ae_studio.gui.theme import DARK
from ae_studio.gui.tool_box import ToolBox


class Other(CanvasTool):
    name, title, key, hint = "stop", "Other", "O", "Something else"  # the icon is one that is there


@pytest.fixture
def box(qtbot):
    canvas = QWidget()
    qtbot.addWidget(canvas)
    canvas.resize(300, 300)
    made = ToolBox([HandTool(), Other()], canvas)
    made.set_theme(DARK)
    canvas.show()
    made.canvas = canvas  # which Qt alone does not keep
    return made


def button(box, name):
    return box.findChild(QToolButton, f"{name}_tool_button")


def test_a_click_takes_a_tool_in_hand(qtbot, box):
    with qtbot.waitSignal(box.tool_chosen) as chosen:
        qtbot.mouseClick(button(box, "stop"), Qt.MouseButton.LeftButton)
    assert chosen.args[0].name == "stop"
    assert not button(box, "hand").isChecked()


def test_a_tool_that_is_of_no_use_says_why_and_is_laid_down(qtbot, box):
    box.choose("stop")
    box.allow("stop", "There is nothing to stop")
    assert not button(box, "stop").isEnabled()
    assert button(box, "stop").toolTip() == "There is nothing to stop"
    assert button(box, "hand").isChecked()
    box.allow("stop", "")
    assert "Something else (O)" in button(box, "stop").toolTip()


def test_where_the_canvas_is_low_the_tools_stand_beside_one_another(box):
    first, second = button(box, "hand"), button(box, "stop")
    assert first.x() == second.x()
    box.parentWidget().resize(300, 60)
    assert first.y() == second.y()
    assert first.x() < second.x()
    assert box.geometry().bottom() < 60
