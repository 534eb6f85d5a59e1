"""The whole window, used as a person would: buttons, mouse and keys on the real thing."""

import json
import os
import signal

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QWidget

from ae_studio.training.defaults import PRESETS, Preset, complete
from ae_studio.training.tours import TOURS, Stop, Tour
from tests.models.own_files import WHOLE, written

LOADED = 60_000  # ms: the first test of a process loads torch


def choose(window, **values):
    window.setup_panel.set_config(complete({"data": "digits", "epochs": 3, "settings": {"hidden": "16"}, **values}))


def click(qtbot, window, name):
    qtbot.mouseClick(window.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def train(qtbot, window, **values):
    choose(window, **values)
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        click(qtbot, window, "train_button")
    return ended.args[0]


def begin(qtbot, window):
    """A training that does not end by itself."""
    choose(window, epochs=100_000)
    with qtbot.waitSignal(window.session.epoch_done, timeout=LOADED):
        click(qtbot, window, "train_button")


def drag_to(qtbot, canvas, x_share, y_share):
    end = QPoint(int(canvas.width() * x_share), int(canvas.height() * y_share))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=end - QPoint(20, 10))
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    return end


def test_train_watch_and_drag(qtbot, window):
    assert train(qtbot, window).outcome == "finished"
    canvas, view = window.latent_panel.canvas, window.decoded_panel.digit_view
    qtbot.waitUntil(lambda: view._image is not None)
    before = view._image.copy()
    drag_to(qtbot, canvas, 0.9, 0.1)
    qtbot.waitUntil(lambda: not np.array_equal(view._image, before))
    assert window.reconstruction_panel.grid.shown is not None
    assert window.loss_panel._data.epochs["validation"].keys() == {0, 1, 2, 3}
    qtbot.waitUntil(lambda: "away" in window.findChild(QWidget, "nearest_label").text())
    qtbot.waitUntil(lambda: window.findChild(QWidget, "decode_label").text().startswith("Decode"))


def test_a_training_in_the_window_computes_on_every_core(qtbot, window, monkeypatch):
    """The hand's thread takes one for itself, and once left the training with one too."""
    import torch

    before = torch.get_num_threads()
    monkeypatch.setattr("ae_studio.torch_setup.compute_threads", lambda: 2)  # also where the tests have one each
    seen = set()
    choose(window)
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        click(qtbot, window, "train_button")
        window.session._thread.event_happened.connect(
            lambda event: seen.add(torch.get_num_threads()), Qt.ConnectionType.DirectConnection
        )
    torch.set_num_threads(before)  # the number that was set last is that of every later thread
    assert seen == {2}


def test_dragging_decodes_while_it_trains(qtbot, window):
    begin(qtbot, window)
    with qtbot.waitSignal(window.hand.handle_decoded, timeout=5000):
        drag_to(qtbot, window.latent_panel.canvas, 0.8, 0.3)
    assert window.session.training
    qtbot.waitSignal(window.decoded_panel.digit_view.painted, timeout=5000).wait()


def test_the_buttons_say_what_can_be_done(qtbot, window):
    names = ("train_button", "pause_button", "step_button", "stop_button", "pictures_button")
    buttons = {name: window.findChild(QWidget, name) for name in names}
    assert [name for name in names if buttons[name].isEnabled()] == ["train_button", "step_button"]
    assert buttons["stop_button"].toolTip() == "Nothing is being trained"
    begin(qtbot, window)
    assert [name for name in names if buttons[name].isEnabled()] == ["pause_button", "step_button", "stop_button"]
    assert buttons["train_button"].toolTip() == "A training is running"
    assert not window.findChild(QWidget, "epochs_box").isEnabled()
    assert window.findChild(QWidget, "lr_box").isEnabled()  # can be changed meanwhile
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        click(qtbot, window, "stop_button")
    assert [name for name in names if buttons[name].isEnabled()] == ["train_button", "step_button", "pictures_button"]
    assert window.findChild(QWidget, "epochs_box").isEnabled()


