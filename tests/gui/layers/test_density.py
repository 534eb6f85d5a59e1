import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.gui.layers.density import DensityLayer
from ae_studio.gui.layers.layer import Marks
from tests.gui.layers.seen import codes_of, painted, scene_of, view_of


def density(scene, view=None, shown="both"):
    return DensityLayer().compute(scene, view or view_of(scene), Marks(), {"shown": shown})


def test_half_of_the_codes_lie_within_the_line_that_says_so(qapp):
    from matplotlib.path import Path

    codes = codes_of(4000)
    half, most, _ = density(scene_of(codes)).contours
    assert (half.share, most.share) == ("50 %", "90 %")
    for contour, share in ((half, 0.5), (most, 0.9)):
        line = max(contour.lines, key=len)
        assert Path(line).contains_points(codes).mean() == pytest.approx(share, abs=0.04)


def test_it_is_tinted_on_the_data_and_not_off_it(qapp):
    alpha = painted(density(scene_of(codes_of() * 0.5)))[..., 3]
    assert alpha[200, 200] > alpha[200, 250] > 0
    assert not alpha[:40].any()
    lines = painted(density(scene_of(codes_of() * 0.5), shown="lines"))[..., 3]
    assert lines[200, 200] == 0
    assert lines.any()


def test_its_words_stand_over_the_points(qapp):
    drawing = density(scene_of())
    assert painted(drawing, legend=True)[..., 3].any()


def test_on_a_plane_without_codes_there_is_no_line(qapp):
    scene = scene_of(codes_of(dim=3) * [1, 1, 0.01])
    on = density(scene)
    off = density(scene, view_of(scene, handle=np.array([0, 0, 5], dtype=np.float32)))
    assert on.contours[0].lines
    assert not any(contour.lines for contour in off.contours)


def test_beyond_the_rim_of_a_ball_nothing_is_painted(qapp):
    codes = codes_of()
    codes /= np.maximum(1, np.linalg.norm(codes, axis=1, keepdims=True) * 1.02)
    drawing = density(scene_of(codes, space=LatentSpace(2, "ball")))
    alpha = painted(drawing)[..., 3]
    rows, columns = np.nonzero(alpha)
    assert len(rows) > 1000
    assert np.hypot(rows - 199.5, columns - 199.5).max() < 52  # a unit is 50 pixels
    words, _ = np.nonzero(painted(drawing, legend=True)[..., 3])
    assert len(words) > 0
    assert words.max() < 200 + 50 + 40  # at most three words below one another


def test_two_codes_are_no_density_and_a_codebook_says_why(qapp):
    assert density(scene_of(codes_of(2))) is None
    assert "codebook" in DensityLayer().why_not(scene_of(space=LatentSpace(2, "codebook")))
    assert "sphere" in DensityLayer().why_not(scene_of(space=LatentSpace(2, "sphere")))  # a circle
    assert not DensityLayer().why_not(scene_of(space=LatentSpace(3, "sphere")))  # a globe
