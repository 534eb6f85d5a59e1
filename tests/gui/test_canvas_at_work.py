"""The canvas's points in the window, by mouse and keys: the image under the mouse, thumbnails, colours, marks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton

from ae_studio.events import LatentSpace, Look, RunStarted
from ae_studio.gui.layers.catalog import LAYERS
from ae_studio.gui.layers.thumbnails import BORDER
from ae_studio.gui.main_window import MainWindow
from ae_studio.gui.theme import DARK, class_colours

RNG = np.random.default_rng(0)
COUNT = 300
CODES = RNG.uniform(-1, 1, size=(COUNT, 2)).astype(np.float32)
ALONE = np.array([0.3, 0.3], dtype=np.float32)  # the first code's place: no other is near, nor is the handle
CODES[np.abs(CODES - ALONE).max(axis=1) < 0.15] += np.array([0.31, 0], dtype=np.float32)
CODES[0] = ALONE
LABELS = np.arange(COUNT) % 3
IMAGES = np.zeros((COUNT, 8, 8), dtype=np.uint8)
IMAGES[:] = (255 * (np.arange(COUNT) + 1) / COUNT).astype(np.uint8)[:, None, None]  # each of a grey of its own


def started(**changes):
    values = {
        "run": Path("run"),
        "epochs": 10,
        "first_epoch": 0,
        "steps_per_epoch": 4,
        "space": LatentSpace(2),
        "parameters": 1,
        "train_images": 400,
        "validation_images": COUNT,
        "device": "CPU",
        "precision": "32 bit",
        "probes": IMAGES[:4],
        "sample_labels": LABELS,
        "class_names": ("cat", "dog", "cow"),
        "sample_images": IMAGES,
    }
    return RunStarted(**(values | changes))


def look(codes=CODES, epoch=1, **changes):
    return Look(epoch, 4 * epoch, codes, IMAGES[:4], lambda z: np.zeros((len(z), 8, 8), np.uint8), **changes)


@pytest.fixture
def window(qtbot):
    QSettings().clear()
    made = MainWindow()
    made.resize(1300, 900)
    made.show()
    qtbot.waitExposed(made)
    made.views.start(started())
    made.views.show_look(look())
    yield made
    made.leaving.agreed = True
    made.close()
    made.deleteLater()


@pytest.fixture
def canvas(window, qtbot):
    made = window.latent_panel.canvas
    settle(made)
    made.reset_view()
    settle(made)
    return made


def settle(canvas):
    """All is laid out, and the points are where they are to be."""
    QApplication.processEvents()
    canvas._glide.finish()
    QApplication.processEvents()


def pixel(canvas, index):
    x, y = canvas.pixel_map().to_pixels(canvas._glide.points[index : index + 1])[0]
    return QPoint(round(float(x)), round(float(y)))


def point_to(qtbot, canvas, place):
    qtbot.mouseMove(canvas, place + QPoint(40, 40))
    qtbot.mouseMove(canvas, place)


def wheel(canvas, at, notches):
    for _ in range(abs(notches)):
        to_global = QPointF(canvas.mapToGlobal(at))
        turn = QPoint(0, 120 if notches > 0 else -120)
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(QPointF(at), to_global, QPoint(), turn, none, Qt.KeyboardModifier.NoModifier, phase, False)
        QApplication.sendEvent(canvas, event)


def near(colour, other):
    return max(abs(a - b) for a, b in zip(QColor(colour).getRgb(), QColor(other).getRgb(), strict=True)) <= 3


def choose_colour(qtbot, window, title):
    """As by hand: the menu is opened, and the line clicked."""
    button = window.findChild(QToolButton, "colour_button")
    menu = button.menu()
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    action = next(each for each in menu.actions() if each.text() == title)
    place = menu.actionGeometry(action).center()
    qtbot.mouseMove(menu, place)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    menu.close()
    return action


# The image under the mouse


def test_pointing_at_a_point_shows_its_image_beside_the_cursor(window, canvas, qtbot):
    card, here = window.latent_panel.hover_card, pixel(canvas, 0)
    with qtbot.waitSignal(window.laboratory.focus_changed, check_params_cb=lambda index: index == 0):
        point_to(qtbot, canvas, here)
    assert card.isVisible()
    assert card.words == ("cat · image 1",)
    assert canvas.rect().contains(card.geometry())
    assert not card.geometry().contains(here)
    assert (card.geometry().center() - here).manhattanLength() < 200
    picture = card.grab().toImage()
    assert near(picture.pixelColor(picture.width() // 2, 1), class_colours(DARK, 3)[0])


def test_the_card_shows_that_very_image(window, canvas, qtbot):
    card = window.latent_panel.hover_card
    for index in (0, 250):
        point_to(qtbot, canvas, pixel(canvas, index))
        if window.laboratory.marks.focus == index:
            shade = card.grab().toImage().pixelColor(card.width() // 2, 40)
            ink = IMAGES[index, 0, 0] / 255
            ground = QColor(DARK.image_ground).red()
            assert shade.red() == pytest.approx(ground + ink * (255 - ground), abs=3)


def test_leaving_the_point_or_the_canvas_hides_the_image_and_gives_the_focus_back(window, canvas, qtbot):
    window.laboratory.focus(7)
    point_to(qtbot, canvas, pixel(canvas, 0))
    assert window.laboratory.marks.focus == 0
    qtbot.mouseMove(canvas, pixel(canvas, 0) + QPoint(14, 0))
    assert not window.latent_panel.hover_card.isVisible()
    assert window.laboratory.marks.focus == 7
    point_to(qtbot, canvas, pixel(canvas, 0))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert not window.latent_panel.hover_card.isVisible()
    assert window.laboratory.marks.focus == 7


def test_a_focus_that_another_view_sets_meanwhile_stays(window, canvas, qtbot):
    point_to(qtbot, canvas, pixel(canvas, 0))
    window.laboratory.focus(12)
    qtbot.mouseMove(canvas, pixel(canvas, 0) + QPoint(14, 0))
    assert window.laboratory.marks.focus == 12


def test_dragging_shows_no_image(window, canvas, qtbot):
    point_to(qtbot, canvas, pixel(canvas, 0))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, 0))
    assert not window.latent_panel.hover_card.isVisible()
    qtbot.mouseMove(canvas, pixel(canvas, 0) + QPoint(1, 1))
    assert not window.latent_panel.hover_card.isVisible()
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, 0))


def test_a_hidden_class_is_never_under_the_mouse(window, canvas, qtbot):
    qtbot.mouseClick(window.findChild(QToolButton, "legend_chip_0"), Qt.MouseButton.LeftButton)
    point_to(qtbot, canvas, pixel(canvas, 0))
    assert not window.latent_panel.hover_card.isVisible()
    assert window.laboratory.marks.focus is None
    assert window.laboratory.marks.hidden == {0}


@pytest.mark.parametrize("corner", [(-1, -1), (-0.7, 1), (1, -1), (1, 1)])  # in one stand the tools
def test_in_every_corner_the_image_lies_within_the_canvas(window, canvas, qtbot, corner):
    codes = CODES.copy()
    codes[0] = np.array(corner) * 1.02
    window.views.show_look(look(codes, 2))
    settle(canvas)
    point_to(qtbot, canvas, pixel(canvas, 0))
    assert window.laboratory.marks.focus == 0
    assert canvas.rect().contains(window.latent_panel.hover_card.geometry())


def test_a_point_that_moves_away_below_a_resting_mouse_takes_its_image_with_it(window, canvas, qtbot):
    point_to(qtbot, canvas, pixel(canvas, 0))
    codes = CODES.copy()
    codes[0] = (0.9, 0.9)
    window.views.show_look(look(codes, 2))
    settle(canvas)
    assert window.laboratory.marks.focus != 0


def test_without_images_there_are_words(window, canvas, qtbot):
    window.views.start(started(sample_images=None))
    window.views.show_look(look())
    settle(canvas)
    point_to(qtbot, canvas, pixel(canvas, 0))
    card = window.latent_panel.hover_card
    assert card.isVisible()
    assert card.height() < 40


def test_the_entries_of_a_codebook_are_no_images(window, canvas, qtbot):
    from ae_studio.events import Codebook

    space = LatentSpace(2, "codebook")
    window.views.start(started(space=space))
    book = Codebook(CODES[:16], np.full(16, 1 / 16, dtype=np.float32))
    window.views.show_look(look(CODES, codebook=book))
    settle(canvas)
    point_to(qtbot, canvas, pixel(canvas, 3))
    assert window.latent_panel.hover_card.words == ("entry 4",)
    assert window.laboratory.marks.focus is None
    assert window.layers.reason("thumbnails")


# Thumbnails


def thumbnails(canvas):
    return canvas._picture._drawings.get("thumbnails")


def are_of_the_scale(pictures, window):
    """Made for how near one is now, not for a notch of the wheel before."""
    [layer] = [each for each in LAYERS if each.key == "thumbnails"]
    _, _, scale, _, made = layer._made
    return scale == window.laboratory.view.scale and np.array_equal(made.indices, pictures.indices)


def test_points_become_thumbnails_as_one_comes_nearer(window, canvas, qtbot):
    wheel(canvas, pixel(canvas, 0), 12)
    qtbot.waitUntil(lambda: thumbnails(canvas) is not None)
    qtbot.waitUntil(lambda: 0 in thumbnails(canvas).indices)
    picture, here = canvas.grab().toImage(), pixel(canvas, 0)
    ground = QColor(DARK.image_ground).red()
    expected = ground + IMAGES[0, 0, 0] / 255 * (255 - ground)
    assert picture.pixelColor(here + QPoint(-12, -12)).red() == pytest.approx(expected, abs=3)
    assert near(picture.pixelColor(here + QPoint(-17, 0)), class_colours(DARK, 3)[0])
    wheel(canvas, pixel(canvas, 0), -14)
    qtbot.waitUntil(lambda: thumbnails(canvas) is None)


def test_thumbnails_never_overlap_and_stay_while_one_pans(window, canvas, qtbot):
    wheel(canvas, QPoint(canvas.width() // 2, canvas.height() // 2), 9)
    qtbot.waitUntil(lambda: thumbnails(canvas) is not None and are_of_the_scale(thumbnails(canvas), window))
    before = thumbnails(canvas)
    corners = before._corners(canvas.pixel_map())
    apart = np.abs(corners[:, None] - corners[None]).max(axis=2) + 1e9 * np.eye(len(corners))
    assert len(corners) > 5
    assert apart.min() >= before._size[0]
    start = QPoint(canvas.width() // 2, canvas.height() // 2)
    qtbot.mousePress(canvas, Qt.MouseButton.RightButton, pos=start)
    for step in range(1, 30):
        qtbot.mouseMove(canvas, start + QPoint(8 * step, 3 * step))
    qtbot.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=start)
    qtbot.waitUntil(lambda: thumbnails(canvas) is not before)
    seen = canvas.rect().adjusted(-30, -30, 30, 30)
    stayed = [i for i in before.indices if seen.contains(pixel(canvas, int(i)))]
    assert stayed
    assert set(stayed) <= set(thumbnails(canvas).indices.tolist())


def test_the_edge_of_a_thumbnail_is_its_point_too(window, canvas, qtbot):
    wheel(canvas, pixel(canvas, 0), 12)
    qtbot.waitUntil(lambda: thumbnails(canvas) is not None and 0 in thumbnails(canvas).indices)
    point_to(qtbot, canvas, pixel(canvas, 0) + QPoint(-18 + BORDER, -18 + BORDER))
    assert window.laboratory.marks.focus == 0


def test_thumbnails_of_hidden_classes_are_gone_and_the_layer_can_be_switched_off(window, canvas, qtbot):
    wheel(canvas, pixel(canvas, 0), 12)
    qtbot.waitUntil(lambda: thumbnails(canvas) is not None and 0 in thumbnails(canvas).indices)
    qtbot.mouseClick(window.findChild(QToolButton, "legend_chip_0"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not (LABELS[thumbnails(canvas).indices] == 0).any())
    window.findChild(QCheckBox, "thumbnails_layer_box").click()
    assert thumbnails(canvas) is None


# Colours and marks


def test_points_are_coloured_by_what_is_chosen_and_the_bar_says_what_it_means(window, canvas, qtbot):
    window.views.show_look(replace(look(epoch=2), decoder=lambda z: IMAGES[: len(z)] // 2))
    with qtbot.waitSignal(window.colouring.coloured):
        choose_colour(qtbot, window, "Reconstruction error")
    bar = window.latent_panel.scale_view
    assert bar.isVisible()
    assert canvas.rect().contains(bar.geometry())
    low, _, high = bar.numbers()
    assert low.startswith("≤")
    assert high.startswith("≥")
    expected = float(np.square((IMAGES[0] - IMAGES[0] // 2) / 255).mean())
    assert canvas.points.number_of(0) == pytest.approx(expected, abs=1e-6)
    assert canvas.grab().toImage().pixelColor(pixel(canvas, 0)).name() not in class_colours(DARK, 3)
    point_to(qtbot, canvas, pixel(canvas, 0))
    assert len(window.latent_panel.hover_card.words) == 2
    choose_colour(qtbot, window, "Class")
    assert not bar.isVisible()
    assert canvas.grab().toImage().pixelColor(pixel(canvas, 0)).name() == class_colours(DARK, 3)[0]


def test_what_cannot_be_known_is_greyed_with_the_reason_and_given_up_by_another_run(window, canvas, qtbot):
    action = choose_colour(qtbot, window, "KL of each image")
    assert not action.isEnabled()
    assert "Gaussian" in action.toolTip()
    assert window.colouring.key == "class"
    with qtbot.waitSignal(window.colouring.coloured):
        choose_colour(qtbot, window, "Reconstruction error")
    window.views.start(started(sample_images=None))
    window.views.show_look(look())
    assert window.colouring.key == "class"
    assert not window.latent_panel.scale_view.isVisible()


def test_a_caller_gives_numbers_of_its_own(window, canvas, qtbot):
    numbers = np.linspace(0, 1, COUNT).astype(np.float32)
    window.colouring.give("mine", "My number", "m", numbers)
    choose_colour(qtbot, window, "My number")
    assert canvas.points.number_of(299) == 1
    assert window.latent_panel.scale_view.accessibleName().startswith("Colours: My number, m")


def test_the_age_of_the_last_move_is_remembered_over_looks(window, canvas, qtbot):
    codes = CODES.copy()
    codes[5] += 1
    qtbot.waitUntil(lambda: window.colouring._since is not None)
    window.views.show_look(look(codes, 4))
    choose_colour(qtbot, window, "Epoch of the last move")
    qtbot.waitUntil(lambda: [canvas.points.number_of(index) for index in (5, 6)] == [0, 3])


def test_classes_have_marks_of_their_own_on_the_canvas_and_in_the_legend(window, canvas, qtbot):
    before = window.findChild(QToolButton, "legend_chip_1").icon().pixmap(10).toImage()
    choose_colour(qtbot, window, "Shapes too")
    assert window.findChild(QToolButton, "legend_chip_1").icon().pixmap(10).toImage() != before
    assert ink_at_corner(canvas, 1) > ink_at_corner(canvas, 0) + 0.15  # dogs are squares, cats discs


def ink_at_corner(canvas, label):
    """How much of the pixels at the corners of the marks of a class is of its colour, on average."""
    picture, ground = canvas.grab().toImage(), QColor(DARK.canvas).red()
    full = QColor(class_colours(DARK, 3)[label]).red() - ground
    alone = [index for index in np.flatnonzero(np.equal(LABELS, label)) if _is_alone(canvas, index)]
    places = [pixel(canvas, index) + QPoint(x, y) for index in alone for x in (-3, 3) for y in (-3, 3)]
    return np.mean([(picture.pixelColor(place).red() - ground) / full for place in places])


def _is_alone(canvas, index):
    places = canvas.pixel_map().to_pixels(canvas._glide.points)
    return np.sort(np.abs(places - places[index]).max(axis=1))[1] > 14


def test_the_legend_counts_the_points_of_every_class(window, qtbot):
    assert [chip.text() for chip in window.latent_panel.legend._chips] == ["cat (100)", "dog (100)", "cow (100)"]