def test_a_weight_is_changed_while_it_trains_and_that_is_told_marked_kept_and_opened_again(qtbot, window):
    begin(qtbot, window)
    box = window.setup_panel.fields.own["beta"].widget
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.5")
    with qtbot.waitSignal(window.session.values_changed, timeout=LOADED) as changed:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    event = changed.args[0]
    assert (event.values, event.before) == ({"beta": 0.5}, {"beta": 1.0})
    note = window.findChild(QLabel, "status_note").text()
    assert note == f"β 1 → 0.5 from step {event.step + 1:,} on"
    assert len(window.loss_panel._plot.changes.positions) == 1
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        click(qtbot, window, "stop_button")
    assert "β 1 → 0.5" in window.setup_panel.changes_note.text
    assert window.setup_panel.config().settings["beta"] == 0.5
    run = window.session.run_path
    assert json.loads((run / "changes.jsonl").read_text()) == {"step": event.step, "values": {"beta": 0.5}}
    with qtbot.waitSignal(window.session.run_opened, timeout=LOADED):
        window.open_run(str(run))
    assert window.setup_panel.config().settings["beta"] == 1.0
    assert window.setup_panel.changes_note.text.endswith("β 1 → 0.5")
    qtbot.waitUntil(lambda: window.loss_panel._plot.changes.labels == ["β → 0.5"], timeout=LOADED)


def test_pause_becomes_resume_and_space_does_the_same(qtbot, window):
    begin(qtbot, window)
    button = window.findChild(QWidget, "pause_button")
    click(qtbot, window, "pause_button")
    assert (button.accessibleName(), window.session.paused) == ("Resume", True)
    window.latent_panel.canvas.setFocus()
    qtbot.keyClick(window.latent_panel.canvas, Qt.Key.Key_Space)
    assert (button.accessibleName(), window.session.paused) == ("Pause", False)


def test_step_trains_on_one_batch(qtbot, window):
    begin(qtbot, window)
    click(qtbot, window, "pause_button")
    while True:  # until it has come to rest: an epoch's own look may be the first that comes
        with qtbot.waitSignal(window.session.steps_done, timeout=500, raising=False) as going_on:
            pass
        if not going_on.signal_triggered:
            break
    with qtbot.waitSignal(window.session.steps_done, timeout=5000) as stepped:
        click(qtbot, window, "step_button")
    assert len(stepped.args[0].steps) == 1


def test_the_epoch_slider_goes_back_to_what_was(qtbot, window):
    looks = {}
    window.session.epoch_done.connect(lambda event: looks.update({event.epoch: event.look}))
    train(qtbot, window)
    slider = window.findChild(QWidget, "epoch_slider")
    with qtbot.waitSignal(window.times.look_shown, timeout=5000):
        slider.setFocus()
        qtbot.keyClick(slider, Qt.Key.Key_Home)
    np.testing.assert_array_equal(window.reconstruction_panel.grid.shown.decoded, looks[0].reconstructions)
    np.testing.assert_array_equal(window.hand.explorer.codes, looks[0].codes)


def test_a_click_on_the_loss_plot_goes_to_that_epoch_and_keys_go_by_one(qtbot, window):
    looks = {}
    window.session.epoch_done.connect(lambda event: looks.update({event.epoch: event.look}))
    train(qtbot, window)
    plot, slider = window.findChild(QWidget, "loss_plot"), window.findChild(QWidget, "epoch_slider")
    low, high = plot.getViewBox().viewRange()[1]
    place = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(1.2, (low + high) / 2)))
    with qtbot.waitSignal(window.times.look_shown, timeout=5000):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert slider.value() == 1
    np.testing.assert_array_equal(window.hand.explorer.codes, looks[1].codes)
    plot.setFocus()
    with qtbot.waitSignal(window.times.look_shown, timeout=5000):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert slider.value() == 2
    np.testing.assert_array_equal(window.hand.explorer.codes, looks[2].codes)


def test_a_typed_code_is_decoded(qtbot, window):
    train(qtbot, window)
    edit = window.findChild(QWidget, "code_edit")
    edit.selectAll()
    with qtbot.waitSignal(window.hand.handle_decoded, timeout=5000, check_params_cb=lambda d: d.code[0] == 1.5):
        qtbot.keyClicks(edit, "1.5, -2")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    np.testing.assert_allclose(window.hand.explorer.handle, [1.5, -2])


