"""Where the panels of the window stand, as drawn or as the user left them."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolBar, QWidget

from ae_studio.gui.named import named
from ae_studio.gui.steady import Steady

FIRST_SIZE = (1440, 900)
FRAME = QSize(16, 48)  # what a window manager puts around a window; known only once it is shown
TABS = {  # in one place with the first, behind one another
    "reconstructions": ("metrics", "neighbours", "traversals", "interpolation"),
    "setup": ("layers", "directions"),
    "decoded": ("selection", "draw"),
}
VERSION = 6  # of the arrangement: one that an older window saved is not restored


class Layout:
    """The docks of a window by name: ``loss``, and those of :data:`TABS`."""

    def __init__(self, window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
        self._window = window
        self._docks = docks
        window.setDockNestingEnabled(True)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.resize(*FIRST_SIZE)
        self.reset()

    def reset(self) -> None:
        """The panels as they are drawn."""
        window, docks, areas = self._window, self._docks, Qt.DockWidgetArea
        layout = window.layout()
        assert layout is not None
        layout.setEnabled(False)  # else Qt arranges all of them anew behind each
        window.addDockWidget(areas.LeftDockWidgetArea, docks["setup"])
        window.addDockWidget(areas.RightDockWidgetArea, docks["decoded"])
        window.addDockWidget(areas.BottomDockWidgetArea, docks["loss"])
        window.splitDockWidget(docks["loss"], docks["reconstructions"], Qt.Orientation.Horizontal)
        for first, others in TABS.items():
            for other in others:
                window.tabifyDockWidget(docks[first], docks[other])
        for dock in docks.values():
            dock.setFloating(False)
            dock.show()
        layout.setEnabled(True)
        layout.activate()
        for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.hide()  # Qt forgets to, of those that a step before left behind; it shows the others itself
        for first in TABS:
            docks[first].raise_()
        window.resizeDocks([docks["setup"], docks["decoded"]], [300, 300], Qt.Orientation.Horizontal)
        window.resizeDocks([docks["loss"]], [232], Qt.Orientation.Vertical)
        window.resizeDocks([docks["loss"], docks["reconstructions"]], [340, 500], Qt.Orientation.Horizontal)

    def save(self) -> None:
        settings = QSettings()
        settings.setValue("geometry", self._window.saveGeometry())
        settings.setValue("layout", self._window.saveState(VERSION))

    def restore(self) -> None:
        settings = QSettings()
        geometry, layout = settings.value("geometry"), settings.value("layout")
        if geometry is not None:
            self._window.restoreGeometry(geometry)
        else:
            self._fit_screen()
        if layout is not None and not self._window.restoreState(layout, VERSION):
            self.reset()

    def _fit_screen(self) -> None:
        """The first size where the screen has room for it and its frame, else all of the screen."""
        screen = QGuiApplication.primaryScreen()
        if screen is None:
            return
        room = screen.availableSize() - FRAME
        if self._window.width() > room.width() or self._window.height() > room.height():
            self._window.resize(self._window.size().boundedTo(room))
            self._window.setWindowState(Qt.WindowState.WindowMaximized)


def bottom_tool_bar(window: QMainWindow, content: QWidget, title: str, name: str) -> QToolBar:
    """A bar over the full width: toolbars alone go below the docks."""
    bar = named(QToolBar(title, window, movable=False), name)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.addWidget(Steady(content, bar))
    return bar
