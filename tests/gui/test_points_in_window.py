"""Data points and neighbours in the whole window, as a person would use them, on a model that has learned a little."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QWidget

from ae_studio.training.defaults import complete

LOADED = 60_000  # ms: the first test of a process loads torch
LEFT = Qt.MouseButton.LeftButton


def train(qtbot, window, **values):
    window.setup_panel.set_config(complete({"data": "digits", "epochs": 3, "settings": {"hidden": "16"}, **values}))
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        qtbot.mouseClick(window.findChild(QWidget, "train_button"), LEFT)
    qtbot.waitUntil(lambda: window.laboratory.scene is not None)
    window.latent_panel.canvas._glide.finish()


AWAY = QPoint(60, -40)  # pixels


def drag_a_point(qtbot, window, by=AWAY):
    """The one in the middle of all that are seen, by the point tool; what is asserted is the place of the handle."""
    canvas = window.latent_panel.canvas
    qtbot.mouseClick(window.findChild(QWidget, "point_tool_button"), LEFT)
    if not canvas.points.is_seen().any():  # all on the far side of a globe
        window.hand.turn(np.pi, 0)
    pixels = canvas.pixel_map().to_pixels(canvas._glide.points)
    pixels[~canvas.points.is_seen()] = 1e9
    nearest = np.abs(pixels - np.array([canvas.width() / 2, canvas.height() / 2])).sum(axis=1).argmin()
    start = QPoint(*(round(float(each)) for each in pixels[nearest]))
    qtbot.mousePress(canvas, LEFT, pos=start)
    index = window.held_point.index
    assert np.allclose(window.hand.explorer.handle, window.laboratory.scene.codes[index], atol=1e-5)
    qtbot.mouseMove(canvas, start + by / 2)
    qtbot.mouseMove(canvas, start + by)
    qtbot.mouseRelease(canvas, LEFT, pos=start + by)
    return index


def words(window):
    return window.findChild(QLabel, "reencode_words").text()


def test_a_point_is_dragged_compared_sent_back_and_put_back(qtbot, window):
    train(qtbot, window)
    scene, view = window.laboratory.scene, window.decoded_panel.digit_view
    index = drag_a_point(qtbot, window)
    assert np.array_equal(view._original, scene.images[index])
    assert "held point" in window.latent_panel.canvas._overlays

    qtbot.mouseClick(window.findChild(QWidget, "reencode_button"), LEFT)
    qtbot.waitUntil(lambda: words(window) != "")
    handle = window.hand.explorer.handle
    back = scene.look.encoder(scene.look.decoder(handle[None]), scene.labels[:1]).codes[0]
    assert window.reencoder._answer.distance == pytest.approx(float(np.linalg.norm(back - handle)), abs=1e-4)
    assert "return" in window.latent_panel.canvas._overlays

    qtbot.keyClick(window.latent_panel.canvas, Qt.Key.Key_Escape)
    assert np.allclose(window.hand.explorer.handle, scene.codes[index], atol=1e-5)
    qtbot.waitUntil(lambda: words(window) == "")
    qtbot.keyClick(window.latent_panel.canvas, Qt.Key.Key_Escape)
    assert view._original is None
    assert window.held_point.index is None

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # the drag
    assert np.allclose(window.hand.explorer.handle, window.hand.explorer.centre())


def test_it_works_while_a_model_learns(qtbot, window):
    window.setup_panel.set_config(complete({"data": "digits", "epochs": 100_000, "settings": {"hidden": "16"}}))
    with qtbot.waitSignal(window.session.epoch_done, timeout=LOADED):
        qtbot.mouseClick(window.findChild(QWidget, "train_button"), LEFT)
    qtbot.waitUntil(lambda: window.laboratory.scene is not None)
    window.latent_panel.canvas._glide.finish()
    window.reencoder.repeat(True)
    index = drag_a_point(qtbot, window)
    before = window.laboratory.scene.look.step
    qtbot.waitUntil(lambda: window.laboratory.scene.look.step > before, timeout=LOADED)
    qtbot.waitUntil(lambda: words(window) != "")
    assert window.held_point.index == index
    assert window.session.training


def test_neighbours_are_shown_chosen_and_marked(qtbot, window):
    train(qtbot, window)
    assert not window.neighbours_panel.by_codes.cells  # nobody has looked
    window.findChild(QDockWidget, "neighbours_dock").raise_()
    panel, canvas = window.neighbours_panel, window.latent_panel.canvas
    qtbot.waitUntil(lambda: len(panel.by_codes.cells) == 10)
    cell = panel.by_codes.cells[2]
    qtbot.mouseMove(panel.by_codes, panel.by_codes.rect_of(2).center().toPoint())
    assert canvas._overlays["neighbour"].point() == canvas.place_of(cell.index)
    qtbot.mouseClick(panel.by_codes, LEFT, pos=panel.by_codes.rect_of(2).center().toPoint())
    assert window.laboratory.marks.focus == cell.index
    qtbot.waitUntil(lambda: f"image {cell.index + 1}" in panel._caption.text())
    assert cell.index not in {each.index for each in panel.by_pixels.cells}


def test_a_codebook_greys_what_it_cannot_do_with_the_reason(qtbot, window):
    train(qtbot, window, model="vq-vae", epochs=1)
    for name in ("point_tool_button", "reencode_button", "reencode_repeat_box"):
        widget = window.findChild(QWidget, name)
        assert not widget.isEnabled()
        assert "codebook" in widget.toolTip()
    train(qtbot, window)
    assert window.findChild(QWidget, "point_tool_button").isEnabled()
    assert window.findChild(QWidget, "reencode_button").isEnabled()


@pytest.mark.parametrize(
    "values",
    [
        {"latent_dim": 1},
        {"latent_dim": 6},
        {"model": "hyperspherical", "latent_dim": 3},
        {"model": "poincare"},
        {"model": "conditional-vae"},
        {"model": "joint-vae"},
    ],
    ids=lambda values: "-".join(map(str, values.values())),
)
def test_every_space_has_points_to_drag_and_a_way_back(qtbot, window, values):
    train(qtbot, window, epochs=1, **values)
    index = drag_a_point(qtbot, window, QPoint(40, 0))
    assert index is not None
    qtbot.mouseClick(window.findChild(QWidget, "reencode_button"), LEFT)
    qtbot.waitUntil(lambda: words(window) != "")
    assert window.held_point.index == index