def test_sample_shows_a_grid(qtbot, window):
    train(qtbot, window)
    with qtbot.waitSignal(window.hand.samples_decoded, timeout=5000):
        click(qtbot, window, "sample_button")
    assert window.decoded_panel.samples.isVisible()
    assert len(window.decoded_panel.samples.images) == 36


@pytest.mark.parametrize("latent_dim", [1, 3, 8])
def test_codes_of_any_size_can_be_dragged_through(qtbot, window, latent_dim):
    train(qtbot, window, latent_dim=latent_dim, epochs=1)
    box = window.findChild(QWidget, "plane_box")
    assert box.isVisible() == (latent_dim > 2)
    if latent_dim > 2:
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert window.hand.explorer.choice == "kl"
    with qtbot.waitSignal(window.hand.handle_decoded, timeout=5000):
        drag_to(qtbot, window.latent_panel.canvas, 0.3, 0.6)


def test_a_run_that_fails_says_why_in_the_window_and_the_next_one_works(qtbot, window, monkeypatch):
    from ae_studio.models.vae import VAE

    with monkeypatch.context() as patched:
        patched.setattr(VAE, "posterior", lambda self, x: self.missing_part)
        assert train(qtbot, window).outcome == "failed"
    assert "missing_part" in window.message_bar.text
    assert window.findChild(QWidget, "train_button").isEnabled()
    assert train(qtbot, window).outcome == "finished"
    assert window.message_bar.text == ""


def test_collapse_is_said_in_plain_words(qtbot, window):
    train(qtbot, window, model="beta-vae", epochs=1, settings={"beta": 1000.0, "hidden": "16"})
    assert "collapsed" in window.message_bar.text


def test_a_wrong_setting_keeps_train_from_being_pressed_and_says_which(qtbot, window):
    edit = window.findChild(QWidget, "hidden_box")
    edit.setText("5-x")
    button = window.findChild(QWidget, "train_button")
    assert not button.isEnabled()
    assert "hidden" in button.toolTip()


def test_data_that_are_not_here_offer_a_download(qtbot, window, monkeypatch, tmp_path):
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path))
    window.errands.look_at_disk()
    choose(window, data="kmnist")
    assert not window.findChild(QWidget, "train_button").isEnabled()
    assert "download it first" in window.findChild(QWidget, "train_button").toolTip()
    assert window.findChild(QWidget, "download_button").isVisible()


def test_a_preview_of_the_data_opens(qtbot, window):
    with qtbot.waitSignal(window.errands.preview_ready, timeout=20_000):
        click(qtbot, window, "preview_button")
    assert window.previews.dialog.isVisible()


def test_the_doctor_is_asked_from_the_menu_and_answers_in_the_window(qtbot, window):
    menu = window.top_bar.help_menu
    with qtbot.waitSignal(window.errands.examined, timeout=LOADED):
        next(action for action in menu.actions() if action.text() == "Doctor").trigger()
    assert "here" in window.message_bar.text
    details = window.findChild(QWidget, "message_details")
    assert details.isVisible()
    assert "pytorch-lightning" in details.toPlainText()


def test_f1_and_the_forms_button_open_the_card_of_the_model_that_is_chosen(qtbot, window):
    window.setup_panel.set_config(complete({"model": "beta-vae"}))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.latent_panel.canvas, Qt.Key.Key_F1)
    assert window.card_dialog.isVisible()
    head = window.card_dialog.findChild(QLabel, "card_head")
    assert "β-VAE" in head.text()
    window.setup_panel.set_config(complete({"model": "linear"}))
    assert "Linear autoencoder" in head.text()
    window.card_dialog.close()
    click(qtbot, window, "card_button")
    assert window.card_dialog.isVisible()
    assert window.view_menu.theme.dim in window.card_dialog.findChild(QLabel, "card_letters").text()


def test_a_preview_that_was_closed_is_not_in_the_way_of_closing_the_window(qtbot, window):
    with qtbot.waitSignal(window.errands.preview_ready, timeout=LOADED):
        click(qtbot, window, "preview_button")
    window.previews.dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.close()
    assert window.session._errands.isFinished()


