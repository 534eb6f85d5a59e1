"""A drawing's whole way: from the pad through a model that can be followed to panel and canvas."""

import threading
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QToolButton, QWidget

from ae_studio.events import Encoded, LatentSpace, Look, Switch
from ae_studio.gui.drawer import Drawer
from ae_studio.gui.drawing_panel import DrawingPanel
from ae_studio.gui.hand import Hand
from ae_studio.gui.handle_history import REST_MS, HandleHistory
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.layer_board import LayerBoard
from ae_studio.gui.theme import DARK
from ae_studio.gui.undo import UndoStack

LEFT = Qt.MouseButton.LeftButton
SAMPLE = np.zeros((20, 8, 8), dtype=np.uint8)
SAMPLE[:, 1:7, 3] = 255
CLASSES = ("a", "b")


def encode(images, labels):
    """The code is how much ink lies above and how much to the left, of all there is; and the class."""
    whole = np.maximum(images.sum(axis=(1, 2), dtype=np.float64), 1)
    code = [images[:, :4].sum(axis=(1, 2)) / whole, images[:, :, :4].sum(axis=(1, 2)) / whole]
    told = np.eye(2)[labels]
    return Encoded(
        np.column_stack([*code, told])[:, : encode.size].astype(np.float32), np.full((len(images), 2), 0.1, np.float32)
    )


def decode(codes):
    return np.repeat(np.rint(255 * codes[:, :1]).clip(0, 255).astype(np.uint8), 64, axis=1).reshape(-1, 8, 8)


def look(size=2, factor=1.0, encoder=True):
    codes = np.random.default_rng(0).random((20, size)).astype(np.float32)

    def scaled(images, labels):
        encoded = encode(images, labels)
        return Encoded(encoded.codes * np.float32(factor), encoded.spread)

    encode.size = size
    return Look(1, 1, codes, SAMPLE[:1], decode, encoder=scaled if encoder else None)


@pytest.fixture
def world(qtbot):
    window = QWidget()
    hand = Hand(window)
    laboratory = Laboratory(hand, window)
    board, canvas, panel = LayerBoard(laboratory, window), LatentCanvas(window), DrawingPanel(window)
    for widget in (canvas, panel):
        widget.set_theme(DARK)
        widget.resize(300, 600)
    canvas.move(300, 0)
    window.resize(600, 600)
    window.show()
    qtbot.waitExposed(window)
    canvas.view_changed.connect(laboratory.show_window)
    hand.points_changed.connect(canvas.show_cloud)
    hand.handle_moved.connect(laboratory.tell_view)
    undo = UndoStack(window)
    history = HandleHistory(hand, undo, window)
    drawer = Drawer(panel, laboratory, hand, board, canvas, history, window)
    panel.pad.did.connect(undo.did)
    yield SimpleNamespace(
        history=history,
        hand=hand,
        laboratory=laboratory,
        board=board,
        canvas=canvas,
        panel=panel,
        drawer=drawer,
        undo=undo,
    )
    laboratory.end()
    hand.end()
    window.close()
    window.deleteLater()  # all of it at once, so that nobody is told anything who is not there


def begin(world, space=None, images=SAMPLE, moment=None):
    space = space or LatentSpace(2)
    labels = np.arange(20) % 2
    world.hand.begin(space, labels, CLASSES)
    world.laboratory.begin(images)
    world.canvas.start(labels, 2)
    show(world, moment or look(space.size))


def show(world, moment):
    world.hand.show(moment)
    world.laboratory.show(moment)


def stroke(qtbot, world, *points):
    pad = world.panel.pad
    places = [QPoint(round(x * pad.width()), round(y * pad.width())) for x, y in points]
    qtbot.mousePress(pad, LEFT, pos=places[0])
    qtbot.mouseRelease(pad, LEFT, pos=places[-1])


def draw(qtbot, world, *points):
    qtbot.waitUntil(lambda: world.drawer._proportions is not None)
    with qtbot.waitSignal(world.drawer.drawn):
        stroke(qtbot, world, *(points or ((0.5, 0.5),)))
    settle(qtbot, world)
    return world.drawer._drawn.image


def settle(qtbot, world):
    """All that was asked for has been answered."""
    qtbot.waitUntil(lambda: not world.drawer._newest._timer.isActive())
    done = []
    world.laboratory.ask("behind all of it", lambda: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])


def overlay(world):
    return world.canvas._overlays.get("drawing")


def test_a_stroke_is_encoded_and_shown(qtbot, world):
    begin(world)
    image = draw(qtbot, world)
    assert image.shape == (8, 8)
    np.testing.assert_array_equal(world.panel.images.images[0], image)
    assert world.panel.neighbours.images.shape == (5, 8, 8)
    mark = overlay(world)
    np.testing.assert_allclose(mark.place, encode(image[None], np.zeros(1, int)).codes[0], atol=1e-5)
    assert len(mark.outlines) == 2


