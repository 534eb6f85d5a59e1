"""The window around a run: how it is set up, steered, watched and looked at, and every connection of that."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from ae_studio.gui.command_dialog import CommandDialog
from ae_studio.gui.continuing import Continuing
from ae_studio.gui.errands import Errands
from ae_studio.gui.evaluator import Evaluator
from ae_studio.gui.laboratory_window import LaboratoryWindow
from ae_studio.gui.leaving import Leaving
from ae_studio.gui.live_values import LiveValues
from ae_studio.gui.own_models import OwnModels
from ae_studio.gui.previews import Previews
from ae_studio.gui.run_views import RunViews
from ae_studio.gui.session import Session
from ae_studio.gui.shown_run import ShownRun
from ae_studio.gui.slow_motion import SlowMotion
from ae_studio.gui.steering import Steering
from ae_studio.gui.time_keys import TimeKeys
from ae_studio.gui.time_machine import TimeMachine


class RunWindow(LaboratoryWindow):
    """The panels, and behind them the session with the engine; what one run needs, from its settings to its metrics."""

    def __init__(self) -> None:
        super().__init__()
        self._make()
        self._connect_steering()
        self._connect_setup()
        self._connect_session()
        self._connect_shown_run()
        self._connect_continuing()
        self._connect_time_machine()
        self._connect_hand()
        self._connect_live_values()
        self._connect_menus()

    def _make(self) -> None:
        self.session = Session(self)
        self.errands = Errands(self)
        self.evaluator = Evaluator(self)
        self.own_models = OwnModels(self)
        self.times = TimeMachine(self)
        self.time_keys = TimeKeys(self.epoch_bar)
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
        self.shown_run = ShownRun(self.session, self.views, self.evaluator, self.times, self)
        self.steering = Steering(self.session, self.setup_panel, self)
        self.slow_motion = SlowMotion(self)
        self.live_values = LiveValues(self.session, self.setup_panel, self)
        self.continuing = Continuing(self)
        self.leaving = Leaving(self.session, self)
        self.previews = Previews(self.errands, self.setup_panel, self)

    def _connect_steering(self) -> None:
        """What the buttons ask for, and what can be done."""
        top, session, messages, status, steering = self.top_bar, self.session, self.messages, self.status, self.steering
        shown_run = self.shown_run

        top.train_requested.connect(steering.train)
        top.pause_toggled.connect(steering.toggle_pause)
        top.step_requested.connect(self.step)
        top.epoch_requested.connect(steering.epoch)
        top.stop_requested.connect(steering.stop)
        top.open_requested.connect(shown_run.choose)
        top.pictures_requested.connect(session.save_pictures)
        self.welcome.train_requested.connect(steering.train)
        steering.possible_changed.connect(self.show_possible)
        steering.asked.connect(self.message_bar.clear)
        steering.noted.connect(status.note)
        steering.refused.connect(messages.tell_wrong)
        steering.paused_changed.connect(status.show_paused)
        steering.command_made.connect(self._show_command)

    def _connect_setup(self) -> None:
        """The settings of the next run, data sets and models of the user's own."""
        setup, errands, messages = self.setup_panel, self.errands, self.messages
        own_models, steering = self.own_models, self.steering
        shown_run, previews = self.shown_run, self.previews

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

    def _connect_session(self) -> None:
        """What the engine tells of the run."""
        setup, session, errands = self.setup_panel, self.session, self.errands
        messages, views = self.messages, self.views
        status, own_models, steering, shown_run = self.status, self.own_models, self.steering, self.shown_run

        session.engine_ready.connect(self.prepare_exploring)
        session.engine_ready.connect(setup.show_devices)
        session.engine_ready.connect(own_models.find_installed)
        session.engine_ready.connect(steering.take_engine)
        session.engine_ready.connect(shown_run.open_waiting)
        session.run_started.connect(messages.start)
        session.run_started.connect(shown_run.begin)
        session.run_started.connect(self._begin_exploring)
        session.run_started.connect(steering.tell_possible)
        session.steps_done.connect(self.loss_panel.add_steps)
        session.steps_done.connect(status.show_steps)
        session.epoch_done.connect(views.end_epoch)
        session.epoch_done.connect(messages.follow)
        session.epoch_done.connect(steering.tell_epoch)
        session.look_shown.connect(self.slow_motion.take_look)  # which holds some of them back for a while
        self.slow_motion.look_due.connect(views.show_look)
        session.run_ended.connect(shown_run.end)
        session.run_ended.connect(steering.end)
        session.run_ended.connect(self.leaving.go_on)
        session.run_opened.connect(shown_run.show)
        session.run_opened.connect(self._begin_exploring)
        session.run_opened.connect(messages.tell_opened)
        session.run_opened.connect(steering.tell_possible)
        session.run_stalled.connect(messages.tell_stall)
        session.run_goes_on.connect(messages.take_back_stall)
        session.pictures_saved.connect(messages.tell_pictures)
        for failing in (session, errands):
            failing.errand_failed.connect(messages.tell_failure)
            failing.errand_failed.connect(steering.take_failure)

    def _connect_shown_run(self) -> None:
        """The run that is looked at, its epochs and its metrics."""
        setup, messages, status = self.setup_panel, self.messages, self.status
        evaluator = self.evaluator
        metrics, own_models, steering, shown_run = self.metrics_panel, self.own_models, self.steering, self.shown_run

        shown_run.named.connect(self.setWindowTitle)
        shown_run.noted.connect(status.note)
        shown_run.ended.connect(messages.tell_end)
        shown_run.config_read.connect(setup.set_config)
        shown_run.untrusted_found.connect(own_models.open_run)
        self.leaving.stop_requested.connect(steering.stop)
        self.leaving.close_requested.connect(self.close)

        metrics.evaluate_requested.connect(shown_run.evaluate)
        metrics.cancel_requested.connect(evaluator.cancel)
        evaluator.begun.connect(metrics.begin)
        evaluator.measured.connect(metrics.add)
        evaluator.ended.connect(metrics.end)
        evaluator.failed.connect(messages.tell_evaluation_failed)

    def _connect_time_machine(self) -> None:
        """The epoch slider drives all that is seen of the run."""
        bar, times, session, shown_run = self.epoch_bar, self.times, self.session, self.shown_run

        bar.epoch_selected.connect(shown_run.go_to_epoch)
        bar.follow_changed.connect(session.follow)
        self.loss_panel.epoch_chosen.connect(bar.go_to)
        self.loss_panel.epoch_stepped.connect(bar.step)
        bar.ends_changed.connect(times.set_ends)
        bar.sides_requested.connect(shown_run.ask_for_sides)
        session.epoch_done.connect(times.take_epoch)
        session.look_shown.connect(shown_run.follow)
        times.epochs_found.connect(bar.add_kept)
        times.look_shown.connect(self.views.show_moment)
        times.epoch_refused.connect(shown_run.refuse_epoch)
        times.paths_changed.connect(self.laboratory.show_paths)
        shown_run.epoch_refused.connect(self.messages.tell_epoch_refused)
        self.hand.handle_decoded.connect(self.views.play_on)
        self.hand.decoding_failed.connect(self.views.play_on)

    def _connect_live_values(self) -> None:
        """Settings that are changed while a training runs."""
        live, session = self.live_values, self.session

        self.steering.begun.connect(live.begin)
        session.values_changed.connect(live.take)
        session.values_changed.connect(self.loss_panel.add_change)
        session.values_changed.connect(self.epoch_bar.take_change)
        session.run_ended.connect(live.end)
        session.run_opened.connect(live.show_opened)
        live.told.connect(self.status.note)

    def _connect_continuing(self) -> None:
        """A run that goes on, in its folder or as a branch."""
        continuing, session, setup, steering = self.continuing, self.session, self.setup_panel, self.steering
        shown_run = self.shown_run

        self.top_bar.continue_requested.connect(self._ask_for_continuing)
        self.epoch_bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.epoch_bar.customContextMenuRequested.connect(self._show_epoch_menu)
        steering.possible_changed.connect(continuing.show_possible)
        setup.config_changed.connect(self._show_form_to_continuing)
        continuing.form_requested.connect(self._show_form_to_continuing)
        continuing.open_requested.connect(shown_run.open)
        continuing.noted.connect(self.status.note)
        continuing.refused.connect(self.messages.tell_wrong)
        continuing.ready.connect(steering.go_on)
        session.run_opened.connect(continuing.take_opened)
        session.run_started.connect(self._note_filled)
        shown_run.config_read.connect(continuing.take_filled)
        session.run_rejoined.connect(shown_run.rejoin)
        session.run_rejoined.connect(self._begin_exploring)

    def _ask_for_continuing(self) -> None:
        """From the epoch that is looked at."""
        self.continuing.ask(self.session.run_path, self.epoch_bar.epoch)

    def _show_epoch_menu(self, at: QPoint) -> None:
        self.continuing.show_menu(self.epoch_bar, at, self.session.run_path, self.epoch_bar.epoch)

    def _show_form_to_continuing(self) -> None:
        self.continuing.show_form(self.setup_panel.config())

    def _note_filled(self) -> None:
        config = self.setup_panel.config()
        if config is not None and self.session.training:
            self.continuing.take_filled(config)

    def _connect_hand(self) -> None:
        """The hand in its latent space."""
        hand, latent, decoded = self.hand, self.latent_panel, self.decoded_panel
        canvas, messages = self.latent_panel.canvas, self.messages
        views = self.views

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

    def _connect_menus(self) -> None:
        """View and Help."""
        errands, messages, help_menu, previews = self.errands, self.messages, self.help_menu, self.previews

        self.view_menu.theme_changed.connect(self.set_theme)
        self.view_menu.theme_changed.connect(previews.set_theme)
        self.view_menu.layout_reset_requested.connect(self.panel_layout.reset)
        help_menu.card_requested.connect(self.card_dialog.open_card)
        help_menu.keys_requested.connect(messages.tell_keys)
        help_menu.about_requested.connect(messages.tell_about)
        help_menu.doctor_requested.connect(errands.examine)
        errands.examined.connect(messages.tell_examined)

    def _show_command(self, command: str) -> None:
        CommandDialog(command, self).open()

    def load(self) -> None:
        """The engine, in the background; the window is there already."""
        self.steering.load_engine()
        self.errands.look_at_disk()
        self.loss_panel.prepare()

    def _begin_exploring(self) -> None:
        self.begin_exploring(self.session.run_path)

    def step(self) -> None:
        """One batch."""
        self.steering.step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget has taken for itself."""
        if self.time_keys.press(event):
            return
        may_step = not event.modifiers() and not self.steering.possible().why_no_step
        if event.key() == Qt.Key.Key_Space and self.session.training:
            self.steering.toggle_pause()
        elif event.key() == Qt.Key.Key_S and may_step:
            self.step()
        elif event.key() == Qt.Key.Key_E and may_step:
            self.steering.epoch()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.time_keys.release(event):
            super().keyReleaseEvent(event)
