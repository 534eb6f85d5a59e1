import numpy as np
import pytest

from ae_studio.events import Codebook, LatentSpace
from ae_studio.gui.step_marks import KEY, StepMarks
from ae_studio.gui.step_words import BATCH, DECODE, ENCODE, SAMPLE, UPDATE
from tests.gui.seen_step import CODES, SPREAD, deterministic, seen_step


def marks_on(stage):
    return StepMarks(stage.hand, stage.canvas, stage)


def overlay(stage):
    return stage.canvas._overlays.get(KEY)


def drawn_places(stage, seen, at=SAMPLE):
    marks = marks_on(stage)
    marks.begin(seen)
    marks.show(at, 1.0)
    stage.canvas.repaint()  # paints the drawing, whatever it is
    return overlay(stage).places()


def test_the_drawing_is_there_from_the_encoding_until_the_weights_change(stage):
    made = stage()
    marks = marks_on(made)
    marks.begin(seen_step())
    there = []
    for each in range(7):
        marks.show(each, 0.5)
        there.append(overlay(made) is not None)
    assert [index for index, on in enumerate(there) if not on] == [BATCH, UPDATE]
    marks.show(DECODE, 1.0)
    marks.clear()
    assert overlay(made) is None


def test_codes_and_samples_lie_where_the_plane_has_them(stage):
    made = stage()
    seen = seen_step()
    places = drawn_places(made, seen)
    assert np.allclose(places.codes, made.hand.explorer.plane.project(CODES))
    assert np.allclose(places.samples, made.hand.explorer.plane.project(seen.samples))
    one_sigma = places.clouds[0][1]
    assert np.allclose(np.abs(one_sigma - places.codes[0]).max(axis=0), SPREAD[0], atol=0.01)


def test_a_point_travels_from_the_mean_to_the_sample(stage):
    made = stage()
    marks = marks_on(made)
    marks.begin(seen_step())
    seen = seen_step()
    pixel_map = made.canvas.pixel_map()
    start, end = (made.pixel(*codes[1]) for codes in (seen.codes, seen.samples))
    for stage_number, share, expected in (
        (ENCODE, 1.0, start),
        (SAMPLE, 0.0, start),
        (SAMPLE, 1.0, end),
        (DECODE, 0.0, end),
    ):
        marks.show(stage_number, share)
        drawing = overlay(made)
        place = drawing._place(pixel_map, drawing.places(), 1)
        assert (place - expected).manhattanLength() <= 2


@pytest.mark.parametrize("dim", [1, 10])
def test_in_any_number_of_dimensions_it_lies_on_the_plane(stage, dim):
    codes = np.random.default_rng(0).normal(size=(6, dim)).astype(np.float32)
    made = stage(space=LatentSpace(dim), codes=codes)
    spread = np.full((3, dim), 0.3, dtype=np.float32)
    places = drawn_places(made, seen_step(codes=codes[:3], spread=spread, samples=codes[:3] + spread))
    assert np.allclose(places.codes, made.canvas._glide.points[:3], atol=1e-5)
    assert len(places.clouds) == 3
    assert np.isfinite(places.clouds[0][0]).all()


def test_on_a_globe_there_are_no_ellipses_and_the_far_side_is_known(stage):
    codes = np.eye(3, dtype=np.float32)[[0, 1, 2, 0, 1, 2]] * np.array([1, 1, 1, -1, -1, -1], dtype=np.float32)[:, None]
    made = stage(space=LatentSpace(3, kind="sphere"), codes=codes)
    places = drawn_places(made, seen_step(codes=codes[3:], samples=codes[:3], spread=None))
    assert places.clouds == []
    assert places.behind.tolist() == [False, False, True]


def test_of_a_codebook_the_entries_of_the_slot_are_marked(stage):
    entries = np.array([[0, 0], [1, 0], [0, 1]], dtype=np.float32)
    book = Codebook(entries, np.full(3, 1 / 3, dtype=np.float32))
    codes = np.hstack([entries, entries[::-1]])
    made = stage(space=LatentSpace(2, kind="codebook", slots=2), codes=np.vstack([codes, codes]), codebook=book)
    seen = deterministic(codes=codes, samples=codes)
    made.hand.choose_slot(1)
    places = drawn_places(made, seen, DECODE)
    assert np.allclose(places.codes, made.hand.explorer.plane.project(entries[::-1].copy()))


def test_a_class_that_is_told_has_no_spread(stage):
    labels = np.eye(3, dtype=np.float32)
    codes = np.hstack([CODES, labels])
    made = stage(space=LatentSpace(5), codes=np.vstack([codes, codes]))
    places = drawn_places(made, seen_step(codes=codes, samples=codes, spread=SPREAD))
    assert len(places.clouds) == 3


@pytest.mark.parametrize("wrong", [np.full((3, 2), np.nan, dtype=np.float32), np.zeros((3, 7), dtype=np.float32)])
def test_codes_that_cannot_be_placed_are_left_out(stage, wrong):
    made = stage()
    marks = marks_on(made)
    marks.begin(seen_step(codes=wrong, samples=wrong, spread=None))
    marks.show(ENCODE, 1.0)
    assert overlay(made) is None


def test_what_is_drawn_far_from_the_points_has_room_and_the_view_goes_back_behind_it(stage):
    made = stage()
    made.canvas._glide.finish()
    before = made.canvas.pixel_map().window
    marks = marks_on(made)
    far = np.full((3, 2), 30, dtype=np.float32)
    marks.begin(seen_step(samples=far))
    made.canvas._glide.finish()
    assert made.canvas.pixel_map().window.right > 30
    marks.clear()
    made.canvas._glide.finish()
    assert made.canvas.pixel_map().window == before


def test_making_room_does_not_hold_up_points_on_their_way(stage):
    made = stage()
    there = made.canvas._glide.points + 5
    made.canvas.show_points(there)
    marks = marks_on(made)
    marks.begin(seen_step())
    made.canvas._glide.finish()
    assert np.allclose(made.canvas._glide.points, there)