def test_strokes_are_as_wide_as_the_datas_own(qtbot, world):
    begin(world)
    qtbot.waitUntil(lambda: world.drawer._proportions is not None)
    assert world.panel.pad.pen_width == pytest.approx(world.drawer._proportions.thickness * 560 / 8)


def test_the_canvas_shows_where_it_is(qtbot, world):
    begin(world)
    draw(qtbot, world)
    mark, canvas = overlay(world), world.canvas
    canvas._glide.finish()
    x, y = canvas.pixel_map().to_pixels(mark.place[None])[0]
    assert canvas.grab().toImage().pixelColor(round(x), round(y)) == QColor(DARK.accent)


def test_undo_takes_all_of_it_away_and_redo_brings_it_back(qtbot, world):
    begin(world)
    draw(qtbot, world)
    with qtbot.waitSignal(world.drawer.drawn) as told:
        world.undo.undo()
    assert told.args == [None]
    assert overlay(world) is None
    assert world.panel.images.images is None
    with qtbot.waitSignal(world.drawer.drawn) as told:
        world.undo.redo()
    assert told.args[0] is not None
    assert overlay(world) is not None


def test_a_result_that_comes_after_the_pad_was_cleared_is_not_shown(qtbot, world):
    held, going = threading.Event(), threading.Event()
    moment = look()

    def slow(images, labels):
        going.set()
        held.wait(5)
        return encode(images, labels)

    begin(world, moment=Look(1, 1, moment.codes, SAMPLE[:1], decode, encoder=slow))
    qtbot.waitUntil(lambda: world.drawer._proportions is not None)
    told = []
    world.drawer.drawn.connect(told.append)
    stroke(qtbot, world, (0.5, 0.5))
    qtbot.waitUntil(going.is_set)
    world.panel.pad.clear()
    qtbot.waitUntil(lambda: not world.drawer._newest._timer.isActive())
    held.set()
    settle(qtbot, world)
    assert told == []
    assert world.panel.images.images is None


def test_a_new_look_encodes_the_drawing_again(qtbot, world):
    begin(world)
    draw(qtbot, world)
    before = overlay(world).place
    with qtbot.waitSignal(world.drawer.drawn):
        show(world, look(factor=0.5))
    np.testing.assert_allclose(overlay(world).place, 0.5 * before, rtol=1e-5)


def test_another_runs_images_are_measured_and_the_drawing_stays(qtbot, world):
    begin(world)
    draw(qtbot, world)
    tall = np.zeros((20, 16, 16), dtype=np.uint8)
    tall[:, 2:14, 6:9] = 255

    def small(images, labels):
        return encode(images[:, ::2, ::2], labels)

    def large(codes):
        return decode(codes).repeat(2, axis=1).repeat(2, axis=2)

    with qtbot.waitSignal(world.drawer.drawn) as told:
        begin(world, images=tall, moment=Look(1, 1, look().codes, tall[:1], large, encoder=small))
    assert told.args[0].shape == (16, 16)
    assert not world.panel.pad.is_empty


def test_the_handle_goes_there_when_asked_and_follows_when_told(qtbot, world):
    begin(world)
    draw(qtbot, world)
    code = world.drawer._drawn.code
    qtbot.mouseClick(world.panel.findChild(QPushButton, "drawing_go_button"), LEFT)
    np.testing.assert_array_equal(world.hand.explorer.handle, code)
    world.hand.put(np.zeros(2))
    qtbot.mouseClick(world.panel.findChild(QCheckBox, "handle_follows_box"), LEFT)
    np.testing.assert_array_equal(world.hand.explorer.handle, code)
    draw(qtbot, world, (0.2, 0.1))
    np.testing.assert_array_equal(world.hand.explorer.handle, world.drawer._drawn.code)


def test_a_handle_that_follows_makes_no_steps_of_its_own(qtbot, world):
    begin(world)
    world.panel.findChild(QCheckBox, "handle_follows_box").setChecked(True)
    draw(qtbot, world)
    first = world.hand.explorer.handle.copy()
    draw(qtbot, world, (0.2, 0.1))
    qtbot.wait(REST_MS + 100)
    assert [world.undo.text(number) for number in range(world.undo.count())] == ["Draw a stroke"] * 2
    world.undo.undo()
    settle(qtbot, world)
    np.testing.assert_array_equal(world.hand.explorer.handle, first)
    qtbot.wait(REST_MS + 100)
    assert world.undo.redoText() == "Draw a stroke"


