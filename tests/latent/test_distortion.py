import numpy as np
import pytest
import torch

from ae_studio.events import LatentSpace
from ae_studio.latent import distortion
from ae_studio.latent.distortion import distortion_map, ellipses, indicatrices, log_volume, metric, scale_of
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import LatentPlane, dimension_plane
from ae_studio.latent.valid import nearest_valid
from ae_studio.latent.view import View

RANDOM = np.random.default_rng(0)


def window(space, plane=None, left=-2.0, right=2.0, bottom=-1.0, top=1.0):
    plane = plane or dimension_plane(space.size, 0, min(1, space.size - 1))
    handle = nearest_valid(space, RANDOM.normal(size=space.size).astype(np.float32))
    return View(space, plane, left, right, bottom, top, 400, 200, handle)


def derivatives_of(network):
    """Image and Jacobian of each code by autograd."""

    def derivatives(codes, along):
        z = torch.tensor(codes)
        rows = [torch.autograd.functional.jacobian(network, each) for each in z]
        images = torch.stack([network(each) for each in z]).detach().numpy()
        return images, torch.stack(rows).numpy() @ along.transpose(0, 2, 1)

    return derivatives


def linear(w):
    weights = torch.tensor(w, dtype=torch.float32)
    return derivatives_of(lambda z: weights @ z)


def turned_plane(d):
    axes = np.linalg.qr(RANDOM.normal(size=(d, 2)))[0].T.astype(np.float32)
    return LatentPlane(RANDOM.normal(size=d).astype(np.float32), axes, ("a", "b"))


def test_of_a_linear_decoder_the_map_is_log_det_of_wtw_everywhere():
    w = RANDOM.normal(size=(20, 2))
    found, _ = distortion_map(linear(w), window(LatentSpace(2)), 5, 3)
    assert found.shape == (3, 5)
    np.testing.assert_allclose(found, np.log(np.linalg.det(w.T @ w)), rtol=1e-5)


def test_on_a_plane_of_many_dimensions_it_is_the_determinant_of_awtwa():
    w, plane = RANDOM.normal(size=(20, 5)), turned_plane(5)
    found, _ = distortion_map(linear(w), window(LatentSpace(5), plane), 4, 4)
    a = plane.axes.astype(float)
    np.testing.assert_allclose(found, np.linalg.slogdet(a @ w.T @ w @ a.T)[1], rtol=1e-5)


def test_on_a_line_it_is_the_squared_length_of_the_derivative():
    w = RANDOM.normal(size=(20, 1))
    found, _ = distortion_map(linear(w), window(LatentSpace(1)), 4, 2)
    np.testing.assert_allclose(found, np.log((w**2).sum()), rtol=1e-5)


def test_of_a_curved_decoder_it_is_the_closed_form_row_by_row_from_the_top():
    """(x, y) to (x, y, y^2, x^2): G = [[1 + 4x^2, 0], [0, 1 + 4y^2]]."""
    curved = derivatives_of(lambda z: torch.stack([z[0], z[1], z[1] ** 2, z[0] ** 2]))
    view = window(LatentSpace(2))
    found, _ = distortion_map(curved, view, 4, 2)
    x, y = np.array([-1.5, -0.5, 0.5, 1.5]), np.array([0.5, -0.5])
    np.testing.assert_allclose(found, np.log(1 + 4 * x**2)[None] + np.log(1 + 4 * y**2)[:, None], rtol=1e-4)


def test_rows_run_from_the_top_and_columns_from_the_left():
    bent = derivatives_of(lambda z: torch.stack([torch.exp(z[0]), torch.exp(3 * z[1])]))
    found, _ = distortion_map(bent, window(LatentSpace(2)), 4, 2)
    np.testing.assert_allclose(found[0, 0], 2 * (-1.5 + 3 * 0.5 + np.log(3)), rtol=1e-4)


def test_many_codes_are_taken_in_parts_and_none_is_lost(monkeypatch):
    w = RANDOM.normal(size=(9, 2))
    codes = RANDOM.normal(size=(7, 2)).astype(np.float32)
    monkeypatch.setattr(distortion, "AT_ONCE", 2)
    found = metric(linear(w), codes, np.broadcast_to(np.eye(2), (7, 2, 2)))
    np.testing.assert_allclose(found, np.broadcast_to(w.T @ w, (7, 2, 2)), rtol=1e-5)


def test_a_decoder_that_does_not_react_has_no_volume():
    w = np.zeros((6, 2))
    w[:, 0] = 1
    assert np.isnan(distortion_map(linear(w), window(LatentSpace(2)), 2, 2)[0]).all()
    assert np.isnan(log_volume(np.zeros((1, 2, 2)))).all()
    assert not len(indicatrices(linear(w), window(LatentSpace(2)), 2, 2).outlines)


def test_the_embedded_sphere_is_not_stretched_at_all():
    """The decoder z / |z| shows the sphere as it is: every piece of its surface keeps its area."""
    sphere = derivatives_of(lambda z: z / z.norm())
    space = LatentSpace(3, kind="sphere")
    view = window(space, Globe().turned(0.3, 0.4), left=-1.2, right=1.2, bottom=-1.2, top=1.2)
    found, _ = distortion_map(sphere, view, 7, 7)
    np.testing.assert_allclose(found, 0, atol=1e-5)  # beside the globe it is that of the rim
    assert distortion.rim(view) == (0, 0, 1)