def test_closing_while_it_trains_asks_and_stops_and_saves(qtbot, window):
    begin(qtbot, window)
    run = window.session.run_path
    window.close()
    box = window.findChild(QMessageBox, "close_question")
    assert window.isVisible()
    keep, stop = (next(b for b in box.buttons() if text in b.text()) for text in ("Keep", "Stop"))
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert window.session.training
    window.close()
    box = next(b for b in window.findChildren(QMessageBox, "close_question") if b.isVisible())
    stop = next(b for b in box.buttons() if "Stop" in b.text())
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert json.loads((run / "ended.json").read_text())["outcome"] == "stopped"


def test_a_run_is_opened_again_as_it_was_left(qtbot, window):
    run = train(qtbot, window, latent_dim=3, lr=0.002).run
    codes = window.hand.explorer.codes
    choose(window)
    with qtbot.waitSignal(window.session.look_shown, timeout=20_000):
        window.open_run(str(run))
    assert window.setup_panel.config().lr == 0.002
    np.testing.assert_array_equal(window.hand.explorer.codes, codes)
    assert run.name in window.windowTitle()
    with qtbot.waitSignal(window.hand.handle_decoded, timeout=5000):
        drag_to(qtbot, window.latent_panel.canvas, 0.4, 0.4)


def test_a_run_of_another_process_is_watched_and_marked_as_such(qtbot, window):
    run = train(qtbot, window).run
    end = (run / "ended.json").read_text()
    (run / "ended.json").unlink()
    window.session.watch_options = {"poll_s": 0.01, "patience_s": 0.1}
    with qtbot.waitSignals([window.session.run_started, window.session.run_stalled], timeout=20_000):
        window.open_run(str(run))
    assert window.windowTitle() == f"Watching {run.name} (another process) – AE Studio"
    assert window.message_bar.text.startswith("Nothing new for")
    for name in ("pause_button", "step_button", "stop_button"):
        button = window.findChild(QWidget, name)
        assert not button.isEnabled()
        assert "another process" in button.toolTip()
    assert window.loss_panel._data.epochs["validation"].keys() == {0, 1, 2, 3}
    assert window.epoch_bar.kept == (0, 1, 2, 3)
    assert (window.epoch_bar.epoch, window.epoch_bar.following) == (3, True)
    with qtbot.waitSignal(window.hand.handle_decoded, timeout=5000):
        drag_to(qtbot, window.latent_panel.canvas, 0.4, 0.4)
    with qtbot.waitSignal(window.session.run_ended, timeout=20_000):
        (run / "ended.json").write_text(end)
    assert window.message_bar.text == ""
    assert window.windowTitle() == f"{run.name} – AE Studio"
    assert window.findChild(QWidget, "status_note").text() == "Finished all 3 epochs."


def test_closing_leaves_a_run_of_another_process_alone_without_a_question(qtbot, window):
    run = train(qtbot, window).run
    (run / "ended.json").unlink()
    with qtbot.waitSignal(window.session.run_started, timeout=20_000):
        window.open_run(str(run))
    assert window.close()
    assert not (run / "ended.json").exists()


@pytest.fixture
def apart(qtbot, window):
    """A training in its own process; it would end by itself only minutes later."""
    choose(window, epochs=5_000)
    box = window.findChild(QComboBox, "run_in_box")
    box.setCurrentIndex(box.findData("process"))
    with qtbot.waitSignal(window.session.epoch_done, timeout=LOADED):
        click(qtbot, window, "train_button")
    process = window.session.own_process
    yield process
    if process.alive:
        os.kill(process.number, signal.SIGKILL)
        process.wait()


def test_the_window_survives_the_kill_of_a_training_in_its_own_process(qtbot, window, apart):
    assert "its own process" in window.windowTitle()
    assert not window.findChild(QWidget, "train_button").isEnabled()
    assert not window.findChild(QWidget, "pause_button").isEnabled()
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        os.kill(apart.number, signal.SIGKILL)
    assert "SIGKILL" in window.message_bar.text
    assert "is kept" in window.message_bar.text
    assert ended.args[0].run.is_dir()
    assert window.findChild(QWidget, "train_button").isEnabled()


