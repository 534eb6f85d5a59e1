"""Lattice and support in the whole window, with mouse and keys on the real thing."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QSlider

from ae_studio.gui.layers.lattice import LatticeDrawing
from ae_studio.latent.support import support_of
from ae_studio.training.defaults import complete

LOADED = 60_000  # ms: the first test of a process loads torch


def train(qtbot, window, **values):
    config = {"data": "digits", "epochs": 3, "settings": {"hidden": "16"}, **values}
    window.setup_panel.set_config(complete(config))
    awaited = window.session.run_ended if config["epochs"] < 100 else window.session.epoch_done
    with qtbot.waitSignal(awaited, timeout=LOADED):
        window.steering.train()


def switch_on(qtbot, window, layer):
    box = window.findChild(QCheckBox, f"{layer}_layer_box")
    window._docks["layers"].raise_()
    qtbot.waitUntil(box.isVisible)
    if not box.isChecked():
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert box.isChecked()


def drawing(window, layer):
    return window.latent_panel.canvas._picture._drawings.get(layer)


def at_rest(qtbot, window):
    """No point glides any more, and what was asked for is there."""
    with qtbot.waitSignal(window.laboratory.view_changed, raising=False, timeout=300):
        qtbot.waitUntil(lambda: not window.latent_panel.canvas._glide._timer.isActive())
    with qtbot.waitSignal(window.support_cue.changed):
        window.support_cue.follow(window.laboratory.scene)  # behind all other work


def wheel(canvas, notches):
    middle = QPointF(canvas.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(canvas.mapToGlobal(QPoint())) + middle,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def pixels(canvas):
    image = canvas.grab().toImage()
    return np.frombuffer(image.constBits(), dtype=np.uint8).copy()


def test_a_click_shows_the_lattice_and_the_wheel_refines_it(qtbot, window):
    train(qtbot, window)
    canvas = window.latent_panel.canvas
    before = pixels(canvas)
    switch_on(qtbot, window, "lattice")
    qtbot.waitUntil(lambda: isinstance(drawing(window, "lattice"), LatticeDrawing))
    assert not np.array_equal(pixels(canvas), before)
    at_rest(qtbot, window)
    coarse = drawing(window, "lattice").lattice.squares[0, 2]
    wheel(canvas, 4)  # 1.2^4 is about two
    qtbot.waitUntil(lambda: drawing(window, "lattice").lattice.squares[0, 2] == pytest.approx(coarse / 2))
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: drawing(window, "lattice").lattice.squares[0, 2] == pytest.approx(coarse))


def test_options_are_chosen_with_the_keyboard(qtbot, window):
    train(qtbot, window)
    switch_on(qtbot, window, "lattice")
    at_rest(qtbot, window)
    before = drawing(window, "lattice")
    size = window.findChild(QComboBox, "lattice_cell_option")
    qtbot.keyClick(size, Qt.Key.Key_Down)  # from medium to large
    qtbot.waitUntil(lambda: len(drawing(window, "lattice").strength) < len(before.strength))
    strongest = drawing(window, "lattice").strength.max()
    opacity = window.findChild(QSlider, "lattice_opacity_option")
    qtbot.keyClick(opacity, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: drawing(window, "lattice").strength.max() > 1.5 * strongest)
    spacing = window.findChild(QComboBox, "lattice_spacing_option")
    qtbot.keyClick(spacing, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(np.unique(drawing(window, "lattice").lattice.squares[:, 2].round(6))) > 1)


def test_the_lattice_follows_a_training_and_never_goes_away_meanwhile(qtbot, window):
    train(qtbot, window, epochs=100_000)
    switch_on(qtbot, window, "lattice")
    qtbot.waitUntil(lambda: drawing(window, "lattice") is not None)
    shown = []
    window.layers.drawing_changed.connect(lambda key, drawn: shown.append(drawn) if key == "lattice" else None)
    qtbot.waitUntil(lambda: len(shown) >= 3, timeout=20_000)
    assert all(isinstance(each, LatticeDrawing) for each in shown)
    assert window.session.training


def test_the_map_preset_shows_the_lattice_under_the_points(qtbot, window):
    train(qtbot, window)
    window._docks["layers"].raise_()
    button = window.findChild(QPushButton, "map_preset_button")
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: drawing(window, "lattice") is not None)
    assert not window.layers.is_on("grid")


def test_the_hand_is_told_when_it_leaves_the_data(qtbot, window):
    train(qtbot, window)
    canvas, support = window.latent_panel.canvas, window.findChild(QLabel, "support_label")
    at_rest(qtbot, window)
    codes = window.laboratory.scene.codes
    crowded = codes[support_of(codes).at(codes).kth.argmin()]
    place = canvas._to_pixels(tuple(crowded)).toPoint()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: support.text().startswith("on "))
    assert "near)" in support.toolTip()
    assert "% of the codes" in support.toolTip()
    wheel(canvas, -12)
    qtbot.mouseMove(canvas, QPoint(canvas.width() - 12, canvas.height() // 2))  # hovered, not dragged
    qtbot.waitUntil(lambda: support.text().startswith("off "))
    assert "no code within" in support.toolTip()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)  # back to the handle
    qtbot.waitUntil(lambda: support.text().startswith("on "))


def test_posterior_ellipses_follow_the_point_under_the_mouse(qtbot, window):
    train(qtbot, window)
    switch_on(qtbot, window, "posterior_ellipses")
    qtbot.waitUntil(lambda: drawing(window, "posterior_ellipses") is not None)
    assert not any(ellipse.strong for ellipse in drawing(window, "posterior_ellipses").ellipses)
    window.laboratory.focus(3)
    qtbot.waitUntil(lambda: any(ellipse.strong for ellipse in drawing(window, "posterior_ellipses").ellipses))


def test_a_model_without_prior_or_posterior_greys_both_layers(qtbot, window):
    train(qtbot, window, model="linear", settings={})
    for layer, words in (("prior", "no prior"), ("posterior_ellipses", "no Gaussian posterior")):
        box = window.findChild(QCheckBox, f"{layer}_layer_box")
        assert not box.isEnabled()
        assert words in box.toolTip()
