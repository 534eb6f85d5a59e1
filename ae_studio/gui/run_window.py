"""The window around a run: how it is set up, steered and continued, and every connection of that."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from ae_studio.gui.command_dialog import CommandDialog
from ae_studio.gui.continuing import Continuing
from ae_studio.gui.errands import Errands
from ae_studio.gui.leaving import Leaving
from ae_studio.gui.live_values import LiveValues
from ae_studio.gui.own_models import OwnModels
from ae_studio.gui.previews import Previews
from ae_studio.gui.shown_run_window import ShownRunWindow
from ae_studio.gui.steering import Steering


class RunWindow(ShownRunWindow):
    """What leads to a run: settings, data sets and models, the buttons that steer it, and where it goes on from."""

    def __init__(self) -> None:
        super().__init__()
        self._make()
        self._connect_steering()
        self._connect_setup()
        self._connect_engine()
        self._connect_leaving()
        self._connect_continuing()
        self._connect_live_values()
        self._connect_menus()

    def _make(self) -> None:
        self.errands = Errands(self)
        self.own_models = OwnModels(self)
        self.steering = Steering(self.session, self.setup_panel, self)
        self.live_values = LiveValues(self.session, self.setup_panel, self)
        self.continuing = Continuing(self)
        self.leaving = Leaving(self.session, self)
        self.previews = Previews(self.errands, self.setup_panel, self)

    def _connect_steering(self) -> None:
        """What the buttons ask for, and what can be done."""
        top, messages, status, steering = self.top_bar, self.messages, self.status, self.steering

        top.train_requested.connect(steering.train)
        top.pause_toggled.connect(steering.toggle_pause)
        top.step_requested.connect(self.step)
        top.epoch_requested.connect(steering.epoch)
        top.stop_requested.connect(steering.stop)
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

    def _connect_engine(self) -> None:
        """What can be done as soon as it is there, and in a run's course."""
        setup, session, errands, steering = self.setup_panel, self.session, self.errands, self.steering
        shown_run, own_models = self.shown_run, self.own_models

        session.engine_ready.connect(setup.show_devices)
        session.engine_ready.connect(own_models.find_installed)
        session.engine_ready.connect(steering.take_engine)
        session.engine_ready.connect(shown_run.open_waiting)
        session.run_started.connect(steering.tell_possible)
        session.epoch_done.connect(steering.tell_epoch)
        session.run_ended.connect(steering.end)
        session.run_opened.connect(steering.tell_possible)
        shown_run.config_read.connect(setup.set_config)
        shown_run.untrusted_found.connect(own_models.open_run)
        for failing in (session, errands):
            failing.errand_failed.connect(self.messages.tell_failure)
            failing.errand_failed.connect(steering.take_failure)

    def _connect_leaving(self) -> None:
        """The window is closed while a run is trained."""
        leaving = self.leaving

        self.session.run_ended.connect(leaving.go_on)
        leaving.stop_requested.connect(self.steering.stop)
        leaving.close_requested.connect(self.close)

    def _connect_live_values(self) -> None:
        """Settings that are changed while a training runs."""
        live, session = self.live_values, self.session

        self.steering.begun.connect(live.begin)
        session.values_changed.connect(live.take)
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

    def _ask_for_continuing(self) -> None:
        """From the epoch that is looked at."""
        self.continuing.ask(self.session.run_path, self.epoch_bar.epoch)

    def _show_epoch_menu(self, at: QPoint) -> None:
        self.continuing.show_menu(self.epoch_bar, at, self.session.run_path, self.epoch_bar.epoch)

    def _show_form_to_continuing(self) -> None:
        self.continuing.show_form(self.setup_panel.config(), self.setup_panel.run_in.where_it_goes_on)

    def _note_filled(self) -> None:
        config = self.setup_panel.config()
        if config is not None and self.session.training:
            self.continuing.take_filled(config)

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
        self.continuing.prepare()

    def step(self) -> None:
        """One batch."""
        self.steering.step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that steer a training."""
        key, alone = event.key(), not event.modifiers()
        may_step = alone and not self.steering.possible().why_no_step
        if key == Qt.Key.Key_Space and alone and self.session.training:
            self.steering.toggle_pause()
        elif key == Qt.Key.Key_S and may_step:
            self.step()
        elif key == Qt.Key.Key_E and may_step:
            self.steering.epoch()
        else:
            super().keyPressEvent(event)
