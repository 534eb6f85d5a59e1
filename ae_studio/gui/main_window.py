"""The window at work: what computes behind the panels, and every connection between them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent

from ae_studio.gui.colouring import Colouring
from ae_studio.gui.command_dialog import CommandDialog
from ae_studio.gui.direction_control import DirectionControl
from ae_studio.gui.drawer import Drawer
from ae_studio.gui.errands import Errands
from ae_studio.gui.evaluator import Evaluator
from ae_studio.gui.handle_history import HandleHistory
from ae_studio.gui.held_point import HeldPoint
from ae_studio.gui.interpolation import Interpolation
from ae_studio.gui.leaving import Leaving
from ae_studio.gui.library import Library
from ae_studio.gui.messages import Messages
from ae_studio.gui.neighbour_search import NeighbourSearch
from ae_studio.gui.own_models import OwnModels
from ae_studio.gui.panel_window import PanelWindow
from ae_studio.gui.plane_control import PlaneControl
from ae_studio.gui.point_marks import PointMarks
from ae_studio.gui.pointing import Pointing
from ae_studio.gui.previews import Previews
from ae_studio.gui.reencoder import Reencoder
from ae_studio.gui.run_views import RunViews
from ae_studio.gui.selections import Selections
from ae_studio.gui.session import Session
from ae_studio.gui.shown_run import ShownRun
from ae_studio.gui.steering import Steering
from ae_studio.gui.support_cue import SupportCue
from ae_studio.gui.traversal_control import TraversalControl


class MainWindow(PanelWindow):
    """The panels with all that is behind them; nothing is computed here: :class:`Session` and :class:`Hand` do that."""

    def __init__(self) -> None:
        super().__init__()
        self._make()
        self._connect()
        self._connect_laboratory()
        self._connect_library()
        self._connect_colours()
        self._connect_points()
        self.panel_layout.restore()
        self.view_menu.apply_theme()
        self.steering.tell_possible()
        self.latent_panel.canvas.setFocus()  # arrow keys belong to the handle; else the first enabled button gets it

    def _make(self) -> None:
        self.session = Session(self)
        self.errands = Errands(self)
        self.evaluator = Evaluator(self)
        self.support_cue = SupportCue(self.laboratory, self)
        self.handle_history = HandleHistory(self.hand, self.undo, self)
        self.colouring = Colouring(self.laboratory, self)
        self.pointing = Pointing(self.latent_panel.canvas, self.latent_panel.hover_card, self.laboratory, self)
        self.planes = PlaneControl(self.hand, self.laboratory, self.undo, self)
        self.directions = DirectionControl(self.hand, self.laboratory, self.directions_panel, self)
        self.traversals = TraversalControl(self.hand, self.laboratory, self.traversal_panel, self)
        self.interpolation = Interpolation(self.laboratory, self.hand, self)
        self.held_point = HeldPoint(self.laboratory, self.hand, self.handle_history, self)
        self.reencoder = Reencoder(self.laboratory, self.hand, self)
        self.point_marks = PointMarks(
            self.laboratory, self.hand, self.latent_panel.canvas, self.decoded_panel.digit_view, self
        )
        self.neighbour_search = NeighbourSearch(self.laboratory, self.neighbours_panel, self)
        canvas = self.latent_panel.canvas
        self.drawer = Drawer(self.drawing_panel, self.laboratory, self.hand, self.layers, canvas, self)
        self.own_models = OwnModels(self)
        self.messages = Messages(self.message_bar, self)
        self.views = RunViews(
            self.hand,
            self.laboratory,
            self.latent_panel,
            self.decoded_panel,
            self.loss_panel,
            self.reconstruction_panel,
            self.epoch_bar,
            self.metrics_panel,
            self.status,
            self.welcome,
        )
        self.shown_run = ShownRun(self.session, self.views, self.evaluator, self)
        self.steering = Steering(self.session, self.setup_panel, self)
        self.leaving = Leaving(self.session, self)
        self.previews = Previews(self.errands, self.setup_panel, self)
        self.library = Library(self)
        self.selections = Selections(self.laboratory, self.hand, self.undo, self)

    def _connect(self) -> None:
        """Who tells whom."""
        top, setup, session, hand = self.top_bar, self.setup_panel, self.session, self.hand
        latent, decoded, canvas = self.latent_panel, self.decoded_panel, self.latent_panel.canvas
        errands, messages, views, status = self.errands, self.messages, self.views, self.status
        evaluator, metrics, own_models, help_menu = self.evaluator, self.metrics_panel, self.own_models, self.help_menu
        steering, shown_run, previews = self.steering, self.shown_run, self.previews

        top.train_requested.connect(steering.train)
        top.pause_toggled.connect(steering.toggle_pause)
        top.step_requested.connect(steering.step)
        top.stop_requested.connect(steering.stop)
        top.open_requested.connect(shown_run.choose)
        top.pictures_requested.connect(session.save_pictures)
        self.welcome.train_requested.connect(steering.train)
        self.welcome.preset_chosen.connect(steering.train_preset)
        steering.possible_changed.connect(self.show_possible)
        steering.asked.connect(self.message_bar.clear)
        steering.noted.connect(status.note)
        steering.refused.connect(messages.tell_wrong)
        steering.paused_changed.connect(status.show_paused)
        steering.command_made.connect(self._show_command)

        setup.config_changed.connect(steering.tell_possible)
        setup.model_shown.connect(self.card_dialog.show_model)
        setup.card_requested.connect(self.card_dialog.open_card)
        setup.run_in.command_requested.connect(steering.make_command)
        setup.preview_requested.connect(previews.ask)
        setup.download_requested.connect(errands.download)
        setup.download_cancelled.connect(errands.cancel_download)
        errands.disk_looked_at.connect(setup.set_on_disk)
        errands.download_progressed.connect(setup.show_download)
        errands.download_ended.connect(setup.end_download)
        errands.download_ended.connect(errands.look_at_disk)
        errands.preview_ready.connect(previews.show_preview)

        setup.own_model.open_requested.connect(own_models.choose_file)
        setup.own_model.reload_requested.connect(own_models.reload)
        setup.own_model.installed_chosen.connect(errands.load_model)
        own_models.installed_found.connect(setup.own_model.offer)
        own_models.load_requested.connect(errands.load_model)
        own_models.run_trusted.connect(self.message_bar.clear)
        own_models.run_trusted.connect(shown_run.open)
        own_models.refused.connect(messages.tell_wrong)
        errands.model_ready.connect(steering.choose_model)

        session.engine_ready.connect(hand.prepare)
        session.engine_ready.connect(setup.show_devices)
        session.engine_ready.connect(own_models.find_installed)
        session.engine_ready.connect(steering.take_engine)
        session.engine_ready.connect(shown_run.open_waiting)
        session.run_started.connect(messages.start)
        session.run_started.connect(shown_run.begin)
        session.run_started.connect(steering.tell_possible)
        session.steps_done.connect(self.loss_panel.add_steps)
        session.steps_done.connect(status.show_steps)
        session.epoch_done.connect(views.end_epoch)
        session.epoch_done.connect(messages.follow)
        session.look_shown.connect(views.show_look)
        session.run_ended.connect(shown_run.end)
        session.run_ended.connect(steering.end)
        session.run_ended.connect(self.leaving.go_on)
        session.run_opened.connect(shown_run.show)
        session.run_opened.connect(messages.tell_opened)
        session.run_opened.connect(steering.tell_possible)
        session.run_stalled.connect(messages.tell_stall)
        session.run_goes_on.connect(messages.take_back_stall)
        session.pictures_saved.connect(messages.tell_pictures)
        for failing in (session, errands):
            failing.errand_failed.connect(messages.tell_failure)
            failing.errand_failed.connect(steering.take_failure)

        shown_run.named.connect(self.setWindowTitle)
        shown_run.noted.connect(status.note)
        shown_run.ended.connect(messages.tell_end)
        shown_run.config_read.connect(setup.set_config)
        shown_run.untrusted_found.connect(own_models.open_run)
        self.leaving.stop_requested.connect(steering.stop)
        self.leaving.close_requested.connect(self.close)

        canvas.hand_tool.moved.connect(hand.move_to)
        canvas.hand_tool.hovered.connect(hand.hover)
        canvas.hand_tool.left.connect(hand.leave)
        canvas.nudged.connect(hand.nudge)
        canvas.turned.connect(hand.turn)
        latent.slot_chosen.connect(hand.choose_slot)
        latent.switches.option_chosen.connect(hand.switch)
        hand.points_changed.connect(canvas.show_cloud)
        hand.plane_changed.connect(canvas.show_plane)
        hand.turned.connect(canvas.show_turned)
        hand.switches_changed.connect(latent.switches.show_options)
        hand.handle_moved.connect(views.show_handle)
        hand.handle_decoded.connect(views.show_decoded)
        hand.preview_decoded.connect(views.show_decoded)
        hand.samples_decoded.connect(decoded.show_samples)
        hand.decoding_failed.connect(messages.tell_decoding_failed)
        decoded.code_typed.connect(hand.put)
        decoded.sample_requested.connect(hand.sample)
        decoded.centre_requested.connect(views.centre_handle)

        metrics.evaluate_requested.connect(shown_run.evaluate)
        metrics.cancel_requested.connect(evaluator.cancel)
        evaluator.begun.connect(metrics.begin)
        evaluator.measured.connect(metrics.add)
        evaluator.ended.connect(metrics.end)
        evaluator.failed.connect(messages.tell_evaluation_failed)

        self.epoch_bar.epoch_selected.connect(shown_run.go_to_epoch)
        self.epoch_bar.follow_changed.connect(session.follow)
        self.view_menu.theme_changed.connect(self.set_theme)
        self.view_menu.theme_changed.connect(previews.set_theme)
        self.view_menu.layout_reset_requested.connect(self.panel_layout.reset)
        help_menu.card_requested.connect(self.card_dialog.open_card)
        help_menu.keys_requested.connect(messages.tell_keys)
        help_menu.about_requested.connect(messages.tell_about)
        help_menu.doctor_requested.connect(errands.examine)
        errands.examined.connect(messages.tell_examined)

    def _connect_laboratory(self) -> None:
        """What explains the latent space: layers, tools, and the panels that look into it."""
        hand, laboratory, layers, canvas = self.hand, self.laboratory, self.layers, self.latent_panel.canvas

        self.session.engine_ready.connect(laboratory.prepare)
        self.session.run_started.connect(self.handle_history.begin)
        self.session.run_opened.connect(self.handle_history.begin)
        laboratory.failed.connect(self.messages.tell_computation_failed)
        canvas.view_changed.connect(laboratory.show_window)
        hand.plane_changed.connect(laboratory.tell_view)
        hand.turned.connect(laboratory.tell_view)
        hand.handle_moved.connect(laboratory.tell_view)
        laboratory.scene_changed.connect(self.support_cue.follow)
        self.support_cue.changed.connect(self.decoded_panel.follow_support)
        layers.drawing_changed.connect(canvas.show_drawing)
        layers.shown_changed.connect(canvas.show_layers)
        self.latent_panel.tool_box.tool_chosen.connect(canvas.take_tool)
        self.drawing_panel.pad.did.connect(self.undo.did)
        self._connect_planes()
        self._connect_interpolation()
        self._connect_selections()

    def _connect_selections(self) -> None:
        """What is selected of the sample, from wherever, is seen everywhere."""
        selections = self.selections
        selections.connect_canvas(self.latent_panel)
        selections.connect_menu(self.select_menu)
        selections.connect_panel(self.groups_panel)
        selections.connect_reconstructions(self.reconstruction_panel)
        selections.files.exported.connect(self.messages.tell_saved)
        selections.files.failed.connect(self.messages.tell_wrong)
        self.session.run_started.connect(self._begin_selections)
        self.session.run_opened.connect(self._begin_selections)

    def _begin_selections(self) -> None:
        self.selections.begin(self.session.run_path)

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
        latent.colour_button.chosen.connect(colouring.choose)
        colouring.choice_changed.connect(latent.colour_button.show_choice)
        colouring.coloured.connect(latent.colour_points)

    def _connect_interpolation(self) -> None:
        paths, panel, latent = self.interpolation, self.path_panel, self.latent_panel

        self.session.run_started.connect(paths.begin)
        self.session.run_opened.connect(paths.begin)
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
        for began in (self.session.run_started, self.session.run_opened):
            began.connect(held.begin)
            began.connect(reencoder.begin)
            began.connect(self.neighbour_search.ask)
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

    def _connect_library(self) -> None:
        """All runs: found again, opened, their settings used."""
        library, session = self.library, self.session

        self.top_bar.runs_requested.connect(library.open)
        self.steering.possible_changed.connect(library.show_possible)
        self.view_menu.theme_changed.connect(library.set_theme)
        session.run_started.connect(library.refresh)
        session.run_ended.connect(library.refresh)
        library.open_requested.connect(self.shown_run.open)
        library.settings_chosen.connect(self.setup_panel.set_config)

    def load(self) -> None:
        """The engine, in the background; the window is there already."""
        self.steering.load_engine()
        self.errands.look_at_disk()
        self.loss_panel.prepare()

    def open_run(self, folder: str) -> None:
        self.shown_run.open(folder)

    def open_when_ready(self, run: Path) -> None:
        self.shown_run.open_when_ready(run)

    def _show_command(self, command: str) -> None:
        CommandDialog(command, self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.may_close():
            event.ignore()
            return
        self.panel_layout.save()
        self.previews.close()
        self.card_dialog.close()
        self.library.close()
        working = (self.session, self.errands, self.evaluator, self.hand, self.traversals, self.laboratory)
        for at_work in (*working, self.selections):
            at_work.end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget has taken for itself."""
        if event.key() == Qt.Key.Key_Space and self.session.training:
            self.steering.toggle_pause()
        elif event.key() == Qt.Key.Key_S and self.session.training:
            self.steering.step()
        else:
            super().keyPressEvent(event)
