import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ae_studio.events import LatentSpace
from ae_studio.gui.direction_control import DirectionControl
from ae_studio.gui.direction_row import DirectionRow
from ae_studio.gui.directions_panel import DirectionsPanel
from tests.gui.laboratories import World, look


@pytest.fixture
def world(qtbot):
    made = World()
    made.panel = DirectionsPanel()
    qtbot.addWidget(made.panel)
    made.panel.resize(300, 500)
    made.control = DirectionControl(made.hand, made.laboratory, made.panel)
    made.panel.show()
    yield made
    made.end()


def names(world):
    return [each.name for each in world.panel.directions]


def test_a_look_brings_the_directions_off_its_plane(qtbot, world):
    world.hand.choose_plane((0, 1))
    world.show()
    qtbot.waitUntil(lambda: names(world) == ["z₄", "z₃", "z₅"])
    assert world.panel.directions[-1].reason == "KL 0.00 nats: the model does not use z5"
    world.hand.choose_plane("pca")
    qtbot.waitUntil(lambda: names(world) == ["PC₃", "PC₄", "PC₅"])


def test_a_slider_moves_the_full_code_and_the_image_follows_at_once(qtbot, world):
    world.hand.choose_plane((0, 1))
    world.show()
    world.hand.put([1, 2, 0, 0, 0])
    qtbot.waitUntil(lambda: bool(names(world)))
    slider = world.panel.findChildren(DirectionRow)[0].slider
    with qtbot.waitSignal(world.hand.handle_decoded, check_params_cb=lambda decoded: decoded.code[3] > 0):
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center() + slider.rect().topRight() / 4)
    assert world.handle[3] > 0.2
    np.testing.assert_array_equal(world.handle[[0, 1, 2, 4]], [1, 2, 0, 0])
    shown = world.panel.findChildren(DirectionRow)[0].findChild(QLabel, "direction_value").text()
    assert shown == f"{world.handle[3]:+.2f}"


def test_reset_all_puts_the_handle_onto_the_plane_where_it_is(qtbot, world):
    world.show()
    world.hand.choose_plane("lda")
    world.hand.put(np.arange(5))
    place = world.hand.explorer.handle_position()
    qtbot.waitUntil(lambda: names(world) == ["r₁", "r₂", "r₃"])
    qtbot.mouseClick(world.panel.findChild(QPushButton, "reset_directions_button"), Qt.MouseButton.LeftButton)
    plane = world.hand.explorer.plane
    np.testing.assert_allclose(world.handle, plane.origin + np.array(place, np.float32) @ plane.axes, atol=1e-4)
    np.testing.assert_allclose(world.hand.explorer.handle_position(), place, atol=1e-4)


def test_the_sliders_follow_the_handle(qtbot, world):
    world.hand.choose_plane((0, 1))
    world.show()
    qtbot.waitUntil(lambda: bool(names(world)))
    world.hand.put([0, 0, 0.5, -0.5, 0])
    shown = [row.findChild(QLabel, "direction_value").text() for row in world.panel.findChildren(DirectionRow)]
    assert shown == ["−0.50", "+0.50", "0.00"]


@pytest.mark.parametrize(
    ("space", "why"),
    [(LatentSpace(2), "every direction"), (LatentSpace(1), "every direction"), (LatentSpace(3, "sphere"), "globe")],
)
def test_where_nothing_remains_it_says_why(world, space, why):
    world.begin(space)
    moment = look(space.size)
    if space.kind == "sphere":
        unit = moment.codes / np.linalg.norm(moment.codes, axis=1, keepdims=True)
        moment = type(moment)(1, 10, unit, moment.reconstructions, moment.decoder)
    world.show(moment)
    assert why in world.panel.findChild(QLabel, "directions_message").text()


def test_out_of_sight_it_costs_nothing_and_comes_back_up_to_date(qtbot, world, monkeypatch):
    world.panel.hide()
    asked = []
    monkeypatch.setattr(world.laboratory, "ask", lambda *request: asked.append(request[0]))
    world.show()
    assert asked == []
    world.panel.show()
    assert asked == ["directions"]


def test_sliders_of_another_run_do_no_harm_before_its_own_are_there(qtbot, world):
    world.show()
    qtbot.waitUntil(lambda: bool(names(world)))
    world.begin(LatentSpace(3))
    world.panel.moved.emit(0, 1.0)
    world.panel.reset_requested.emit((0, 1))
    np.testing.assert_array_equal(world.handle, [0, 0, 0])
