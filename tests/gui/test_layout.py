import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow

from ae_studio.gui.layout import TABS, Layout, bottom_tool_bar
from ae_studio.gui.named import named

NAMES = ("loss", *TABS, *(name for others in TABS.values() for name in others))


@pytest.fixture
def window(qtbot):
    QSettings().clear()

    def make():
        made = named(QMainWindow(), "window")
        qtbot.addWidget(made)
        made.setCentralWidget(QLabel("canvas"))
        docks = {name: named(QDockWidget(name, made), f"{name}_dock") for name in NAMES}
        for dock in docks.values():
            dock.setWidget(QLabel("content"))
        return made, docks, Layout(made, docks)

    return make


def area(window, dock):
    return window.dockWidgetArea(dock)


def test_the_panels_stand_as_drawn(window):
    made, docks, _ = window()
    areas = Qt.DockWidgetArea
    assert area(made, docks["setup"]) == areas.LeftDockWidgetArea
    assert area(made, docks["decoded"]) == areas.RightDockWidgetArea
    assert area(made, docks["loss"]) == area(made, docks["reconstructions"]) == areas.BottomDockWidgetArea


def test_the_user_finds_the_panels_as_they_were_left(window):
    made, docks, layout = window()
    made.resize(700, 600)
    made.show()
    docks["loss"].hide()
    made.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, docks["setup"])
    layout.save()
    again, docks, layout = window()
    layout.restore()
    again.show()
    assert again.size() == made.size()
    assert not docks["loss"].isVisible()
    assert area(again, docks["setup"]) == Qt.DockWidgetArea.RightDockWidgetArea
    layout.reset()
    assert docks["loss"].isVisible()
    assert area(again, docks["setup"]) == Qt.DockWidgetArea.LeftDockWidgetArea


def test_the_first_window_fills_a_screen_that_is_too_small_for_it(window):
    made, _, layout = window()
    layout.restore()
    made.show()
    assert made.isMaximized()
    assert made.width() <= made.screen().availableSize().width()


@pytest.mark.parametrize("rubbish", [b"", b"rubbish"])
def test_a_damaged_arrangement_is_replaced_by_the_drawn_one(window, rubbish):
    QSettings().setValue("layout", rubbish)
    made, docks, layout = window()
    layout.restore()
    made.show()
    assert docks["loss"].isVisible()
    assert area(made, docks["setup"]) == Qt.DockWidgetArea.LeftDockWidgetArea


def test_a_bar_goes_below_the_docks(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    content = QLabel("epochs")
    bar = bottom_tool_bar(window, content, "Epochs", "epoch_tool_bar")
    window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
    window.show()
    assert content.isVisible()
    assert not bar.isMovable()
