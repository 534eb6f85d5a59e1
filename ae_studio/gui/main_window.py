"""The window: makes the panels, lays them out, and makes every connection between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QVBoxLayout, QWidget

from ae_studio.command import as_text, train_command
from ae_studio.config import ConfigError, RunConfig
from ae_studio.events import RunEnded, RunStarted
from ae_studio.gui.close_question import CloseQuestion
from ae_studio.gui.command_dialog import CommandDialog
from ae_studio.gui.decoded_panel import DecodedPanel
from ae_studio.gui.dock import PanelDock
from ae_studio.gui.epoch_bar import EpochBar
from ae_studio.gui.errands import Errands
from ae_studio.gui.evaluator import Evaluator
from ae_studio.gui.hand import Hand
from ae_studio.gui.help_menu import HelpMenu
from ae_studio.gui.latent_panel import LatentPanel
from ae_studio.gui.layout import Layout, bottom_tool_bar
from ae_studio.gui.loss_panel import LossPanel
from ae_studio.gui.message_bar import MessageBar
from ae_studio.gui.messages import Messages
from ae_studio.gui.metrics_panel import MetricsPanel
from ae_studio.gui.model_card_dialog import ModelCardDialog
from ae_studio.gui.named import named
from ae_studio.gui.own_models import OwnModels
from ae_studio.gui.preview_dialog import PreviewDialog
from ae_studio.gui.reconstruction_panel import ReconstructionPanel
from ae_studio.gui.run_in import COMMAND, PROCESS
from ae_studio.gui.run_views import RunViews
from ae_studio.gui.session import Session
from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.gui.status import StatusBar
from ae_studio.gui.theme import Theme
from ae_studio.gui.toolbar import Possible, TopBar
from ae_studio.gui.view_menu import ViewMenu
from ae_studio.gui.welcome import Welcome
from ae_studio.models.own import installed
from ae_studio.paths import runs_root
from ae_studio.training.defaults import PRESETS, complete, preset_values


class MainWindow(QMainWindow):
    """Everything that is seen, and nothing that computes: that is done by :class:`Session` and :class:`Hand`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("AE Studio")
        self._engine = "Loading the engine…"  # why nothing can be trained yet; empty when it can
        self._closing = False
        self._run_to_open: Path | None = None
        self._make()
        self._lay_out()
        self._connect()
        self.panel_layout.restore()
        self.view_menu.apply_theme()
        self._show_possible()
        self.latent_panel.canvas.setFocus()  # arrow keys belong to the handle; else the first enabled button gets it

    def _make(self) -> None:
        self.session = Session(self)
        self.errands = Errands(self)
        self.evaluator = Evaluator(self)
        self.hand = Hand(self)
        self.top_bar = TopBar(self)
        self.setup_panel = SetupPanel(self)
        self.own_models = OwnModels(self)
        self.latent_panel = LatentPanel(self)
        self.decoded_panel = DecodedPanel(self)
        self.loss_panel = LossPanel(self)
        self.reconstruction_panel = ReconstructionPanel(self)
        self.metrics_panel = MetricsPanel(self)
        self.epoch_bar = EpochBar(self)
        self.message_bar = MessageBar(self)
        self.messages = Messages(self.message_bar, self)
        self.status = StatusBar(self)
        self.views = RunViews(
            self.hand,
            self.latent_panel,
            self.decoded_panel,
            self.loss_panel,
            self.reconstruction_panel,
            self.epoch_bar,
            self.status,
        )
        self.welcome = Welcome({name: (p.title, p.summary) for name, p in PRESETS.items()}, self.latent_panel.canvas)
        self.preview_dialog: PreviewDialog | None = None
        self.card_dialog = ModelCardDialog(self.setup_panel.model, self)

    def _lay_out(self) -> None:
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.latent_panel, 1)
        QVBoxLayout(self.latent_panel.canvas).addWidget(self.welcome)
        self.setCentralWidget(centre)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.top_bar)
        epochs = bottom_tool_bar(self, self.epoch_bar, "Epochs", "epoch_tool_bar")
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, epochs)
        self.setStatusBar(self.status)
        reconstructions = self.reconstruction_panel
        self._docks = {
            "setup": PanelDock("Setup", self.setup_panel, "setup_dock", self),
            "decoded": PanelDock("Decoded", self.decoded_panel, "decoded_dock", self),
            "loss": PanelDock("Loss", self.loss_panel, "loss_dock", self, self.loss_panel.header),
            "reconstructions": PanelDock(
                "Reconstructions", reconstructions, "reconstruction_dock", self, reconstructions.header
            ),
            "metrics": PanelDock("Metrics", self.metrics_panel, "metrics_dock", self, self.metrics_panel.header),
        }
        self.panel_layout = Layout(self, dict(self._docks))
        self.view_menu = ViewMenu(self.top_bar.view_menu, list(self._docks.values()), self)
        self.help_menu = HelpMenu(self.top_bar.help_menu, self)

    def _connect(self) -> None:
        """Who tells whom."""
        top, setup, session, hand = self.top_bar, self.setup_panel, self.session, self.hand
        errands, messages, help_menu, views = self.errands, self.messages, self.help_menu, self.views
        evaluator, metrics = self.evaluator, self.metrics_panel
        own_models = self.own_models
        latent, decoded, canvas = self.latent_panel, self.decoded_panel, self.latent_panel.canvas

        top.train_requested.connect(self._train)
        top.pause_toggled.connect(self._toggle_pause)
        top.step_requested.connect(self._step)
        top.stop_requested.connect(self._stop)
        top.open_requested.connect(self._choose_run)
        top.pictures_requested.connect(session.save_pictures)
        self.welcome.train_requested.connect(self._train)
        self.welcome.preset_chosen.connect(self._use_preset)

        setup.config_changed.connect(self._show_possible)
        setup.model_shown.connect(self.card_dialog.show_model)
        setup.card_requested.connect(self.card_dialog.open_card)
        setup.run_in.command_requested.connect(self._show_command)
        setup.preview_requested.connect(self._preview_data)
        setup.download_requested.connect(errands.download)
        setup.download_cancelled.connect(errands.cancel_download)
        errands.download_progressed.connect(setup.show_download)
        errands.download_ended.connect(self._end_download)
        errands.preview_ready.connect(self._show_preview)

        setup.own_model.open_requested.connect(own_models.choose_file)
        setup.own_model.reload_requested.connect(own_models.reload)
        setup.own_model.installed_chosen.connect(errands.load_model)
        own_models.load_requested.connect(errands.load_model)
        own_models.run_trusted.connect(self.message_bar.clear)
        own_models.run_trusted.connect(self.open_run)
        own_models.refused.connect(messages.tell_wrong)
        errands.model_ready.connect(self._use_model)

        session.engine_ready.connect(self._engine_ready)
        session.run_started.connect(messages.start)
        session.run_started.connect(self._begin_run)
        session.steps_done.connect(self.loss_panel.add_steps)
        session.steps_done.connect(self.status.show_steps)
        session.epoch_done.connect(views.end_epoch)
        session.epoch_done.connect(messages.follow)
        session.look_shown.connect(views.show_look)
        session.run_ended.connect(self._end_run)
        session.run_opened.connect(self._show_run)
        session.run_stalled.connect(messages.tell_stall)
        session.run_goes_on.connect(messages.take_back_stall)
        session.pictures_saved.connect(messages.tell_pictures)
        session.errand_failed.connect(self._tell_failure)
        errands.errand_failed.connect(self._tell_failure)

        canvas.point_moved.connect(hand.move_to)
        canvas.point_hovered.connect(hand.hover)
        canvas.hover_left.connect(hand.leave)
        canvas.nudged.connect(hand.nudge)
        canvas.turned.connect(hand.turn)
        latent.plane_chosen.connect(hand.choose_plane)
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

        metrics.evaluate_requested.connect(self._evaluate)
        metrics.cancel_requested.connect(evaluator.cancel)
        evaluator.begun.connect(metrics.begin)
        evaluator.measured.connect(metrics.add)
        evaluator.ended.connect(metrics.end)
        evaluator.failed.connect(messages.tell_evaluation_failed)

        self.epoch_bar.epoch_selected.connect(self._go_to_epoch)
        self.epoch_bar.follow_changed.connect(session.follow)
        self.view_menu.theme_changed.connect(self._set_theme)
        self.view_menu.layout_reset_requested.connect(self.panel_layout.reset)
        help_menu.card_requested.connect(self.card_dialog.open_card)
        help_menu.keys_requested.connect(messages.tell_keys)
        help_menu.about_requested.connect(messages.tell_about)
        help_menu.doctor_requested.connect(errands.examine)
        errands.examined.connect(messages.tell_examined)

    # Loading and leaving

    def load(self) -> None:
        """The engine, in the background; the window is there already."""
        self.status.note(self._engine)
        self.setup_panel.set_on_disk(self.errands.data_on_disk())
        self.session.load_engine()
        self.loss_panel.prepare()

    def open_when_ready(self, run: Path) -> None:
        self._run_to_open = run

    def _engine_ready(self, devices: dict[str, str]) -> None:
        self._engine = ""
        self.hand.prepare()
        self.setup_panel.show_devices(devices)
        self.setup_panel.own_model.offer(list(installed()))
        self.status.note("Ready")
        self._show_possible()
        if self._run_to_open is not None:
            self.session.open_run(self._run_to_open)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.training or (self.session.own_process and not self._closing):
            event.ignore()
            self._ask_to_stop()
            return
        self.panel_layout.save()
        if self.preview_dialog is not None:
            self.preview_dialog.close()
        self.card_dialog.close()
        self.session.end()
        self.errands.end()
        self.evaluator.end()
        self.hand.end()
        event.accept()

    def _ask_to_stop(self) -> None:
        question = CloseQuestion(self.session.own_process is not None, self)
        question.stop_chosen.connect(self._stop_and_close)
        question.leave_chosen.connect(self._leave_and_close)
        question.open()

    def _stop_and_close(self) -> None:
        self._closing = True
        if self.session.training or self.session.own_process:
            self._stop()
        else:
            self.close()

    def _leave_and_close(self) -> None:
        self._closing = True
        self.close()

    # A run

    def _train(self) -> None:
        config = self.setup_panel.config()
        if config is None or self._why_no_training():
            return
        where = self.setup_panel.run_in.choice
        if where == COMMAND:
            self._show_command()
            return
        self.message_bar.clear()
        if where == PROCESS:
            self._train_apart(config)
            return
        self.session.train(config)
        self.setup_panel.lock("Settings are fixed while a training runs")
        self._show_possible()

    def _train_apart(self, config: RunConfig) -> None:
        try:
            self.session.train_apart(config)
        except OSError as error:
            self.message_bar.show_message("error", f"No process could be started: {error}")
            return
        self.status.note("Starting a process of its own…")
        self._show_possible()

    def _show_command(self) -> None:
        config = self.setup_panel.config()
        if config is None:
            self.message_bar.show_message("error", self.setup_panel.why_incomplete())
            return
        CommandDialog(as_text(train_command(config)), self).open()

    def _toggle_pause(self) -> None:
        if self.session.paused:
            self.session.resume()
        else:
            self.session.pause()
        self._show_steering()

    def _step(self) -> None:
        self.session.step()
        self._show_steering()

    def _show_steering(self) -> None:
        self.status.show_paused(self.session.paused)
        self._show_possible()

    def _stop(self) -> None:
        self.session.stop()
        self.status.note("Stopping…")

    def _begin_run(self, event: RunStarted) -> None:
        self.welcome.hide()
        self.evaluator.cancel()
        self.metrics_panel.clear()
        self.views.start(event)
        self._show_name()
        if self.session.watched:
            self.status.note(self._name())

    def _show_name(self) -> None:
        self.setWindowTitle(f"{self._name()} – AE Studio")
        self._show_possible()

    def _name(self) -> str:
        """What is shown: ``Watching 2026-11-25_vae_digits (another process)``."""
        run = self.session.run_path.name if self.session.run_path else "No run"
        if not self.session.watched:
            return run
        return f"Watching {run} ({'its own' if self.session.own_process else 'another'} process)"

    def _end_run(self, event: RunEnded) -> None:
        self.views.end(event)
        self.setup_panel.unlock()
        if self._closing:
            self.close()
            return
        if self.session.run_path:
            self._show_name()
        self.messages.tell_end(event, self.session.log_of(event.run))
        self._show_possible()

    def _choose_run(self) -> None:
        dialog = named(QFileDialog(self, "Open a run folder", str(runs_root())), "open_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_run)
        dialog.open()

    def open_run(self, folder: str) -> None:
        self.status.note("Opening…")
        self.session.open_run(Path(folder))

    def _show_run(self, opened: Any) -> None:
        self.messages.take_back_stall()
        if not opened.why_no_model:
            self.setup_panel.set_config(opened.config)
        self.welcome.hide()
        self.views.load(opened)
        self._show_name()
        self.status.note(opened.ended[1] if opened.ended else self._name())
        if opened.untrusted:
            self.own_models.open_run(opened.path, opened.untrusted)
        elif opened.problems and opened.ended:  # of one that is being written much is not there yet
            self.message_bar.show_message("warning", "Some of this run is missing.", details="\n".join(opened.problems))
        elif opened.ended and opened.moment:
            self.messages.tell_opened(opened.space, opened.history.validation, opened.moment.look)
        if opened.epochs:
            self._show_kept_metrics(opened.epochs[-1])

    def _go_to_epoch(self, epoch: int) -> None:
        self.session.show_epoch(epoch)
        self.views.mark_epoch(epoch)
        self._show_kept_metrics(epoch)

    def _evaluate(self) -> None:
        if self.session.run_path is not None:
            self.evaluator.evaluate(self.session.run_path.resolve(), self.views.epoch)

    def _show_kept_metrics(self, epoch: int) -> None:
        if self.session.run_path is not None:
            self.evaluator.show_kept(self.session.run_path, epoch)

    # What is shown

    def _show_possible(self) -> None:
        why_not = self._why_no_training()
        keep = "" if self.session.run_path and not self.session.training else "There is no finished run to save from"
        steer = "" if self.session.training else "Nothing is being trained"
        if self.session.watched:
            steer = "This run belongs to another process: steer it there"
        stop = "" if self.session.own_process else steer
        self.top_bar.show_possible(Possible(why_not, steer, self.session.paused, keep, stop))
        self.welcome.allow_training(why_not)
        self.metrics_panel.allow(self._engine or ("" if self.session.run_path else "There is no run yet"))

    def _why_no_training(self) -> str:
        if self._engine:
            return self._engine
        if self.session.training:
            return "A training is running"
        if self.session.own_process:
            return "A training runs in its own process: stop it first"
        return self.setup_panel.why_incomplete()

    def _use_preset(self, name: str) -> None:
        current = self.setup_panel.config()
        values = preset_values(name) | ({"data": current.data} if current else {})
        try:
            self.setup_panel.set_config(complete(values))
        except ConfigError as error:
            self.message_bar.show_message("error", str(error))
            return
        self._train()

    def _use_model(self, name: str) -> None:
        if self.session.training:
            return  # one was begun meanwhile, and its settings are fixed
        self.message_bar.clear()
        self.setup_panel.choose_model(name)

    # Data

    def _preview_data(self, name: str) -> None:
        config = self.setup_panel.config()
        self.errands.preview_data(name, config.validation_fraction if config else 0.1)

    def _show_preview(self, preview: Any) -> None:
        if self.preview_dialog is not None:
            self.preview_dialog.close()
        self.preview_dialog = PreviewDialog(preview, self.view_menu.theme, self)
        self.preview_dialog.finished.connect(self._forget_preview)
        self.preview_dialog.show()

    def _forget_preview(self) -> None:
        self.preview_dialog = None  # Qt deletes it once it is closed

    def _end_download(self, error: str) -> None:
        self.setup_panel.end_download(error)
        self.setup_panel.set_on_disk(self.errands.data_on_disk())
        self._show_possible()

    # Telling

    def _tell_failure(self, kind: str, message: str, details: str) -> None:
        if kind == "engine":
            self._engine = "The engine could not be loaded"
            message = f"Torch or Lightning could not be loaded, so nothing can be trained: {message}"
        self.message_bar.show_message("error", message, details=details if kind in ("engine", "model") else "")
        self.status.note("")
        self._show_possible()

    def _set_theme(self, theme: Theme) -> None:
        themed: list[Any] = [self.top_bar, self.setup_panel, self.latent_panel, self.decoded_panel, self.loss_panel]
        themed += [
            self.reconstruction_panel,
            self.metrics_panel,
            self.epoch_bar,
            self.message_bar,
            self.card_dialog,
            *self._docks.values(),
        ]
        for widget in themed:
            widget.set_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget has taken for itself."""
        if event.key() == Qt.Key.Key_Space and self.session.training:
            self._toggle_pause()
        elif event.key() == Qt.Key.Key_S and self.session.training:
            self._step()
        else:
            super().keyPressEvent(event)
