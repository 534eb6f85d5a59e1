"""The window with its latent laboratory: what looks into the latent space, and every connection of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ae_studio.gui.colouring import Colouring
from ae_studio.gui.direction_control import DirectionControl
from ae_studio.gui.drawer import Drawer
from ae_studio.gui.handle_history import HandleHistory
from ae_studio.gui.held_point import HeldPoint
from ae_studio.gui.interpolation import Interpolation
from ae_studio.gui.layer_board import Chosen
from ae_studio.gui.messages import Messages
from ae_studio.gui.neighbour_search import NeighbourSearch
from ae_studio.gui.panel_window import PanelWindow
from ae_studio.gui.plane_control import PlaneControl
from ae_studio.gui.point_marks import PointMarks
from ae_studio.gui.pointing import Pointing
from ae_studio.gui.reencoder import Reencoder
from ae_studio.gui.selections import Selections
from ae_studio.gui.support_cue import SupportCue
from ae_studio.gui.traversal_control import TraversalControl


class LaboratoryWindow(PanelWindow):
    """All that explores the latent space of the run which is shown; whose run that is does not matter here."""

    def __init__(self) -> None:
        super().__init__()
        self._make_explorers()
        self._connect_layers()
        self._connect_planes()
        self._connect_colours()
        self._connect_points()
        self._connect_interpolation()
        self._connect_selections()

    def _make_explorers(self) -> None:
        canvas = self.latent_panel.canvas
        self.messages = Messages(self.message_bar, self)
        self.support_cue = SupportCue(self.laboratory, self)
        self.handle_history = HandleHistory(self.hand, self.undo, self)
        self.colouring = Colouring(self.laboratory, self)
        self.pointing = Pointing(canvas, self.latent_panel.hover_card, self.laboratory, self)
        self.planes = PlaneControl(self.hand, self.laboratory, self.undo, self)
        self.directions = DirectionControl(self.hand, self.laboratory, self.directions_panel, self)
        self.traversals = TraversalControl(self.hand, self.laboratory, self.traversal_panel, self)
        self.interpolation = Interpolation(self.laboratory, self.hand, self.undo, self)
        self.held_point = HeldPoint(self.laboratory, self.hand, self.handle_history, self)
        self.reencoder = Reencoder(self.laboratory, self.hand, self)
        self.point_marks = PointMarks(self.laboratory, self.hand, canvas, self.decoded_panel.digit_view, self)
        self.neighbour_search = NeighbourSearch(self.laboratory, self.neighbours_panel, self)
        history = self.handle_history
        self.drawer = Drawer(self.drawing_panel, self.laboratory, self.hand, self.layers, canvas, history, self)
        self.selections = Selections(self.laboratory, self.hand, self.undo, self)

    def prepare_exploring(self) -> None:
        """The engine is there."""
        self.hand.prepare()
        self.laboratory.prepare()

    def begin_exploring(self, run: Path | None) -> None:
        """Another run, from this folder, is shown."""
        self.handle_history.begin()
        self.selections.begin(run)
        self.planes.forget_picked()
        self.interpolation.begin()
        self.held_point.begin()
        self.reencoder.begin()
        self.neighbour_search.ask()

    def end_exploring(self) -> None:
        """Waits for every thread."""
        for at_work in (self.hand, self.traversals, self.laboratory, self.selections):
            at_work.end()

    def _connect_layers(self) -> None:
        """What is computed for the canvas, and what lies on it."""
        hand, laboratory, layers, canvas = self.hand, self.laboratory, self.layers, self.latent_panel.canvas

        laboratory.failed.connect(self.messages.tell_computation_failed)
        canvas.view_changed.connect(laboratory.show_window)
        hand.plane_changed.connect(laboratory.tell_view)
        hand.turned.connect(laboratory.tell_view)
        hand.handle_moved.connect(laboratory.tell_view)
        laboratory.scene_changed.connect(self.support_cue.follow)
        self.support_cue.changed.connect(self.decoded_panel.follow_support)
        layers.did.connect(self._remember_layers)
        layers.drawing_changed.connect(canvas.show_drawing)
        layers.shown_changed.connect(canvas.show_layers)
        self.latent_panel.tool_box.tool_chosen.connect(canvas.take_tool)
        self.drawing_panel.pad.did.connect(self.undo.did)

    def _remember_layers(self, text: str, before: Chosen, after: Chosen, merge: str) -> None:
        again = self.layers.choose_again
        self.undo.did(text, partial(again, before), partial(again, after), merge=merge)

    def _colour_points(self, key: str) -> None:
        before, choose = self.colouring.key, self.colouring.choose
        choose(key)
        self.undo.did("Colour the points", partial(choose, before), partial(choose, key))

    def _connect_selections(self) -> None:
        """What is selected of the sample, from wherever, is seen everywhere."""
        selections = self.selections
        selections.connect_canvas(self.latent_panel)
        selections.connect_menu(self.select_menu)
        selections.connect_panel(self.groups_panel)
        selections.connect_reconstructions(self.reconstruction_panel)
        self.drawer.drawn.connect(self.reconstruction_panel.show_drawn)
        self._docks["selection"].visibilityChanged.connect(partial(selections.errors.want, "selection"))
        self._docks["reconstructions"].visibilityChanged.connect(self.reconstruction_panel.set_seen)
        selections.files.exported.connect(self.messages.tell_saved)
        selections.files.failed.connect(self.messages.tell_wrong)

    def _connect_planes(self) -> None:
        """Which plane is seen, and the directions off it."""
        planes, latent, canvas = self.planes, self.latent_panel, self.latent_panel.canvas

        latent.plane_chosen.connect(planes.choose)
        latent.corner_tool.clicked.connect(planes.pick_at)
        latent.corner_tool.cancelled.connect(planes.forget_picked)
        planes.shown.connect(latent.show_plane)
        planes.reasons_changed.connect(latent.planes.show_reasons)
        planes.tool_allowed.connect(partial(latent.tool_box.allow, "corners"))
        planes.marks_changed.connect(partial(canvas.show_overlay, "corners"))
        self.hand.plane_refused.connect(self.messages.tell_wrong)
        self.traversals.marked.connect(partial(canvas.show_overlay, "traversal"))

    def _connect_colours(self) -> None:
        """What the points look like, and which of them is under the mouse."""
        latent, colouring = self.latent_panel, self.colouring

        latent.canvas.picker.ask = self.laboratory.ask
        latent.legend.hidden_changed.connect(self.laboratory.hide)
        latent.colour_button.choices = colouring.choices
        latent.colour_button.chosen.connect(self._colour_points)
        colouring.choice_changed.connect(latent.colour_button.show_choice)
        colouring.coloured.connect(latent.colour_points)

    def _connect_interpolation(self) -> None:
        """Ways through the latent space."""
        paths, panel, latent = self.interpolation, self.path_panel, self.latent_panel

        self._docks["interpolation"].visibilityChanged.connect(panel.set_seen)
        panel.end_chosen.connect(paths.choose_end)
        panel.swap_requested.connect(paths.swap)
        panel.kind_chosen.connect(paths.choose_kind)
        panel.frames_chosen.connect(paths.choose_frames)
        panel.even_chosen.connect(paths.choose_even)
        panel.frame_shown.connect(paths.go)
        panel.active_changed.connect(paths.set_active)
        panel.save_requested.connect(paths.save)
        latent.stroke_tool.drawn.connect(paths.take_stroke)
        paths.offered.connect(panel.offer)
        paths.end_shown.connect(panel.show_end)
        paths.possible_changed.connect(panel.show_possible)
        paths.frames_shown.connect(panel.show_frames)
        paths.focus_known.connect(panel.allow_focus)
        paths.strip_changed.connect(panel.show_strip)
        paths.drawing_changed.connect(partial(latent.canvas.show_overlay, "path"))
        paths.stroke_refused.connect(partial(latent.tool_box.allow, "stroke"))
        paths.stroke_taken.connect(partial(self.show_panel, "interpolation"))
        paths.saved.connect(self.messages.tell_saved)
        paths.failed.connect(self.messages.tell_wrong)
        self.view_menu.theme_changed.connect(paths.set_theme)

    def _connect_points(self) -> None:
        """A data point in the hand, the way back of a code, and neighbours."""
        held, marks, reencoder, neighbours = self.held_point, self.point_marks, self.reencoder, self.neighbours_panel
        point_tool, row = self.latent_panel.point_tool, self.decoded_panel.reencoding

        point_tool.moved.connect(self.hand.move_to)
        point_tool.hovered.connect(self.hand.hover)
        point_tool.left.connect(self.hand.leave)
        for tool in (point_tool, self.latent_panel.canvas.hand_tool):
            tool.picked.connect(held.pick)
            tool.taken.connect(held.take)
            tool.dropped.connect(held.drop)
            tool.snapped.connect(held.snap)
            tool.snap_requested.connect(held.snap_to_focus)
            tool.escaped.connect(held.escape)
            held.changed.connect(tool.take_held)
        held.possible_changed.connect(self.latent_panel.allow_point_tool)
        held.changed.connect(marks.mark_held)
        held.changed.connect(reencoder.take_point)
        row.requested.connect(reencoder.ask)
        row.repeat_toggled.connect(reencoder.repeat)
        reencoder.possible_changed.connect(row.allow)
        reencoder.answered.connect(marks.mark_return)
        reencoder.told.connect(row.show_words)
        self.laboratory.focus_changed.connect(marks.mark_focus)
        self._docks["neighbours"].visibilityChanged.connect(self.neighbour_search.watch)
        neighbours.neighbour_pointed_at.connect(marks.mark_neighbour)
        neighbours.neighbour_chosen.connect(self.laboratory.focus)
