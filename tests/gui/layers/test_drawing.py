import numpy as np
import pytest

from ae_studio.events import LatentSpace, Switch
from ae_studio.gui.layers.drawing import RADIUS, DrawingMark, DrawnCode, mark_of
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import LatentPlane, dimension_plane
from tests.gui.layers.seen import SIZE, codes_of, painted, scene_of, view_of

pytestmark = pytest.mark.usefixtures("qapp")  # words are painted


def code(*numbers):
    return np.array(numbers, dtype=np.float32)


def test_a_mark_is_where_the_code_is_seen():
    view = view_of(scene_of(codes_of(dim=3)), dimension_plane(3, 2, 0))
    np.testing.assert_allclose(mark_of(code(1, 7, -2), None, view).place, (-2, 1))
    pixels = painted(DrawingMark(code(1, 2), ()))
    x, y = SIZE // 2 + 50, SIZE // 2 - 100  # 50 pixels a unit
    assert pixels[y, x, 3] == 255
    assert not pixels[y - 20, x - 20].any()


def test_ellipses_are_true_to_scale():
    mark = mark_of(code(1, 0), code(0.5, 0.2), view_of(scene_of()))
    for sigmas, outline in zip((1, 2), mark.outlines, strict=True):
        np.testing.assert_allclose(outline.max(axis=0) - outline.min(axis=0), (sigmas, 0.4 * sigmas), rtol=0.01)
        np.testing.assert_allclose(outline[:-1].mean(axis=0), (1, 0), atol=0.01)


def test_ellipses_on_a_slanting_plane_hold_what_the_posterior_puts_there():
    """Of a normal distribution in the plane exp(-k²/2) lies outside k standard deviations; seen by drawing from it."""
    chance = np.random.default_rng(0)
    axes = np.linalg.qr(chance.normal(size=(5, 2)))[0].T.astype(np.float32)
    plane = LatentPlane(np.zeros(5, dtype=np.float32), axes, ("", ""))
    space = LatentSpace(4, switches=(Switch("class", ("0",), given=True),))
    view = view_of(scene_of(codes_of(dim=5), space=space), plane)
    spread = code(0.1, 1.0, 0.5, 2.0)  # the fifth number is told to the model, and certain
    mark = mark_of(code(0, 0, 0, 0, 0), spread, view)
    drawn = chance.normal(size=(40_000, 4)) * spread @ axes[:, :4].T
    for sigmas, outline in zip((1, 2), mark.outlines, strict=True):
        x, y = outline[:-1].astype(np.float64).T
        form = np.linalg.inv(np.cov(np.stack([x, y])))  # points of an ellipse spread by half its form's inverse
        outside = np.einsum("ni,ij,nj->n", drawn, form, drawn) > 2
        assert outside.mean() == pytest.approx(np.exp(-(sigmas**2) / 2), abs=0.012)


def test_ellipses_are_painted_with_their_outlines():
    empty, full = painted(mark_of(code(0, 0), None, view_of(scene_of()))), None
    full = painted(mark_of(code(0, 0), code(1, 1), view_of(scene_of())))
    inside, between, outside = (SIZE // 2 - 50 * r for r in (0.5, 1.5, 2.5))
    row = full[SIZE // 2 - 20, :, 3]
    assert row[int(inside)] > row[int(between)] > 0 == row[int(outside)]
    assert not empty[SIZE // 2 - 20, int(inside)].any()


def test_a_wide_ellipse_does_not_tint_the_canvas():
    view, corner = view_of(scene_of()), 10
    wide = painted(mark_of(code(0, 0), code(30, 30), view))[corner, corner, 3]
    narrow = painted(mark_of(code(0, 0), code(1, 1), view))[SIZE // 2 - 20, SIZE // 2 - 20, 3]
    assert 0 < wide < narrow / 8


def test_a_model_without_a_posterior_and_a_globe_have_a_mark_alone():
    view = view_of(scene_of(codes_of(dim=3)), Globe())
    front, back = (
        mark_of(code(*Globe().lift(0.1, 0.2, code(0, 0, 1)) * side), code(1, 1, 1), view) for side in (1, -1)
    )
    assert front.outlines == back.outlines == ()
    assert (front.behind, back.behind) == (False, True)
    assert mark_of(code(0, 0), None, view_of(scene_of())).outlines == ()


def test_what_is_behind_is_fainter():
    middle = SIZE // 2
    solid = painted(DrawingMark(code(0, 0), ()))[middle, middle, 3]
    assert painted(DrawingMark(code(0, 0), (), behind=True))[middle, middle, 3] < solid


def test_the_mark_follows_the_theme():
    def seen(theme):
        blue, green, red, _ = painted(DrawingMark(code(0, 0), ()), theme)[SIZE // 2, SIZE // 2]
        return f"#{red:02x}{green:02x}{blue:02x}"

    assert seen(DARK) == DARK.accent
    assert seen(LIGHT) == LIGHT.accent
    assert RADIUS < 8


def test_the_layer_says_why_there_is_nothing_to_see():
    assert "codebook" in DrawnCode().why_not(scene_of(space=LatentSpace(2, "codebook")))
    assert "encoded" in DrawnCode().why_not(scene_of())
