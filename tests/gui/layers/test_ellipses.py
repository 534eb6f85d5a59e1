import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.events import LatentSpace
from ae_studio.gui.layers.ellipses import MOST, SOME, ClassEllipses, PosteriorEllipses
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.theme import DARK
from ae_studio.latent.explorer import spread_over_y
from tests.gui.layers.seen import codes_of, painted, scene_of, view_of

SPREAD = np.tile(np.array([[0.4, 0.1]], dtype=np.float32), (300, 1))


def posteriors(scene, of="some", **marks):
    return PosteriorEllipses().compute(scene, view_of(scene), Marks(**marks), {"of": of}).ellipses


def test_the_point_under_the_mouse_has_two_lines_at_its_posteriors_true_scale(qapp):
    scene = scene_of(spread=SPREAD)
    *_, focused = posteriors(scene, focus=7)
    assert focused.strong
    assert focused.label == 7 % 3
    for sigmas, line in enumerate(focused.lines, start=1):
        assert np.ptp(line, axis=0) == pytest.approx([0.8 * sigmas, 0.2 * sigmas], rel=5e-3)
        assert line[:-1].mean(axis=0) == pytest.approx(scene.codes[7], abs=1e-4)


def test_a_selection_has_its_ellipses_and_a_large_one_some_of_them(qapp):
    scene = scene_of(spread=SPREAD)
    assert len(posteriors(scene, selected=(1, 4, 9))) == 3
    assert 0.5 * MOST <= len(posteriors(scene, selected=tuple(range(300)))) <= MOST


def test_without_a_selection_some_of_all_are_shown_or_none(qapp):
    scene = scene_of(spread=SPREAD)
    assert 0.5 * SOME <= len(posteriors(scene)) <= SOME
    assert posteriors(scene, of="chosen") == []


def test_an_ellipse_has_the_colour_of_its_class(qapp):
    scene = scene_of(np.zeros((3, 2), dtype=np.float32), spread=np.ones((3, 2), dtype=np.float32))
    drawing = PosteriorEllipses().compute(scene, view_of(scene), Marks(focus=1), {"of": "chosen"})
    inside = painted(drawing)[200, 230]
    colour = QColor(DARK.classes[1])
    expected = np.array([colour.blue(), colour.green(), colour.red()]) * inside[3] / 255
    assert inside[3] > 0
    assert inside[:3] == pytest.approx(expected, abs=2)


def test_switches_have_no_spread(qapp):
    codes = np.concatenate([codes_of(), np.ones((300, 1), dtype=np.float32)], axis=1)
    assert len(posteriors(scene_of(codes, spread=SPREAD, space=LatentSpace(3)))) > 10


def test_a_model_without_a_posterior_says_so():
    assert "no Gaussian posterior" in PosteriorEllipses().why_not(scene_of())
    assert not PosteriorEllipses().why_not(scene_of(spread=SPREAD))


def test_two_standard_deviations_hold_86_percent_of_a_class(qapp):
    from matplotlib.path import Path

    codes = codes_of(9000) @ np.array([[1.0, 0.6], [0.0, 0.5]], dtype=np.float32)
    scene = scene_of(codes)
    for ellipse in ClassEllipses().compute(scene, view_of(scene), Marks(), {}).ellipses:
        of_class = codes[scene.labels == ellipse.label]
        assert Path(ellipse.lines[0]).contains_points(of_class).mean() == pytest.approx(0.865, abs=0.02)
        assert ellipse.name == "abc"[ellipse.label]
    assert "86 %" in ClassEllipses.hint


def test_one_class_alone_has_no_ellipse():
    assert ClassEllipses().why_not(scene_of(labels=np.zeros(300, dtype=np.int64)))
    assert not ClassEllipses().why_not(scene_of())
    assert "sphere" in ClassEllipses().why_not(scene_of(space=LatentSpace(2, "sphere")))


def test_on_a_line_ellipses_lie_at_their_points_heights(qapp):
    scene = scene_of(codes_of(dim=1), spread=np.full((300, 1), 0.5, dtype=np.float32))
    (ellipse,) = posteriors(scene, of="chosen", selected=(4,))
    heights = spread_over_y(view_of(scene).project(scene.codes), scene.labels)[:, 1]
    assert ellipse.lines[0][:, 1] == pytest.approx(heights[4], abs=1e-5)
    assert np.ptp(ellipse.lines[0][:, 0]) == pytest.approx(1.0, rel=1e-3)


def test_classes_that_are_hidden_have_no_ellipses(qapp):
    scene = scene_of(spread=np.full((300, 2), 0.5, dtype=np.float32))
    marks = Marks(hidden=frozenset({1}))
    of_classes = ClassEllipses().compute(scene, view_of(scene), marks, {}).ellipses
    of_codes = PosteriorEllipses().compute(scene, view_of(scene), marks, {"of": "some"}).ellipses
    assert {ellipse.label for ellipse in of_classes} == {0, 2}
    assert of_codes
    assert 1 not in {ellipse.label for ellipse in of_codes}
    one_hidden = Marks(selected=tuple(np.flatnonzero(scene.labels == 1)[:2]), hidden=frozenset({1}))
    assert not PosteriorEllipses().compute(scene, view_of(scene), one_hidden, {"of": "some"}).ellipses
    assert {"hidden"} <= ClassEllipses.follows & PosteriorEllipses.follows
