"""Planes, directions and traversals in the whole window, with a model that was trained a little, by mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from ae_studio.training.defaults import complete

LOADED = 60_000  # ms: the first test of a process loads torch
LEFT = Qt.MouseButton.LeftButton


def train(qtbot, window, **values):
    config = complete({"data": "digits", "epochs": 2, **values})
    window.setup_panel.set_config(config)
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        qtbot.mouseClick(window.findChild(QWidget, "train_button"), LEFT)


def wait_for_newest_table(qtbot, window):
    """Of the run's last look: those before it may still be computed when the run has ended."""
    made, table = window.traversals, window.traversal_panel.table

    def newest():
        return made._made is not None and made._made[0] is window.laboratory.scene

    qtbot.waitUntil(lambda: newest() and table.images_of(1) is not None, timeout=10_000)


def raise_dock(window, name):
    window.findChild(QWidget, f"{name}_dock").raise_()


def click_code(qtbot, window, index):
    """On the canvas, where an image's point is."""
    canvas, explorer = window.latent_panel.canvas, window.hand.explorer
    canvas.reset_view()
    canvas._glide.finish()
    x, y = canvas.pixel_map().to_pixels(explorer.plane.project(explorer.codes[[index]]))[0]
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(round(x), round(y)))


def test_every_plane_can_be_seen_while_the_handle_keeps_its_full_code(qtbot, window):
    train(qtbot, window, model="vae", latent_dim=5)
    code = np.array([0.1, -0.2, 0.3, 0.4, -0.5], np.float32)
    window.hand.put(code)
    box = window.findChild(QComboBox, "plane_box")
    seen = []
    for _ in range(3):
        seen.append((window.hand.explorer.choice, window.latent_panel.planes._axes.text()))
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert [choice for choice, _ in seen] == ["pca", "kl", "lda"]
    assert seen[0][1] == "PC₁ × PC₂"
    assert seen[2][1] == "LD₁ × LD₂"
    assert window.hand.explorer.choice == "lda"  # three images are still to be picked: grey, and passed over
    np.testing.assert_array_equal(window.hand.explorer.handle, code)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.hand.explorer.choice == "kl"
    assert box.currentText() == "Largest KL"


def test_three_clicks_with_the_tool_span_a_plane(qtbot, window):
    train(qtbot, window, model="vae", latent_dim=4)
    qtbot.mouseClick(window.findChild(QWidget, "corners_tool_button"), LEFT)
    for index in (0, 60, 120):
        click_code(qtbot, window, index)
    explorer = window.hand.explorer
    assert explorer.choice == "points"
    assert window.findChild(QComboBox, "plane_box").currentText() == "Three images"
    corners = explorer.codes[list(explorer.corners)]
    np.testing.assert_allclose(
        corners, explorer.plane.origin + explorer.plane.project(corners) @ explorer.plane.axes, atol=1e-4
    )
    assert "corners" in window.latent_panel.canvas._overlays


def test_a_slider_of_the_directions_decodes_at_once(qtbot, window):
    train(qtbot, window, model="vae", latent_dim=5)
    raise_dock(window, "directions")
    qtbot.waitUntil(lambda: len(window.directions_panel.directions) == 3)
    slider = window.directions_panel._rows[0].slider
    slider.setEnabled(True)  # whether or not two epochs have put it in use
    before = window.hand.explorer.handle.copy()
    with qtbot.waitSignal(window.hand.handle_decoded):
        qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    direction = window.directions_panel.directions[0]
    moved = window.hand.explorer.handle - before
    assert abs(moved @ direction.axis) == pytest.approx(np.linalg.norm(moved), rel=1e-4)
    in_plane = window.hand.explorer.plane.project(before[None])[0]
    assert window.hand.explorer.handle_position() == pytest.approx(in_plane, abs=1e-5)  # single precision
    shown = window.directions_panel._rows[0].findChild(QLabel, "direction_value").text()
    assert shown == f"{direction.value(window.hand.explorer.handle):+.2f}".replace("-", "−")


@pytest.mark.parametrize("model", ["vae", "linear", "conditional-vae", "joint-vae", "hyperspherical", "poincare"])
def test_a_click_on_a_traversal_goes_there(qtbot, window, model):
    train(qtbot, window, model=model, latent_dim=5)
    raise_dock(window, "traversals")
    table = window.traversal_panel.table
    wait_for_newest_table(qtbot, window)
    assert len(table.rows) == 5 + (model in ("conditional-vae", "joint-vae"))
    assert table.images_of(1).shape == (9, 8, 8)

    def there(decoded):  # earlier ones may be under way, and so may a table of the same moment
        return np.allclose(decoded.code, table.rows[1].codes[6], atol=1e-4)

    with qtbot.waitSignal(window.hand.handle_decoded, check_params_cb=there, timeout=LOADED) as decoded:
        qtbot.mouseClick(table.viewport(), LEFT, pos=table.cell_rect(1, 6).center().toPoint())
    np.testing.assert_array_equal(decoded.args[0].image, table.images_of(1)[6])


def test_while_it_trains_all_of_it_follows(qtbot, window):
    config = complete(
        {"data": "digits", "epochs": 100_000, "model": "vae", "latent_dim": 4, "settings": {"hidden": "16"}}
    )
    window.setup_panel.set_config(config)
    with qtbot.waitSignal(window.session.epoch_done, timeout=LOADED):
        qtbot.mouseClick(window.findChild(QWidget, "train_button"), LEFT)
    raise_dock(window, "traversals")
    raise_dock(window, "directions")
    table = window.traversal_panel.table
    qtbot.waitUntil(lambda: bool(table.rows) and bool(window.directions_panel.directions), timeout=10_000)
    for kind in ("kl", "lda", "pca"):
        window.planes.choose(kind)
        rows, directions = table.rows, window.directions_panel.directions
        qtbot.waitUntil(
            lambda rows=rows, directions=directions: (
                table.rows is not rows and window.directions_panel.directions is not directions
            ),
            timeout=10_000,
        )
        assert window.hand.explorer.choice == kind


@pytest.mark.parametrize(
    ("model", "latent_dim"), [("vae", 1), ("vae", 2), ("vq-vae", 4), ("categorical", 3), ("hyperspherical", 3)]
)
def test_where_there_is_no_other_plane_nothing_pretends_there_were(qtbot, window, model, latent_dim):
    train(qtbot, window, model=model, latent_dim=latent_dim)
    raise_dock(window, "directions")
    message = window.findChild(QLabel, "directions_message")
    qtbot.waitUntil(lambda: message.isVisible() and len(message.text()) > 20)
    assert "Train a model" not in message.text()
    raise_dock(window, "traversals")
    table = window.traversal_panel.table
    qtbot.waitUntil(lambda: table.images_of(0) is not None or "codebook" in table._message, timeout=10_000)