def test_what_lies_beside_a_globe_has_no_part_in_the_scale():
    """(x, y, z) to (e^3x, y, z): beside the globe the rim is repeated, which would draw the median there."""
    space = LatentSpace(3, kind="sphere")
    bent = derivatives_of(lambda z: torch.stack([torch.exp(3 * z[0]), z[1], z[2]]))
    wide, close = (window(space, Globe(), left=x, right=1, bottom=-1, top=1) for x in (-9, -1))
    found, scale = distortion_map(bent, wide, 50, 10)
    inside = np.hypot(*wide.grid(50, 10).T).reshape(10, 50) < 1
    assert scale == distortion.scale_of(found[inside])
    assert scale.middle == pytest.approx(distortion_map(bent, close, 10, 10)[1].middle, abs=0.01)


def test_a_globes_indicatrices_are_circles_seen_from_the_side():
    sphere = derivatives_of(lambda z: z / z.norm())
    space = LatentSpace(3, kind="sphere")
    view = window(space, Globe(), left=-1, right=1, bottom=-1, top=1)
    found = indicatrices(sphere, view, 5, 1)
    width, height = np.ptp(found.outlines, axis=1).T
    x = np.array([-0.8, -0.4, 0, 0.4, 0.8])
    np.testing.assert_allclose(width / height, np.sqrt(1 - x**2), rtol=5e-3)


def test_in_a_ball_the_volume_is_that_over_the_hyperbolic_one():
    """At the ball's middle lengths are twice what they look like; near its rim they grow without end."""
    space = LatentSpace(2, kind="ball", radius=2.0)
    flat = linear(np.eye(2))
    view = window(space, left=-3, right=3, bottom=-3, top=3)
    found, _ = distortion_map(flat, view, 3, 3)
    assert found[1, 1] == pytest.approx(-4 * np.log(2))
    assert distortion.rim(view) == (0, 0, 2)
    near, _ = distortion_map(flat, window(space, left=1, right=2, bottom=-0.1, top=0.1), 1, 1)
    assert near[0, 0] == pytest.approx(-4 * np.log(2 / (1 - 1.5**2 / 4)), rel=1e-5)


def test_the_rim_of_a_ball_on_a_plane_beside_its_middle_is_a_smaller_circle():
    space = LatentSpace(3, kind="ball", radius=1.0)
    plane = LatentPlane(np.array([0.1, 0.2, 0], dtype=np.float32), np.eye(3, dtype=np.float32)[:2], ("", ""))
    view = View(space, plane, -1, 1, -1, 1, 100, 100, np.array([0.3, 0.4, 0.6], dtype=np.float32))
    assert distortion.rim(view) == pytest.approx((-0.1, -0.2, 0.8))
    assert distortion.rim(window(LatentSpace(2))) is None


def test_indicatrices_are_the_steps_of_one_change():
    w = RANDOM.normal(size=(20, 2))
    found = indicatrices(linear(w), window(LatentSpace(2)), 4, 2)
    steps = found.outlines - window(LatentSpace(2)).grid(4, 2)[:, None]
    changes = np.linalg.norm(steps @ w.T, axis=2)
    np.testing.assert_allclose(changes, found.step, rtol=1e-4)
    assert found.true_range == pytest.approx(1)
    assert np.abs(steps).max() <= 0.5  # none touches its neighbour's cell


def test_sizes_that_range_widely_are_drawn_by_their_logarithms():
    scales = np.array([1.0, 10, 100])
    g = np.eye(2)[None] * scales[:, None, None] ** -2  # half axes 1, 10, 100
    found = ellipses(g, np.zeros((3, 2), dtype=np.float32), np.broadcast_to(np.eye(2), (3, 2, 2)), 1.0)
    drawn = np.ptp(found.outlines[:, :, 0], axis=1)
    np.testing.assert_allclose(drawn[1] / drawn[0], drawn[2] / drawn[1], rtol=1e-4)
    assert found.true_range == pytest.approx(100)
    assert drawn[2] / drawn[0] == pytest.approx(found.drawn_range, rel=1e-4) == pytest.approx(distortion.READABLE)


def test_a_slim_one_keeps_its_direction():
    turn = np.array([[np.cos(0.5), -np.sin(0.5)], [np.sin(0.5), np.cos(0.5)]])
    g = (turn @ np.diag([1e-6, 1]) @ turn.T)[None]
    found = ellipses(g, np.zeros((1, 2), dtype=np.float32), np.eye(2)[None], 1.0).outlines[0]
    farthest = found[np.linalg.norm(found, axis=1).argmax()]
    assert abs(farthest[1] / farthest[0]) == pytest.approx(np.tan(0.5), rel=0.02)
    lengths = np.linalg.norm(found, axis=1)
    assert lengths.max() / lengths.min() == pytest.approx(distortion.SLIMMEST, rel=0.02)


def test_the_scale_is_centred_on_the_median_and_blind_to_outliers():
    values = np.concatenate([np.linspace(-1, 3, 1001), [1e6, np.nan]])
    found = scale_of(values)
    assert found.middle == pytest.approx(1, abs=0.01)
    assert found.reach == pytest.approx(0.96 * 2, abs=0.02)
    assert scale_of(np.full((2, 2), np.nan)).reach > 0


@pytest.mark.parametrize(
    ("space", "word"),
    [
        (LatentSpace(2), ""),
        (LatentSpace(3, kind="sphere"), ""),
        (LatentSpace(2, kind="ball"), ""),
        (LatentSpace(4, kind="sphere"), "shadow"),
        (LatentSpace(2, kind="sphere"), "sphere"),
        (LatentSpace(2, kind="codebook"), "codebook"),
        (LatentSpace(0), "options"),
    ],
)
def test_where_there_is_nothing_to_show_the_reason_is_told(space, word):
    assert word in distortion.why_not(space)
    assert bool(distortion.why_not(space)) == bool(word)
