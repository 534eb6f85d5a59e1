from dataclasses import replace

import numpy as np
import pytest

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.directions import remaining_directions, reset, why_no_directions
from ae_studio.latent.fitted_planes import points_plane
from ae_studio.latent.plane import dimension_plane, pca_plane

D = 6
SCALES = [3, 2, 1, 0.5, 0.2, 0.001]


@pytest.fixture
def codes():
    return (1 + np.random.default_rng(0).standard_normal((2000, D)) * SCALES).astype(np.float32)


def test_of_two_dimensions_the_others_remain_ordered_by_kl(codes):
    kl = np.array([1, 2, 3, 4, 0.1, 0.001], np.float32)
    found = remaining_directions(dimension_plane(D, 3, 0), codes, LatentSpace(D), kl)
    assert [each.name for each in found] == ["z₃", "z₂", "z₅", "z₆"]
    assert [each.importance for each in found] == ["KL 3.00 nats", "KL 2.00 nats", "KL 0.10 nats", "KL 0.00 nats"]
    assert [each.reason for each in found] == ["", "", "", "KL 0.00 nats: the model does not use z6"]
    np.testing.assert_array_equal(found[0].axis, np.eye(D)[2])


def test_without_a_kl_they_are_ordered_by_variance(codes):
    found = remaining_directions(dimension_plane(D, 0, 4), codes, LatentSpace(D))
    assert [each.name for each in found] == ["z₂", "z₃", "z₄", "z₆"]


def test_the_rest_of_a_fitted_plane_is_at_right_angles_to_it_and_to_itself(codes):
    plane = points_plane(codes[:3])
    found = remaining_directions(plane, codes, LatentSpace(D))
    basis = np.stack([*plane.axes, *(each.axis for each in found)])
    np.testing.assert_allclose(basis @ basis.T, np.eye(D), atol=1e-5)
    for each in found:  # the three images lie on the plane itself
        np.testing.assert_allclose([each.value(code) for code in codes[:3]], 0, atol=1e-5)
    spread = [float((codes @ each.axis).var()) for each in found]
    assert spread == sorted(spread, reverse=True)
    assert [each.name for each in found] == ["r₁", "r₂", "r₃", "r₄"]


def test_the_rest_of_the_principal_plane_are_the_next_principal_components(codes):
    found = remaining_directions(pca_plane(codes), codes, LatentSpace(D), np.ones(D, np.float32))
    values, vectors = np.linalg.eigh(np.cov(codes.T, bias=True))
    assert [each.name for each in found] == ["PC₃", "PC₄", "PC₅", "PC₆"]
    for number, direction in enumerate(found[:3]):
        assert abs(vectors[:, -3 - number] @ direction.axis) == pytest.approx(1, abs=1e-3)
        assert float((codes @ direction.axis).var()) == pytest.approx(values[-3 - number], rel=1e-3)
    assert found[3].reason.endswith("the codes do not differ along PC6")
    assert not found[1].reason


def test_a_slider_moves_its_own_direction_and_nothing_else(codes):
    plane = pca_plane(codes)
    found = remaining_directions(plane, codes, LatentSpace(D))
    moved = found[1].moved(codes[0], 1.75)
    assert found[1].value(moved) == pytest.approx(1.75, abs=1e-5)
    np.testing.assert_allclose(plane.project(moved[None]), plane.project(codes[:1]), atol=1e-5)
    for other in (found[0], found[2], found[3]):
        assert other.value(moved) == pytest.approx(other.value(codes[0]), abs=1e-5)


def test_a_reset_of_all_puts_the_handle_onto_the_plane_where_it_is(codes):
    for plane in (pca_plane(codes), points_plane(codes[:3]), dimension_plane(D, 1, 2)):
        found = remaining_directions(plane, codes, LatentSpace(D))
        on_plane = reset(found, codes[7])
        point = plane.project(codes[7:8])
        np.testing.assert_allclose(on_plane, (plane.origin + point @ plane.axes)[0], atol=1e-4)


def test_the_range_holds_nearly_all_codes_and_the_plane_itself(codes):
    for plane in (dimension_plane(D, 0, 1), pca_plane(codes)):
        for each in remaining_directions(plane, codes, LatentSpace(D)):
            values = codes @ each.axis - each.level
            assert each.low < 0 < each.high
            assert 0.98 < np.mean((each.low <= values) & (values <= each.high)) <= 1
            assert each.high - each.low < 3 * np.ptp(values) + 4


def test_from_look_to_look_a_direction_keeps_its_sign(codes):
    plane = pca_plane(codes)
    first = remaining_directions(plane, codes, LatentSpace(D))
    flipped = tuple(replace(each, axis=-each.axis) for each in first)
    for before in (first, flipped):
        again = remaining_directions(plane, codes, LatentSpace(D), previous=before)
        for one, other in zip(before, again, strict=True):
            assert one.axis @ other.axis > 0.99


def test_the_numbers_of_switches_are_no_directions():
    codes = np.random.default_rng(0).standard_normal((50, 7)).astype(np.float32)
    space = LatentSpace(4, switches=(Switch("class", ("a", "b", "c")),))
    for plane in (dimension_plane(7, 0, 1), pca_plane(codes, dim=4)):
        found = remaining_directions(plane, codes, space)
        assert len(found) == 2
        assert not any(each.axis[4:].any() for each in found)


@pytest.mark.parametrize(
    ("space", "is_globe", "why"),
    [
        (LatentSpace(2), False, "every direction"),
        (LatentSpace(1), False, "every direction"),
        (LatentSpace(8, "codebook", slots=2), False, "codebook"),
        (LatentSpace(3, "sphere"), True, "globe"),
        (LatentSpace(0, switches=(Switch("class", ("a", "b", "c")),)), False, "switches only"),
    ],
)
def test_where_nothing_remains_it_says_why(space, is_globe, why):
    assert why in why_no_directions(space, is_globe)


def test_of_many_dimensions_all_remain_in_a_moment():
    codes = np.random.default_rng(0).standard_normal((500, 256)).astype(np.float32)
    assert len(remaining_directions(dimension_plane(256, 0, 1), codes, LatentSpace(256))) == 254
    assert len(remaining_directions(pca_plane(codes), codes, LatentSpace(256))) == 254


def test_codes_without_bounds_and_none_have_no_directions(codes):
    plane = dimension_plane(D, 0, 1)
    assert remaining_directions(plane, codes[:0], LatentSpace(D)) == ()
    assert remaining_directions(plane, codes * np.float32(np.inf), LatentSpace(D)) == ()
