"""The window and its panels, laid out and themed; what they show and who tells whom is the main window's."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QVBoxLayout

from ae_studio.gui.column import Column
from ae_studio.gui.decoded_panel import DecodedPanel
from ae_studio.gui.directions_panel import DirectionsPanel
from ae_studio.gui.dock import docks_of
from ae_studio.gui.drawing_panel import DrawingPanel
from ae_studio.gui.epoch_bar import EpochBar
from ae_studio.gui.groups_panel import GroupsPanel
from ae_studio.gui.hand import Hand
from ae_studio.gui.help_menu import HelpMenu
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_panel import LatentPanel
from ae_studio.gui.layer_board import LayerBoard
from ae_studio.gui.layers_panel import LayersPanel
from ae_studio.gui.layout import Layout, bottom_tool_bar
from ae_studio.gui.loss_panel import LossPanel
from ae_studio.gui.message_bar import MessageBar
from ae_studio.gui.metrics_panel import MetricsPanel
from ae_studio.gui.model_card_dialog import ModelCardDialog
from ae_studio.gui.neighbours_panel import NeighboursPanel
from ae_studio.gui.path_panel import PathPanel
from ae_studio.gui.reconstruction_panel import ReconstructionPanel
from ae_studio.gui.select_menu import SelectMenu
from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.gui.slow_motion_strip import SlowMotionStrip
from ae_studio.gui.status import StatusBar
from ae_studio.gui.steady import Steady
from ae_studio.gui.theme import Theme
from ae_studio.gui.toolbar import Possible, TopBar
from ae_studio.gui.tour_bar import TourBar
from ae_studio.gui.traversal_panel import TraversalPanel
from ae_studio.gui.undo import UndoStack
from ae_studio.gui.view_menu import ViewMenu
from ae_studio.gui.welcome import Welcome
from ae_studio.training.tours import TOURS


class PanelWindow(QMainWindow):
    """All that is seen. Without an engine behind it nothing happens, but everything is there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("AE Studio")
        self._make_panels()
        self._lay_out()

    def _make_panels(self) -> None:
        self.hand = Hand(self)
        self.laboratory = Laboratory(self.hand, self)
        self.layers = LayerBoard(self.laboratory, self)
        self.undo = UndoStack(self)
        self.top_bar = TopBar(self)
        self.setup_panel = SetupPanel(self)
        self.latent_panel = LatentPanel(self)
        self.decoded_panel = DecodedPanel(self)
        self.loss_panel = LossPanel(self)
        self.reconstruction_panel = ReconstructionPanel(self)
        self.metrics_panel = MetricsPanel(self)
        self.path_panel = PathPanel(self)
        self.neighbours_panel = NeighboursPanel(self)
        self.layers_panel = LayersPanel(self.layers, self)
        self.groups_panel = GroupsPanel(self)
        self.directions_panel = DirectionsPanel(self)
        self.traversal_panel = TraversalPanel(self)
        self.drawing_panel = DrawingPanel(self)
        self.epoch_bar = EpochBar(self)
        self.message_bar = MessageBar(self)
        self.slow_motion_strip = SlowMotionStrip(self)
        self.status = StatusBar(self)
        self.tour_bar = TourBar(self)
        self.welcome = Welcome({name: (t.title, t.summary) for name, t in TOURS.items()}, self.latent_panel.canvas)
        self.card_dialog = ModelCardDialog(self.setup_panel.model, self)

    def _lay_out(self) -> None:
        centre = Column(self)
        centre.add(self.message_bar)
        centre.add(self.tour_bar)
        centre.add(self.slow_motion_strip)
        centre.add(self.latent_panel)
        over = QVBoxLayout(self.latent_panel.canvas)
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(self.welcome)
        self.setCentralWidget(Steady(centre, self))
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.top_bar)
        epochs = bottom_tool_bar(self, self.epoch_bar, "Epochs", "epoch_tool_bar")
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, epochs)
        self.setStatusBar(self.status)
        panels = {
            "setup": self.setup_panel,
            "decoded": self.decoded_panel,
            "loss": self.loss_panel,
            "reconstructions": self.reconstruction_panel,
            "metrics": self.metrics_panel,
            "interpolation": self.path_panel,
            "neighbours": self.neighbours_panel,
            "layers": self.layers_panel,
            "directions": self.directions_panel,
            "traversals": self.traversal_panel,
            "selection": self.groups_panel,
            "draw": self.drawing_panel,
        }
        self._docks = docks_of(panels, self)
        self.panel_layout = Layout(self, dict(self._docks))
        for action, keys in (
            (self.undo.createUndoAction(self), "Ctrl+Z"),
            (self.undo.createRedoAction(self), "Ctrl+Shift+Z"),
        ):
            action.setShortcut(keys)
            self.top_bar.edit_menu.addAction(action)
            self.addAction(action)
        self.select_menu = SelectMenu(self.top_bar.edit_menu, self)
        self.addActions(self.select_menu.actions)
        self.view_menu = ViewMenu(self.top_bar.view_menu, list(self._docks.values()), self)
        self.help_menu = HelpMenu(self.top_bar.help_menu, self)

    def set_theme(self, theme: Theme) -> None:
        """Colours and icons beyond the style sheet."""
        panels = [self.setup_panel, self.latent_panel, self.decoded_panel, self.loss_panel, self.reconstruction_panel]
        bars = [self.top_bar, self.epoch_bar, self.message_bar, self.tour_bar, self.slow_motion_strip]
        themed: list[Any] = [
            *panels,
            self.metrics_panel,
            self.path_panel,
            self.neighbours_panel,
            self.layers_panel,
            self.directions_panel,
            self.traversal_panel,
            self.groups_panel,
            self.drawing_panel,
            *bars,
            self.card_dialog,
            *self._docks.values(),
        ]
        for each in themed:
            each.set_theme(theme)

    def show_panel(self, name: str) -> None:
        """Brings a panel to the front, by its key."""
        self._docks[name].show()
        self._docks[name].raise_()

    def show_possible(self, possible: Possible) -> None:
        """What can be done now, wherever there is a button for it."""
        self.top_bar.show_possible(possible)
        self.welcome.allow_training(possible.train)
        self.welcome.allow_opening(possible.why_not_open)
        self.metrics_panel.allow(possible.evaluate)
