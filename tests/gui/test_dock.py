from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QToolButton, QWidget

from ae_studio.gui.dock import PanelDock, docks_of
from ae_studio.gui.theme import DARK


def test_a_panel_can_be_hidden_and_floated_from_its_header(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    extra = QLabel("nats")
    dock = PanelDock("Loss", QLabel("content"), "loss_dock", window, extra)
    dock.set_theme(DARK)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    window.show()
    assert extra.isVisible()
    float_button = dock.findChild(QToolButton, "loss_dock_float_button")
    qtbot.mouseClick(float_button, Qt.MouseButton.LeftButton)
    assert dock.isFloating()
    qtbot.mouseClick(float_button, Qt.MouseButton.LeftButton)
    assert not dock.isFloating()
    qtbot.mouseClick(dock.findChild(QToolButton, "loss_dock_hide_button"), Qt.MouseButton.LeftButton)
    assert not dock.isVisible()
    dock.toggleViewAction().trigger()
    assert dock.isVisible()


def test_docks_are_named_after_their_panels_and_take_their_headers(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    plain, headed = QWidget(objectName="setup_panel"), QWidget(objectName="loss_panel")
    headed.header = QLabel("nats")
    docks = docks_of({"setup": plain, "loss": headed}, window)
    assert [(dock.objectName(), dock.windowTitle()) for dock in docks.values()] == [
        ("setup_dock", "Setup"),
        ("loss_dock", "Loss"),
    ]
    assert docks["loss"].isAncestorOf(headed)
    assert docks["loss"].titleBarWidget().isAncestorOf(headed.header)


def test_a_panel_behind_another_tab_is_hidden_and_its_room_is_kept(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    panels = {"setup": QLabel("one", objectName="setup_panel"), "layers": QLabel("two", objectName="layers_panel")}
    docks = docks_of(panels, window)
    for dock in docks.values():
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.tabifyDockWidget(docks["setup"], docks["layers"])
    docks["setup"].raise_()
    window.show()
    qtbot.waitUntil(lambda: panels["setup"].isVisible() and not panels["layers"].isVisible())
    needed = docks["layers"].minimumSizeHint()
    docks["layers"].raise_()
    qtbot.waitUntil(lambda: panels["layers"].isVisible() and not panels["setup"].isVisible())
    assert docks["layers"].minimumSizeHint() == needed
