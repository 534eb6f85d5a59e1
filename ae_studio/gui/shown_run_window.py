"""The window around the run that is looked at: what it tells, its epochs and metrics, and the hand in its space."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from ae_studio.gui.evaluator import Evaluator
from ae_studio.gui.laboratory_window import LaboratoryWindow
from ae_studio.gui.run_views import RunViews
from ae_studio.gui.session import Session
from ae_studio.gui.shown_run import ShownRun
from ae_studio.gui.slow_motion import SlowMotion
from ae_studio.gui.time_keys import TimeKeys
from ae_studio.gui.time_machine import TimeMachine


class ShownRunWindow(LaboratoryWindow):
    """The panels, and behind them the session with the engine. How a run comes to be trained does not matter here."""

    def __init__(self) -> None:
        super().__init__()
        self._make_run()
        self._connect_session()
        self._connect_shown_run()
        self._connect_metrics()
        self._connect_time_machine()
        self._connect_hand()

    def _make_run(self) -> None:
        self.session = Session(self)
        self.evaluator = Evaluator(self)
        self.times = TimeMachine(self)
        self.time_keys = TimeKeys(self.epoch_bar)
        self.slow_motion = SlowMotion(self)
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

    def _connect_session(self) -> None:
        """What a run tells while it is trained, here or elsewhere, and when it is opened."""
        session, messages, views, status = self.session, self.messages, self.views, self.status
        shown_run, loss, slow_motion = self.shown_run, self.loss_panel, self.slow_motion

        session.engine_ready.connect(self.prepare_exploring)
        session.run_started.connect(messages.start)
        session.run_started.connect(shown_run.begin)
        session.run_started.connect(self._begin_exploring)
        session.steps_done.connect(loss.add_steps)
        session.steps_done.connect(status.show_steps)
        session.values_changed.connect(loss.add_change)
        session.values_changed.connect(self.epoch_bar.take_change)
        session.epoch_done.connect(views.end_epoch)
        session.epoch_done.connect(messages.follow)
        session.look_shown.connect(slow_motion.take_look)  # which holds some of them back for a while
        slow_motion.look_due.connect(views.show_look)
        session.run_ended.connect(shown_run.end)
        session.run_opened.connect(shown_run.show)
        session.run_opened.connect(self._begin_exploring)
        session.run_opened.connect(messages.tell_opened)
        session.run_rejoined.connect(shown_run.rejoin)
        session.run_rejoined.connect(self._begin_exploring)
        session.run_stalled.connect(messages.tell_stall)
        session.run_goes_on.connect(messages.take_back_stall)
        session.pictures_saved.connect(messages.tell_pictures)

    def _connect_shown_run(self) -> None:
        """Which one it is, and how it is opened."""
        shown_run, top = self.shown_run, self.top_bar

        top.open_requested.connect(shown_run.choose)
        top.pictures_requested.connect(self.session.save_pictures)
        shown_run.named.connect(self.setWindowTitle)
        shown_run.noted.connect(self.status.note)
        shown_run.ended.connect(self.messages.tell_end)

    def _connect_metrics(self) -> None:
        """How good the epoch is that is looked at."""
        metrics, evaluator = self.metrics_panel, self.evaluator

        metrics.evaluate_requested.connect(self.shown_run.evaluate)
        metrics.cancel_requested.connect(evaluator.cancel)
        evaluator.begun.connect(metrics.begin)
        evaluator.measured.connect(metrics.add)
        evaluator.ended.connect(metrics.end)
        evaluator.failed.connect(self.messages.tell_evaluation_failed)

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

    def _begin_exploring(self) -> None:
        self.begin_exploring(self.session.run_path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget has taken for itself."""
        if not self.time_keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.time_keys.release(event):
            super().keyReleaseEvent(event)
