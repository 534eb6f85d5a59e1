"""Interpolation and distortion in the whole window, used as a person would."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QToolButton, QWidget

from ae_studio.training.defaults import complete

LOADED = 60_000  # ms: the first test of a process loads torch


def train(qtbot, window, **values):
    settings = {"data": "digits", "epochs": 2, "settings": {"hidden": "16"}, **values}
    window.setup_panel.set_config(complete(settings))
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        qtbot.mouseClick(window.findChild(QWidget, "train_button"), Qt.MouseButton.LeftButton)


def open_panel(qtbot, window):
    window.show_panel("interpolation")
    qtbot.waitUntil(lambda: window.path_panel.strip.frames is not None, timeout=LOADED)


def handle(window):
    return window.hand.explorer.handle


def test_a_path_is_seen_played_and_the_handle_follows(qtbot, window):
    train(qtbot, window)
    open_panel(qtbot, window)
    panel, canvas = window.path_panel, window.latent_panel.canvas
    assert "path" in canvas._overlays
    qtbot.mouseClick(panel.strip, Qt.MouseButton.LeftButton, pos=panel.strip.frame_rect(4).center().toPoint())
    np.testing.assert_allclose(handle(window), window.interpolation._film.codes[4], atol=1e-6)
    panel.findChild(QWidget, "path_speed_slider").setValue(30)
    qtbot.mouseClick(panel.findChild(QToolButton, "path_play_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.player.frame == 11 and not panel.player.playing, timeout=LOADED)
    np.testing.assert_allclose(handle(window), window.interpolation._film.codes[-1], atol=1e-6)
    window.show_panel("reconstructions")
    qtbot.waitUntil(lambda: "path" not in canvas._overlays, timeout=LOADED)


def test_a_stroke_with_the_mouse_becomes_a_strip(qtbot, window):
    train(qtbot, window)
    canvas, panel = window.latent_panel.canvas, window.path_panel
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=LOADED)
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_F)
    qtbot.waitUntil(window.findChild(QToolButton, "stroke_tool_button").isChecked, timeout=LOADED)
    middle = canvas.rect().center()
    pixels = [middle + QPoint(4 * step - 100, round(40 * math.sin(step / 8))) for step in range(51)]
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pixels[0])
    for pixel in pixels[1:]:
        qtbot.mouseMove(canvas, pixel)
    with qtbot.waitSignal(window.latent_panel.stroke_tool.drawn) as drawn:
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pixels[-1])
    qtbot.waitUntil(lambda: panel.isVisible() and panel.strip.frames is not None, timeout=LOADED)
    assert panel.findChild(QComboBox, "path_kind_box").currentText() == "Stroke"
    ends = window.interpolation._film.codes[[0, -1]]
    np.testing.assert_allclose(window.laboratory.view.project(ends), drawn.args[0][[0, -1]], atol=1e-3)


def test_the_strip_is_decoded_again_while_a_training_runs(qtbot, window):
    train(qtbot, window)
    open_panel(qtbot, window)
    window.setup_panel.set_config(complete({"data": "digits", "epochs": 100_000, "settings": {"hidden": "16"}}))
    with qtbot.waitSignal(window.session.epoch_done, timeout=LOADED):
        qtbot.mouseClick(window.findChild(QWidget, "train_button"), Qt.MouseButton.LeftButton)
    seen = []
    window.interpolation.strip_changed.connect(lambda frames, _: seen.append(frames))
    qtbot.waitUntil(lambda: len([frames for frames in seen if frames]) >= 4, timeout=LOADED)
    assert not np.array_equal(seen[-1].images, seen[-3].images)


@pytest.mark.parametrize(
    "values", [{}, {"latent_dim": 5}, {"latent_dim": 1}, {"model": "hyperspherical", "latent_dim": 3}]
)
def test_distortion_and_indicatrices_are_drawn_once_their_boxes_are_checked(qtbot, window, values):
    train(qtbot, window, **values)
    window.show_panel("layers")
    canvas = window.latent_panel.canvas
    before = canvas.grab().toImage()
    for key in ("distortion", "indicatrices"):
        box = window.findChild(QCheckBox, f"{key}_layer_box")
        assert box.isEnabled(), box.toolTip()
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
        assert window.layers.is_on(key)
        qtbot.waitUntil(lambda key=key: key in canvas._picture._drawings, timeout=LOADED)
    assert canvas.grab().toImage() != before


def test_of_a_codebook_there_is_neither_and_the_reason_is_told(qtbot, window):
    train(qtbot, window, model="vq-vae")
    for key in ("distortion", "indicatrices"):
        box = window.findChild(QCheckBox, f"{key}_layer_box")
        assert not box.isEnabled()
        assert "codebook" in box.toolTip()
    assert "codebook" in window.findChild(QToolButton, "stroke_tool_button").toolTip()
    window.show_panel("interpolation")
    kind = window.path_panel.findChild(QComboBox, "path_kind_box")
    qtbot.waitUntil(lambda: "codebook" in kind.toolTip(), timeout=LOADED)
    assert not kind.isEnabled()
