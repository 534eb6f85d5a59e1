"""Selecting in the whole window, as a person would: lasso, keys, groups, the vector between them."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QWidget

from ae_studio.gui.main_window import MainWindow
from ae_studio.training.defaults import complete

LOADED = 60_000  # ms: the first test of a process loads torch
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def make(qtbot):
    QSettings().clear()
    made = []

    def window():
        made.append(MainWindow())
        made[-1].show()
        qtbot.waitExposed(made[-1])
        with qtbot.waitSignal(made[-1].session.engine_ready, timeout=LOADED):
            made[-1].load()
        made[-1]._docks["selection"].raise_()
        return made[-1]

    yield window
    for each in made:
        each.leaving.agreed = True
        each.close()
        each.deleteLater()


@pytest.fixture
def window(qtbot, make):
    window = make()
    train(qtbot, window)
    return window


def train(qtbot, window, **values):
    window.setup_panel.set_config(complete({"data": "digits", "epochs": 1, "settings": {"hidden": "16"}, **values}))
    with qtbot.waitSignal(window.session.run_ended, timeout=LOADED):
        window.steering.train()
    canvas = window.latent_panel.canvas
    qtbot.waitUntil(lambda: len(canvas.points_seen()[0]) > 0)
    canvas._glide.finish()


def selected(window):
    return list(window.laboratory.marks.selected)


def click(qtbot, window, name):
    qtbot.mouseClick(window.findChild(QWidget, name), LEFT)


def lasso(qtbot, canvas, left, top, right, bottom, modifier=Qt.KeyboardModifier.NoModifier):
    """A rectangle in shares of the canvas."""
    places = [(left, top), (right, top), (right, bottom), (left, bottom)]
    pixels = [QPoint(int(canvas.width() * x), int(canvas.height() * y)) for x, y in places]
    qtbot.mousePress(canvas, LEFT, modifier, pixels[0])
    for pixel in pixels[1:]:
        qtbot.mouseMove(canvas, pixel)
    qtbot.mouseRelease(canvas, LEFT, modifier, pixels[-1])


def inside(canvas, left, top, right, bottom):
    pixels = canvas.pixel_map().to_pixels(canvas.points_seen()[0])
    x, y = pixels[:, 0] / canvas.width(), pixels[:, 1] / canvas.height()
    return np.flatnonzero((x > left) & (x < right) & (y > top) & (y < bottom))


def test_what_is_drawn_around_is_selected_in_every_view(qtbot, window):
    canvas = window.latent_panel.canvas
    click(qtbot, window, "lasso_tool_button")
    lasso(qtbot, canvas, 0.2, 0.1, 0.6, 0.9)
    expected = inside(canvas, 0.2, 0.1, 0.6, 0.9)
    assert len(set(expected) ^ set(selected(window))) <= 3  # a pixel more or less at the line
    assert len(selected(window)) > 20
    count = f"{len(selected(window))} of 360 images"
    assert count in [label.text() for label in window.groups_panel.findChildren(QLabel)]
    assert canvas._overlays["selection"].count == len(selected(window))

    qtbot.keyClicks(window.findChild(QComboBox, "grid_mode_box"), "Sel")
    grid = window.reconstruction_panel.grid
    qtbot.waitUntil(lambda: grid.shown is not None and grid.shown.indices[0] == selected(window)[0])
    lasso(qtbot, canvas, 0.2, 0.1, 0.4, 0.9, Qt.KeyboardModifier.AltModifier)
    assert len(selected(window)) < len(expected)
    qtbot.waitUntil(lambda: grid.shown is not None and set(grid.shown.indices) <= set(selected(window)))

    window.undo.undo()
    assert len(set(expected) ^ set(selected(window))) <= 3
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert selected(window) == []


def test_keys_select_everything_nothing_and_the_tool(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    canvas = window.latent_panel.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(selected(window)) == 360
    qtbot.keyClick(canvas, Qt.Key.Key_L)
    qtbot.waitUntil(window.findChild(QWidget, "lasso_tool_button").isChecked)  # Qt shows the click for a moment
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert selected(window) == []


def test_hidden_classes_are_not_selected(qtbot, window):
    qtbot.mouseClick(window.latent_panel.legend._chips[3], LEFT)
    click(qtbot, window, "select_all_button")
    labels = window.laboratory.scene.labels
    assert 3 not in labels[selected(window)]
    assert len(selected(window)) == (labels != 3).sum()


def test_the_worst_images_are_selected_by_their_error(qtbot, window):
    button = window.findChild(QWidget, "select_error_button")
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, LEFT)
    errors, threshold = window.selections.errors.errors, window.groups_panel.select_by.threshold.threshold
    assert selected(window) == np.flatnonzero(errors >= threshold).tolist()
    assert 20 <= len(selected(window)) <= 50  # a tenth of 360


def test_errors_are_computed_only_while_somebody_can_see_them(qtbot, window):
    errors = window.selections.errors
    qtbot.waitUntil(lambda: errors.errors is not None)
    window.show_panel("decoded")
    qtbot.waitUntil(lambda: not errors._wanted)
    train(qtbot, window)
    with qtbot.assertNotEmitted(errors.changed, wait=300):
        window.laboratory.show(window.laboratory.scene.look)
    assert errors.errors is None
    window.show_panel("selection")
    qtbot.waitUntil(lambda: errors.errors is not None)


def keep(qtbot, window, digit, name):
    box = window.findChild(QComboBox, "select_class_box")
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(int(digit)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    click(qtbot, window, "select_class_button")
    qtbot.keyClicks(window.findChild(QWidget, "group_name_edit"), name)
    click(qtbot, window, "keep_group_button")


def test_the_handle_follows_the_vector_between_two_groups_which_the_run_keeps(qtbot, window, make):
    keep(qtbot, window, "7", "sevens")
    keep(qtbot, window, "1", "ones")
    before = window.hand.explorer.handle.copy()
    slider = window.findChild(QSlider, "strength_slider")
    slider.setFocus()
    with qtbot.waitSignal(window.hand.handle_decoded, timeout=5000):
        qtbot.keyClick(slider, Qt.Key.Key_End)
    scene = window.laboratory.scene
    way = scene.codes[scene.labels == 1].mean(axis=0) - scene.codes[scene.labels == 7].mean(axis=0)
    np.testing.assert_allclose(window.hand.explorer.handle, before + 3 * way, atol=1e-4)
    click(qtbot, window, "reset_attribute_button")
    np.testing.assert_array_equal(window.hand.explorer.handle, before)

    run = window.session.run_path
    qtbot.waitUntil(lambda: (run / "groups.json").exists())
    qtbot.waitUntil(lambda: "ones" in (run / "groups.json").read_text())
    again = make()
    with qtbot.waitSignal(again.selections.files.groups_read, timeout=LOADED, check_params_cb=bool) as read:
        again.open_run(str(run))
    assert [group.name for group in read.args[0]] == ["sevens", "ones"]


def test_a_click_in_the_grid_puts_the_image_into_focus(qtbot, window):
    grid = window.reconstruction_panel.grid
    qtbot.waitUntil(lambda: grid.shown is not None)
    qtbot.mouseClick(grid, LEFT, pos=grid._column_rect(1).center().toPoint())
    assert window.laboratory.marks.focus == grid.shown.indices[1]
    assert grid._focused_place() == 1


def test_what_is_drawn_is_seen_in_the_grid(qtbot, window):
    qtbot.keyClicks(window.findChild(QComboBox, "grid_mode_box"), "Drawn")
    window.show_panel("draw")
    pad, grid = window.drawing_panel.pad, window.reconstruction_panel.grid
    qtbot.waitUntil(pad.isVisible)
    middle = pad.rect().center()
    qtbot.mousePress(pad, LEFT, pos=middle - QPoint(0, 30))
    qtbot.mouseMove(pad, middle + QPoint(5, 30))
    qtbot.mouseRelease(pad, LEFT, pos=middle + QPoint(5, 30))
    qtbot.waitUntil(lambda: grid.shown is not None and grid.shown.indices.tolist() == [-1])
    assert grid.shown.originals.max() > 100
    assert grid.shown.decoded.shape == (1, 8, 8)


@pytest.mark.parametrize("latent_dim", [1, 5])
def test_codes_of_any_size_can_be_drawn_around(qtbot, make, latent_dim):
    window = make()
    train(qtbot, window, latent_dim=latent_dim)
    click(qtbot, window, "lasso_tool_button")
    lasso(qtbot, window.latent_panel.canvas, 0.02, 0.02, 0.98, 0.98)
    assert len(selected(window)) > 300


def test_of_a_codebook_images_are_selected_by_class_alone(qtbot, make):
    window = make()
    train(qtbot, window, model="vq-vae", settings={})
    button = window.findChild(QWidget, "lasso_tool_button")
    assert not button.isEnabled()
    assert "entries of a codebook" in button.toolTip()
    keep(qtbot, window, "7", "sevens")
    assert len(selected(window)) > 20
    assert not window.findChild(QSlider, "strength_slider").isEnabled()
