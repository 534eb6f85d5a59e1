from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication

from ae_studio.events import Codebook, LatentSpace
from ae_studio.gui.hover_card import HoverCard
from ae_studio.gui.pointing import Pointing
from ae_studio.gui.theme import DARK
from tests.gui.mouse import move
from tests.gui.staged import CODES

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def at(stage):
    """A stage whose points can be pointed at."""

    def make(**settings):
        made = stage(**settings)
        made.card = HoverCard(made.canvas)
        made.card.set_theme(DARK)
        made.pointing = Pointing(made.canvas, made.card, made.laboratory, made)
        return made

    return make


def point_at(stage, index):
    move(stage.canvas, stage.pixel_of(index))


def away(stage):
    move(stage.canvas, QPoint(3, 3))


def focus(stage):
    return stage.laboratory.marks.focus


def test_the_image_under_the_mouse_is_in_focus_and_on_a_card_beside_it(at):
    stage = at()
    point_at(stage, 3)
    assert focus(stage) == 3
    assert stage.card.isVisible()
    assert stage.card.words == ("a · image 4",)
    assert not stage.card.geometry().contains(stage.pixel_of(3))


def test_from_point_to_point_the_card_goes_with_the_mouse(at):
    stage = at()
    point_at(stage, 0)
    first = stage.card.pos()
    point_at(stage, 1)
    assert focus(stage) == 1
    assert stage.card.words == ("b · image 2",)
    assert stage.card.pos() != first


def test_what_was_in_focus_before_is_so_again_when_the_mouse_has_left(at):
    stage = at()
    stage.laboratory.focus(5)
    for index in (0, 1):
        point_at(stage, index)
    away(stage)
    assert focus(stage) == 5
    assert not stage.card.isVisible()


@pytest.mark.parametrize("kind", [QEvent.Type.Leave, QEvent.Type.Hide])
def test_a_mouse_that_leaves_the_canvas_takes_the_card_along(at, kind):
    stage = at()
    point_at(stage, 0)
    QApplication.sendEvent(stage.canvas, QEvent(kind))
    assert not stage.card.isVisible()
    assert focus(stage) is None


def test_what_another_view_puts_into_focus_meanwhile_stays_so(at):
    stage = at()
    point_at(stage, 0)
    stage.laboratory.focus(4)
    away(stage)
    assert focus(stage) == 4


def test_while_a_button_is_held_nothing_is_pointed_at(at, qtbot):
    stage = at()
    point_at(stage, 0)
    qtbot.mousePress(stage.canvas, LEFT, pos=stage.pixel_of(0))
    assert not stage.card.isVisible()
    move(stage.canvas, stage.pixel_of(1), LEFT)
    assert not stage.card.isVisible()
    qtbot.mouseRelease(stage.canvas, LEFT, pos=stage.pixel_of(1))


def test_a_point_that_glides_away_from_the_resting_mouse_is_let_go(at):
    stage = at()
    point_at(stage, 3)
    moved = CODES.copy()
    moved[3] = [0, -1]
    stage.show(replace(stage.look, codes=moved))
    assert focus(stage) is None
    assert not stage.card.isVisible()


def test_a_hidden_class_cannot_be_pointed_at(at):
    stage = at()
    stage.canvas.hide_classes({0})
    point_at(stage, 3)
    assert focus(stage) is None


def test_without_images_the_card_has_words_alone(at):
    stage = at(images=False)
    point_at(stage, 2)
    small = stage.card.size()
    assert stage.card.words == ("c · image 3",)
    assert small.height() < 40


def test_an_entry_of_a_codebook_is_no_image_that_could_be_in_focus(at):
    book = Codebook(CODES, np.full(6, 1 / 6, np.float32))
    stage = at(space=LatentSpace(2, "codebook"), codebook=book)
    stage.laboratory.focus(1)
    point_at(stage, 0)
    assert stage.card.words == ("entry 1",)
    assert focus(stage) == 1
    away(stage)
    assert focus(stage) == 1