def test_a_conditional_model_is_told_the_class_that_is_chosen(qtbot, world):
    begin(world, LatentSpace(2, switches=(Switch("class", CLASSES, given=True),)))
    draw(qtbot, world)
    np.testing.assert_array_equal(world.drawer._drawn.code[2:], (1, 0))
    box = world.panel.findChild(QComboBox, "drawn_class_box")
    box.setFocus()
    with qtbot.waitSignal(world.drawer.drawn):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    np.testing.assert_array_equal(world.drawer._drawn.code[2:], (0, 1))
    assert world.hand.explorer.options() == [1]
    with qtbot.waitSignal(world.drawer.drawn):
        world.hand.switch(0, 0)
    assert box.currentText() == "a"


def test_a_click_on_a_neighbour_takes_it_into_focus(qtbot, world):
    begin(world)
    draw(qtbot, world)
    with qtbot.waitSignal(world.laboratory.focus_changed) as told:
        qtbot.mouseClick(world.panel.findChild(QToolButton, "neighbour_1_button"), LEFT)
    assert told.args == [int(world.drawer._drawn.neighbours[0])]


def test_the_layer_can_be_switched_off(qtbot, world):
    begin(world)
    draw(qtbot, world)
    world.board.set_on("drawing", False)
    assert overlay(world) is None
    world.board.set_on("drawing", True)
    assert overlay(world) is not None


def test_a_run_without_its_images_can_be_drawn_for(qtbot, world):
    begin(world, images=None)
    draw(qtbot, world)
    assert world.panel.neighbours.images is None


def test_a_model_that_is_not_there_greys_the_pad(world):
    begin(world, moment=look(encoder=False))
    assert not world.panel.pad.isEnabled()
    assert "encoded" in world.panel.pad.toolTip()


def test_a_picture_that_is_pasted_becomes_ink(qtbot, world):
    begin(world)
    qtbot.waitUntil(lambda: world.drawer._proportions is not None)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    for x in range(20, 30):
        for y in range(5, 35):
            picture.setPixelColor(x, y, QColor("#101010"))
    with qtbot.waitSignal(world.drawer.drawn) as told:
        world.panel.picture_given.emit(picture)
    assert told.args[0].any(axis=1).all() or told.args[0].any(axis=1).sum() >= 6
    assert world.undo.undoText() == "Put a picture on the pad"


def test_a_file_that_is_dropped_becomes_ink_and_a_broken_one_a_sentence(qtbot, world, tmp_path):
    begin(world)
    qtbot.waitUntil(lambda: world.drawer._proportions is not None)
    whole, broken = tmp_path / "seven.png", tmp_path / "broken.png"
    ink = np.zeros((50, 50), dtype=np.uint8)
    ink[10:40, 20:25] = 200
    Image.fromarray(ink).save(whole)
    broken.write_bytes(whole.read_bytes()[:60])
    with qtbot.waitSignal(world.drawer.drawn):
        world.panel.picture_given.emit(whole)
    before = world.panel.pad.sheet.ink()
    world.panel.picture_given.emit(broken)
    wrong = world.panel.findChild(QLabel, "field_error")
    qtbot.waitUntil(wrong.isVisible)
    assert wrong.text().startswith("broken.png is damaged")
    np.testing.assert_array_equal(world.panel.pad.sheet.ink(), before)


def test_a_picture_of_nothing_is_a_sentence(qtbot, world):
    begin(world)
    even = QImage(30, 30, QImage.Format.Format_RGB32)
    even.fill(QColor("#808080"))
    world.panel.picture_given.emit(even)
    wrong = world.panel.findChild(QLabel, "field_error")
    qtbot.waitUntil(lambda: "Nothing stands out" in wrong.text())
    world.panel.picture_given.emit(QImage())
    qtbot.waitUntil(lambda: "cannot be read" in wrong.text())


def test_data_of_colours_gets_colours(qtbot, world):
    colours = np.zeros((20, 8, 8, 3), dtype=np.uint8)
    got = []

    def take(images, labels):
        got.append(images)
        return Encoded(np.zeros((len(images), 2), dtype=np.float32))

    def give(codes):
        return np.zeros((len(codes), 8, 8, 3), dtype=np.uint8)

    begin(world, images=colours, moment=Look(1, 1, look().codes, colours[:1], give, encoder=take))
    qtbot.waitUntil(lambda: world.panel.pad.sheet.coloured)
    red = QImage(64, 64, QImage.Format.Format_RGB32)
    red.fill(QColor(200, 10, 10))
    with qtbot.waitSignal(world.drawer.drawn) as told:
        world.panel.picture_given.emit(red)
    assert told.args[0].reshape(-1, 3).tolist() == [[200, 10, 10]] * 64