def test_stop_reaches_a_training_in_its_own_process_and_the_run_is_kept(qtbot, window, apart):
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        click(qtbot, window, "stop_button")
    assert (ended.args[0].outcome, ended.args[0].reason) == ("stopped", "Stopped, as asked.")


def test_closing_can_leave_a_training_in_its_own_process_running(qtbot, window, apart):
    window.close()
    box = window.findChild(QMessageBox, "close_question")
    qtbot.mouseClick(next(b for b in box.buttons() if "Let it run" in b.text()), Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert apart.alive


def test_the_command_line_is_shown_instead_of_a_training(qtbot, window):
    choose(window, lr=0.02)
    box = window.findChild(QComboBox, "run_in_box")
    box.setCurrentIndex(box.findData("command"))
    click(qtbot, window, "train_button")
    text = window.findChild(QWidget, "command_text").toPlainText()
    assert text.startswith("ae-studio train --epochs 3 --lr 0.02")
    assert not window.session.training
    window.findChild(QWidget, "command_dialog").close()


def test_a_folder_that_is_no_run_is_said_in_the_window(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.session.errand_failed, timeout=20_000):
        window.open_run(str(tmp_path))
    assert "config.json: is missing" in window.message_bar.text


def test_a_tour_trains_its_runs_and_goes_through_their_epochs(qtbot, window, monkeypatch):
    monkeypatch.setattr("ae_studio.gui.tour_guide.EPOCH_MS", 1)
    short = {"model": "linear", "epochs": 2, "lr": 0.01}
    monkeypatch.setitem(PRESETS, "short", Preset("Short", "", short))
    stops = (Stop("Trains.", "train", "short"), Stop("Looks.", "epochs", (0, 1)), Stop("Reads."))
    monkeypatch.setitem(TOURS, "the-talk", Tour("A short one", "", stops))
    window.tour_guide._timer.setInterval(1)
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        click(qtbot, window, "tour_the_talk_button")
        assert window.tour_bar.isVisible()
    assert window.setup_panel.config().lr == 0.01
    qtbot.waitUntil(lambda: "3/3" in window.tour_bar.accessibleName(), timeout=LOADED)
    qtbot.waitUntil(lambda: window.views.epoch == 1)
    qtbot.waitUntil((window.session.run_path / "about.json").exists)
    assert json.loads((window.session.run_path / "about.json").read_text()) == {
        "title": "Short",
        "tags": ["A short one"],
    }
    click(qtbot, window, "tour_next_button")
    assert not window.tour_bar.isVisible()


def test_the_welcome_page_comes_back_and_opens_a_recent_run(qtbot, window):
    ended = train(qtbot, window)
    assert not window.welcome.isVisible()
    window.help_menu.welcome_requested.emit()
    assert window.welcome.isVisible()
    qtbot.waitUntil(lambda: bool(window.welcome._cards) and window.welcome._cards[0].isVisible())
    with qtbot.waitSignal(window.session.run_opened, timeout=LOADED):
        click(qtbot, window, "recent_run_0_button")
    assert window.session.run_path.name == ended.run.name
    assert not window.welcome.isVisible()


def test_an_epoch_is_evaluated_in_the_background_and_its_metrics_are_kept(qtbot, window):
    ended = train(qtbot, window)
    table = window.findChild(QWidget, "metrics_table")
    with qtbot.waitSignal(window.evaluator.ended, timeout=LOADED):
        window.findChild(QWidget, "evaluate_button").click()
    qtbot.waitUntil(lambda: "epoch 3, 359 test images" in window.metrics_panel._title.longest)
    rows = table.rowCount()
    assert rows > 20
    choose(window, epochs=1)
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        window.top_bar.train_requested.emit()
    assert table.rowCount() == 0
    with qtbot.waitSignal(window.evaluator.ended, timeout=LOADED, check_params_cb=bool):
        window.open_run(str(ended.run))
    qtbot.waitUntil(lambda: table.rowCount() == rows)


# A model of one's own


def answer(window, text):
    question = window.findChild(QMessageBox, "own_model_question")
    next(each for each in question.buttons() if each.text().replace("&", "") == text).click()


def test_a_python_file_is_opened_after_a_question_and_trained(qtbot, window, tmp_path):
    path = written(tmp_path, trusted=False)
    window.own_models.open_file(str(path))
    with qtbot.waitSignal(window.errands.model_ready, timeout=LOADED):
        answer(window, "Run it")
    window.setup_panel.findChild(QWidget, "epochs_box").setValue(1)
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        click(qtbot, window, "train_button")
    assert ended.args[0].outcome == "finished"
    assert json.loads((ended.args[0].run / "config.json").read_text())["config"]["model"] == str(path)


def test_a_file_that_was_edited_is_trained_once_it_is_reloaded(qtbot, window, tmp_path):
    path = written(tmp_path)
    with qtbot.waitSignal(window.errands.model_ready, timeout=LOADED):
        window.own_models.open_file(str(path))
    window.setup_panel.findChild(QWidget, "epochs_box").setValue(1)
    path.write_text(WHOLE.replace('"loss": (', '"extra": x.mean(), "loss": ('))
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        click(qtbot, window, "train_button")
    assert ended.args[0].outcome == "failed"
    assert window.message_bar.text == "mine.py has changed since it was opened: press Reload under the model"
    with qtbot.waitSignal(window.errands.model_ready, timeout=LOADED):
        click(qtbot, window, "reload_model_button")
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED) as ended:
        click(qtbot, window, "train_button")
    assert ended.args[0].outcome == "finished"
    assert ",extra," in (ended.args[0].run / "metrics.csv").read_text()


