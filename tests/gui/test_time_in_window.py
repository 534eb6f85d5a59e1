"""The whole window at another epoch: everything that it shows is of that epoch."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ae_studio.latent.neighbours import neighbours_of
from ae_studio.latent.support import support_of
from ae_studio.runs.opening import load_moment
from ae_studio.training.defaults import complete
from ae_studio.training.train import train

EPOCHS = 5
LOADED = 60_000


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("times") / "run"
    train(complete({"data": "digits", "epochs": EPOCHS, "settings": {"hidden": "16"}}), lambda event: None, out=folder)
    return folder


@pytest.fixture
def opened(qtbot, window, run):
    with qtbot.waitSignal(window.session.look_shown, timeout=LOADED):
        window.open_run(str(run))
    qtbot.waitUntil(lambda: len(window.times.paths.epochs) == EPOCHS + 1)
    window.latent_panel.canvas.setFocus()
    return window


def slider(window):
    return window.findChild(QWidget, "epoch_slider")


def go(qtbot, window, epoch):
    with qtbot.waitSignal(window.times.look_shown, check_params_cb=lambda look, way: look.epoch == epoch):
        slider(window).setValue(epoch)
    window.latent_panel.canvas._glide.finish()


def press(qtbot, window, key):
    qtbot.keyClick(window.latent_panel.canvas, key)


@pytest.mark.parametrize("epoch", [0, 3])
def test_a_step_of_the_slider_drives_every_view(qtbot, opened, run, epoch):
    window, look = opened, load_moment(run, epoch).look
    for key in ("lattice", "density", "code_paths"):
        window.layers.set_on(key, True)
    window.show_panel("neighbours")
    drawn = {}
    window.layers.drawing_changed.connect(drawn.__setitem__)
    go(qtbot, window, epoch)
    explorer, laboratory = window.hand.explorer, window.laboratory

    # scatter
    np.testing.assert_array_equal(explorer.codes, look.codes)
    np.testing.assert_allclose(window.latent_panel.canvas._glide.points, explorer.cloud().points)
    # reconstructions
    np.testing.assert_array_equal(window.reconstruction_panel.grid.shown.decoded, look.reconstructions)
    # live decoding, with this epoch's weights
    handle = np.array([0.3, -0.2], dtype=np.float32)
    with qtbot.waitSignal(window.hand.handle_decoded, check_params_cb=lambda d: np.array_equal(d.code, handle)):
        window.hand.put(handle)
    np.testing.assert_array_equal(window.decoded_panel.digit_view._image, look.decoder(handle[None])[0])
    # support and neighbours
    words = support_of(look.codes).at(handle[None]).wordings()
    qtbot.waitUntil(lambda: window.decoded_panel._support_in_words(handle)[0] == words)
    images, count = laboratory.scene.images, window.neighbours_panel.count
    near = neighbours_of(look.decoder(handle[None])[0], handle, images, look.codes, explorer.space, count, None)
    by_codes = window.neighbours_panel.by_codes
    qtbot.waitUntil(lambda: [cell.index for cell in by_codes._cells] == near.codes.indices.tolist())
    # layers
    qtbot.waitUntil(lambda: {"lattice", "density", "code_paths"} <= set(drawn))
    assert drawn["code_paths"].epochs[drawn["code_paths"].now] == epoch
    # loss cursor and metrics
    assert window.loss_panel._made_plot()._mark.value() == epoch
    assert window.views.epoch == epoch
    qtbot.waitUntil(lambda: f"Not measured at epoch {epoch}." in window.metrics_panel._empty.text())


def test_computed_views_follow(qtbot, opened, run):
    """Worst images, errors as colours, traversals, interpolation."""
    window, look = opened, load_moment(run, 1).look
    window.colouring.choose("error")
    box = window.findChild(QWidget, "grid_mode_box")
    box.setCurrentIndex(box.findData("worst"))
    box.activated.emit(box.currentIndex())
    window.show_panel("reconstructions")
    go(qtbot, window, 1)
    scene = window.laboratory.scene
    decoded = look.decoder(look.codes)
    errors = np.square((decoded.astype(float) - scene.images) / 255).mean(axis=(1, 2))
    worst = np.argsort(-errors)

    def shown():
        grid = window.reconstruction_panel.grid.shown
        return None if grid is None else grid.indices[:3].tolist()

    qtbot.waitUntil(lambda: shown() == worst[:3].tolist(), timeout=10_000)
    colours = window.latent_panel.canvas.points
    qtbot.waitUntil(
        lambda: colours.has_numbers and np.isclose(colours.number_of(int(worst[0])), errors[worst[0]], rtol=1e-3),
        timeout=10_000,
    )


def test_playing_shows_every_epoch_once_each(qtbot, opened):
    shown = []
    opened.times.look_shown.connect(lambda look, way: shown.append(look.epoch))
    box = opened.findChild(QWidget, "epoch_speed_box")
    box.setCurrentText("max")
    player = opened.epoch_bar.player
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing, timeout=10_000):
        press(qtbot, opened, Qt.Key.Key_K)
    assert shown == list(range(EPOCHS + 1))


def test_keys_step_set_a_and_b_and_flip(qtbot, opened):
    press(qtbot, opened, Qt.Key.Key_A)
    press(qtbot, opened, Qt.Key.Key_Comma)
    press(qtbot, opened, Qt.Key.Key_Comma)
    press(qtbot, opened, Qt.Key.Key_B)
    assert opened.epoch_bar.ends.ends == (EPOCHS, EPOCHS - 2)
    with qtbot.waitSignal(opened.times.look_shown) as shown:
        press(qtbot, opened, Qt.Key.Key_X)
    assert shown.args[0].epoch == EPOCHS
    drawn = {}
    opened.layers.drawing_changed.connect(drawn.__setitem__)
    opened.layers.set_on("code_moves", True)
    qtbot.waitUntil(lambda: drawn.get("code_moves") is not None)
    assert drawn["code_moves"].names == (f"A: epoch {EPOCHS}", f"B: epoch {EPOCHS - 2}")


def test_points_glide_past_the_epochs_between(qtbot, opened, run):
    go(qtbot, opened, 0)
    glide = opened.latent_panel.canvas._glide
    with qtbot.waitSignal(opened.times.look_shown):
        slider(opened).setValue(4)
    assert len(glide._way) == 2 + 3
    np.testing.assert_allclose(glide._way[2], load_moment(run, 2).look.codes)
    glide.finish()


def test_a_damaged_epoch_is_left_out_and_named(qtbot, opened, run):
    path = run / "looks" / "0002.npz"
    content = path.read_bytes()
    path.write_bytes(content[:200])
    try:
        with qtbot.waitSignal(opened.times.epoch_refused):
            slider(opened).setValue(2)
        assert opened.message_bar.text.startswith("Epoch 2 cannot be shown")
        assert slider(opened).value() == EPOCHS
        press(qtbot, opened, Qt.Key.Key_Comma)
        assert slider(opened).value() == EPOCHS - 1
    finally:
        path.write_bytes(content)


def test_a_and_b_are_seen_side_by_side_as_a_comparison(qtbot, opened, run):
    press(qtbot, opened, Qt.Key.Key_A)
    press(qtbot, opened, Qt.Key.Key_Comma)
    press(qtbot, opened, Qt.Key.Key_B)
    with qtbot.waitSignal(opened.shown_run.comparison_requested) as asked:
        qtbot.mouseClick(opened.findChild(QWidget, "epoch_sides_button"), Qt.MouseButton.LeftButton)
    assert asked.args[0] == [(run.resolve(), EPOCHS), (run.resolve(), EPOCHS - 1)]
    compared = opened.comparing.window
    assert compared.isVisible()
    with qtbot.waitSignal(opened.times.look_shown):  # the window itself goes on as it was
        press(qtbot, opened, Qt.Key.Key_X)
