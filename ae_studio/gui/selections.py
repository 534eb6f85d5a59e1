"""What is selected of the run that is shown: everything behind the Selection panel, and how it hangs together."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ae_studio.gui.grid_feed import GridFeed
from ae_studio.gui.group_files import GroupFiles
from ae_studio.gui.grouping import Grouping
from ae_studio.gui.groups_panel import GroupsPanel
from ae_studio.gui.hand import Hand
from ae_studio.gui.known_errors import KnownErrors
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_panel import LatentPanel
from ae_studio.gui.reconstruction_panel import ReconstructionPanel
from ae_studio.gui.select_menu import SelectMenu
from ae_studio.gui.selecting import Selecting
from ae_studio.gui.undo import UndoStack
from ae_studio.latent.drawn import told_class
from ae_studio.latent.errors import Errors, class_errors


class Selections(QObject):
    """Selecting by lasso, legend, menu and panel; groups, attribute vectors, exports; the sample's errors."""

    def __init__(self, laboratory: Laboratory, hand: Hand, undo: UndoStack, window: QWidget) -> None:
        super().__init__(window)
        self.errors = KnownErrors(laboratory, self)
        self.selecting = Selecting(laboratory, self.errors, undo, self)
        self.grouping = Grouping(laboratory, hand, undo, self)
        self.files = GroupFiles(laboratory, window)
        self.grid_feed = GridFeed(laboratory, self._told_class, self)
        self._laboratory = laboratory
        self._hand = hand
        self.grouping.select_requested.connect(self.selecting.take)
        self.grouping.groups_changed.connect(self.files.write)
        self.files.groups_read.connect(self.grouping.show)

    def begin(self, run: Path | None) -> None:
        """Another run, which the hand has begun with already."""
        self.errors.begin()
        self.grouping.begin()
        self.files.begin(run, len(self._hand.explorer.labels))

    def end(self) -> None:
        self.errors.end()
        self.grid_feed.end()
        self.files.end()

    def connect_canvas(self, latent: LatentPanel) -> None:
        """The lasso, the legend, and the points that stand out."""
        lasso, selecting = latent.canvas.lasso_tool, self.selecting
        lasso.found.connect(selecting.take)
        selecting.lasso_allowed.connect(partial(latent.tool_box.allow, lasso.name))
        selecting.marked.connect(latent.canvas.select_points)
        latent.legend.hidden_changed.connect(selecting.hide_classes)
        latent.legend.select_requested.connect(selecting.select_class)

    def connect_menu(self, menu: SelectMenu) -> None:
        menu.all_requested.connect(self.selecting.select_all)
        menu.none_requested.connect(self.selecting.clear)
        menu.inverse_requested.connect(self.selecting.invert)
        menu.class_requested.connect(partial(self.selecting.select_class, how="replace"))
        self._laboratory.scene_changed.connect(menu.show_scene)

    def connect_panel(self, panel: GroupsPanel) -> None:
        selecting, grouping = self.selecting, self.grouping
        panel.all_requested.connect(selecting.select_all)
        panel.none_requested.connect(selecting.clear)
        panel.inverse_requested.connect(selecting.invert)
        panel.select_by.class_wanted.connect(selecting.select_class)
        panel.select_by.error_wanted.connect(selecting.select_by_error)
        panel.export_requested.connect(self._export)
        self._laboratory.scene_changed.connect(panel.show_scene)
        self._laboratory.selection_changed.connect(panel.show_selection)
        self.errors.changed.connect(panel.show_errors)

        panel.groups.group_wanted.connect(grouping.keep)
        panel.groups.select_wanted.connect(grouping.select)
        panel.groups.rename_wanted.connect(grouping.rename)
        panel.groups.delete_wanted.connect(grouping.delete)
        grouping.groups_shown.connect(panel.show_groups)
        panel.attribute.groups_chosen.connect(grouping.choose_ends)
        panel.attribute.strength_changed.connect(grouping.set_strength)
        panel.attribute.apply_requested.connect(grouping.apply)
        grouping.vector_changed.connect(panel.attribute.show_vector)
        grouping.strength_reset.connect(panel.attribute.reset)

    def connect_reconstructions(self, panel: ReconstructionPanel) -> None:
        """The grid shows what is selected, and what is picked in it is in focus everywhere."""
        laboratory = self._laboratory
        panel.wish_changed.connect(lambda: self.grid_feed.ask(panel.wish(), panel.drawn))
        self.grid_feed.filled.connect(panel.show_images)
        panel.image_picked.connect(laboratory.focus)
        laboratory.focus_changed.connect(panel.show_focus)
        laboratory.scene_changed.connect(lambda scene: panel.allow(scene.why_no_images, scene.why_no_encoder))
        panel.class_picked.connect(partial(self.selecting.select_class, how="replace"))
        panel.classes_looked_at.connect(partial(self.errors.want, "classes"))
        self.errors.changed.connect(partial(self._show_class_errors, panel))

    def _told_class(self) -> int:
        """By the handle's switches."""
        return told_class(self._hand.explorer.space, self._hand.explorer.options())

    def _show_class_errors(self, panel: ReconstructionPanel, errors: Errors | None) -> None:
        scene = self._laboratory.scene
        if scene is not None and errors is not None and len(errors) == len(scene.labels):
            panel.show_class_errors(class_errors(errors, scene.labels), scene.class_names)

    def _export(self, kind: str) -> None:
        self.files.choose_file(kind, self.errors.errors)
