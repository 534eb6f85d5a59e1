import numpy as np
import pytest

from ae_studio.gui.digit_view import DigitView
from ae_studio.gui.point_marks import PointMarks
from ae_studio.latent.reencoding import Reencoded


@pytest.fixture
def at(stage, qtbot):
    made = stage()
    made.digit_view = DigitView()
    qtbot.addWidget(made.digit_view)
    made.marks = PointMarks(made.laboratory, made.hand, made.canvas, made.digit_view, made)
    made.held.changed.connect(made.marks.mark_held)
    made.laboratory.focus_changed.connect(made.marks.mark_focus)
    return made


def test_a_held_point_has_a_ghost_where_it_is_shown_and_its_image_beside_the_decoded(at):
    at.held.snap(3)
    at.hand.move_to(0, 0)
    ghost = at.canvas._overlays["held point"]
    assert ghost.point() == (2, 1)
    assert ghost.handle() == (0, 0)
    assert np.array_equal(at.digit_view._original, at.originals[3])


def test_letting_go_takes_both_away(at):
    at.held.snap(3)
    at.held.escape()
    assert "held point" not in at.canvas._overlays
    assert at.digit_view._original is None


def test_the_ghost_follows_the_point_when_it_moves(at):
    at.held.snap(3)
    codes = at.look.codes.copy()
    codes[3] = [1, 1]
    at.show(type(at.look)(2, 20, codes, at.originals, at.look.decoder))
    assert at.canvas._overlays["held point"].point() == (1, 1)


def test_the_focus_is_marked_unless_it_is_the_held_one(at):
    at.laboratory.focus(2)
    assert at.canvas._overlays["focus"].point() == (-2, 1)
    at.held.snap(2)
    assert "focus" not in at.canvas._overlays
    at.laboratory.focus(4)
    assert at.canvas._overlays["focus"].point() == (0, 0)


def test_a_neighbour_that_is_pointed_at_is_marked(at):
    at.marks.mark_neighbour(1)
    assert at.canvas._overlays["neighbour"].point() == (2, -1)
    at.marks.mark_neighbour(None)
    assert "neighbour" not in at.canvas._overlays


def test_a_hidden_point_is_not_marked(at):
    at.marks.mark_neighbour(1)
    at.canvas.hide_classes({int(at.labels[1])})
    assert at.canvas._overlays["neighbour"].point() is None


def test_the_way_back_is_an_arrow_on_the_plane(at):
    at.marks.mark_return(Reencoded(np.array([1, 0], np.float32), np.array([0, 1], np.float32), 1.41, agrees=False))
    arrow = at.canvas._overlays["return"]
    assert (arrow.start(), arrow.end()) == ((1, 0), (0, 1))
    assert arrow.words == "the model comes back 1.41 away"
    at.marks.mark_return(None)
    assert "return" not in at.canvas._overlays
