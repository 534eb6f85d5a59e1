import numpy as np
import pytest
import scipy.linalg
import scipy.spatial

from ae_studio.latent.alignment import align

RANDOM = np.random.default_rng(7)


def cloud(n=300, d=2):
    """Wider in one direction than in the next, so that turning it shows."""
    return (RANDOM.normal(size=(n, d)) * np.arange(d, 0, -1) + RANDOM.normal(size=d)).astype(np.float32)


def turned(d, mirrored=False):
    q, _ = np.linalg.qr(RANDOM.normal(size=(d, d)))
    q[:, 0] *= np.sign(np.linalg.det(q)) * (-1 if mirrored else 1)
    return q


@pytest.mark.parametrize("d", [1, 2, 3, 10])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_known_turn_scale_and_shift_are_found_again(d, mirrored):
    codes = cloud(d=d)
    turn = turned(d, mirrored)
    other = (2.5 * codes @ turn + np.arange(d)).astype(np.float32)
    found = align(codes, other)
    assert np.allclose(found.turn, turn, atol=1e-4)
    assert found.scale == pytest.approx(2.5, rel=1e-4)
    assert found.agreement == pytest.approx(1, abs=1e-6)
    assert np.allclose(found.forward(codes), other, atol=1e-3)
    assert np.allclose(found.backward(other, np.zeros(d)), codes, atol=1e-3)


def test_the_turn_is_scipys():
    a, b = cloud(d=5), cloud(d=5)
    turn, agreeing = scipy.linalg.orthogonal_procrustes(a - a.mean(0, dtype=float), b - b.mean(0, dtype=float))
    found = align(a, b)
    assert np.allclose(found.turn, turn, atol=1e-4)
    assert found.scale == pytest.approx(agreeing / np.square(a - a.mean(0, dtype=float)).sum(), rel=1e-5)


@pytest.mark.parametrize(("p", "q"), [(2, 2), (2, 10), (10, 2), (3, 5)])
def test_the_agreement_is_scipys_whatever_the_dimensions(p, q):
    a, b = cloud(d=p), cloud(d=q)
    b[:, : min(p, q)] += 2 * a[:, : min(p, q)]
    wide = max(p, q)
    padded = [np.pad(each.astype(float), ((0, 0), (0, wide - each.shape[1]))) for each in (a, b)]
    _, _, disparity = scipy.spatial.procrustes(*padded)
    assert align(a, b).agreement == pytest.approx(1 - disparity, abs=1e-6)
    assert align(b, a).agreement == pytest.approx(1 - disparity, abs=1e-6)


@pytest.mark.parametrize(("p", "q"), [(2, 10), (10, 2)])
def test_the_turn_between_different_dimensions_is_that_of_codes_filled_up_with_zeros(p, q):
    a, b = cloud(d=p), cloud(d=q)
    a -= a.mean(0)
    b -= b.mean(0)
    wide = max(p, q)
    padded = [np.pad(each.astype(float), ((0, 0), (0, wide - each.shape[1]))) for each in (a, b)]
    turn, _ = scipy.linalg.orthogonal_procrustes(*padded)
    assert np.allclose(align(a, b).turn, turn[:p, :q], atol=1e-4)


def test_no_other_turn_leaves_less():
    a, b = cloud(d=3), cloud(d=3)
    found = align(a, b)
    least = np.square(found.forward(a) - b).sum()
    assert np.square(b - b.mean(0)).sum() * (1 - found.agreement) == pytest.approx(least, rel=1e-4)
    for _ in range(50):
        other = found.scale * (a - a.mean(0)) @ turned(3, mirrored=bool(RANDOM.integers(2))) + b.mean(0)
        assert np.square(other - b).sum() >= least


def test_the_way_back_changes_a_code_no_more_than_it_must():
    a = cloud(d=10)
    found = align(a, a[:, :2] @ turned(2), scale="spread")
    base = a[5]
    place = np.array([[1.5, -0.5]], dtype=np.float32)
    code = found.backward(place, base)
    assert np.allclose(found.forward(code), place, atol=1e-4)
    change = code[0] - base
    assert np.allclose(change @ (np.eye(10) - found.turn @ found.turn.T), 0, atol=1e-4)  # within the plane alone


def test_places_that_a_narrow_cloud_cannot_reach_are_met_as_near_as_may_be():
    a, b = cloud(d=2), cloud(d=10)
    found = align(a, b)
    place = b[:1]
    nearest = found.forward(found.backward(place, np.zeros(2)))
    for step in (0.1, -0.1):
        for axis in np.eye(2):
            other = found.forward(found.backward(place, np.zeros(2)) + step * axis)
            assert np.linalg.norm(other - place) > np.linalg.norm(nearest - place)


@pytest.mark.parametrize(("p", "q"), [(2, 2), (10, 2), (2, 10)])
def test_with_the_targets_spread_both_are_equally_large_in_what_they_share(p, q):
    a, b = cloud(d=p), cloud(d=q)
    found = align(a, b, scale="spread")
    moved, there = found.forward(a) - found.target, (b - b.mean(0)) @ found.turn.T @ found.turn
    assert np.square(moved).sum() == pytest.approx(np.square(there).sum(), rel=1e-3)
    assert align(a, b, scale="none").scale == 1


def test_a_collapsed_cloud_is_told_and_harms_nothing():
    same = np.full((50, 2), 0.3, dtype=np.float32)
    found = align(same, cloud(50))
    assert found.agreement is None
    assert "one place" in found.in_words
    assert np.isfinite(found.forward(same)).all()
    assert np.isfinite(found.backward(np.ones((1, 2)), np.zeros(2))).all()


def test_a_cloud_on_a_line_is_turned_onto_a_line():
    a = np.outer(np.linspace(-1, 1, 40), [1, 0]).astype(np.float32)
    b = np.outer(np.linspace(-1, 1, 40), [0, 3]).astype(np.float32)
    found = align(a, b)
    assert found.agreement == pytest.approx(1)
    assert np.allclose(found.forward(a), b, atol=1e-5)


def test_codes_without_bounds_count_for_nothing():
    a = cloud()
    b = (a @ turned(2)).astype(np.float32)
    a[3], b[5] = np.nan, np.inf
    assert align(a, b).agreement == pytest.approx(1, abs=1e-5)
    with pytest.raises(ValueError, match="no image has a code"):
        align(a[3:4], b[3:4])
    with pytest.raises(ValueError, match="as many codes"):
        align(a, b[:4])


def test_the_agreement_is_told_in_words():
    a = cloud()
    assert align(a, a).in_words == "100 % of the spread agrees after turning"