def test_a_broken_file_is_told_with_its_line_and_the_form_stays(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.errands.errand_failed, timeout=LOADED):
        window.own_models.open_file(str(written(tmp_path, "x = 1\nboom\n")))
    assert "(mine.py, line 2: `boom`)" in window.message_bar.text
    assert window.setup_panel.config().model == "vae"


def test_a_run_from_elsewhere_is_shown_and_decodes_once_it_may(qtbot, window, tmp_path, monkeypatch):
    from ae_studio.models import own, trust
    from ae_studio.training.train import train as train_run

    config = complete({"model": str(written(tmp_path)), "epochs": 1})
    train_run(config, lambda event: None, out=tmp_path / "run")
    (tmp_path / "mine.py").unlink()
    monkeypatch.setattr(trust, "_trusted_here", {})
    monkeypatch.setattr(own, "_loaded", {})
    trust.trust_list().unlink()
    with qtbot.waitSignal(window.session.run_opened, timeout=LOADED):
        window.open_run(str(tmp_path / "run"))
    qtbot.waitUntil(lambda: "could not be decoded" in window.message_bar.text)
    assert window.loss_panel.losses("validation")
    assert window.setup_panel.config().model == "vae"
    with qtbot.waitSignals([window.session.run_opened, window.hand.handle_decoded], timeout=LOADED):
        answer(window, "Run it")
    assert window.message_bar.text == ""
    assert window.setup_panel.config().model == str(tmp_path / "run" / "model.py")


def test_a_digit_that_is_drawn_is_encoded_while_it_trains(qtbot, window):
    begin(qtbot, window)
    panel, pad = window.drawing_panel, window.drawing_panel.pad
    window.show_panel("draw")
    qtbot.waitUntil(pad.isVisible)
    qtbot.waitUntil(lambda: pad.isEnabled() and window.drawer._proportions is not None)
    with qtbot.waitSignal(window.drawer.drawn, timeout=10_000) as told:
        drag_to(qtbot, pad, 0.5, 0.5)
    assert told.args[0].shape == (8, 8)
    assert window.session.training
    with qtbot.waitSignal(window.drawer.drawn, timeout=20_000):  # again, by the next look
        pass
    assert panel.images.images is not None
    assert "drawing" in window.latent_panel.canvas._overlays
    with qtbot.waitSignal(window.drawer.drawn) as told:
        pad.setFocus()
        qtbot.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: pad.is_empty)
    assert window.undo.redoText() == "Draw a stroke"
