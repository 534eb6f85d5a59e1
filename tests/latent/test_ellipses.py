"""Ellipses of Gaussians on a plane, against draws from them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ortho_group

from ae_studio.latent.ellipses import class_gaussians, covariances_on_plane, outlines, share_within


def test_the_covariance_on_a_plane_is_that_of_projected_draws():
    random = np.random.default_rng(0)
    axes = ortho_group.rvs(6, random_state=0)[:2].astype(np.float32)
    spread = np.array([[0.1, 0.5, 1.0, 2.0, 0.3, 0.7]], dtype=np.float32)
    found = covariances_on_plane(spread, axes)[0]
    count = 400_000
    draws = (random.normal(size=(count, 6)) * spread) @ axes.T
    error = np.sqrt((np.outer(np.diag(found), np.diag(found)) + found**2) / count)  # of each entry of np.cov
    assert (np.abs(np.cov(draws, rowvar=False) - found) < 5 * error).all()


@pytest.mark.parametrize("sigmas", [1.0, 2.0, 3.0])
def test_an_outline_holds_its_share_of_the_draws(sigmas):
    from matplotlib.path import Path

    random = np.random.default_rng(1)
    root = np.array([[2.0, 0.0], [1.5, 0.3]])
    count = 200_000
    draws = random.normal(size=(count, 2)) @ root.T + [5, -3]
    (outline,) = outlines(np.array([[5.0, -3.0]]), (root @ root.T)[None], sigmas)
    share = share_within(sigmas)
    inside = Path(outline).contains_points(draws).mean()
    polygon = math.sin(2 * math.pi / 64) / (2 * math.pi / 64)  # area of 64 corners over that of the ellipse
    assert inside == pytest.approx(share, abs=(1 - polygon) + 5 * math.sqrt(share * (1 - share) / count))


def test_every_point_of_an_outline_is_as_many_standard_deviations_away():
    roots = np.random.default_rng(0).normal(size=(20, 2, 2))
    covariances = roots @ np.swapaxes(roots, 1, 2)
    for line, covariance in zip(outlines(np.zeros((20, 2)), covariances, 2.0), covariances, strict=True):
        away = np.einsum("ni,ij,nj->n", line, np.linalg.inv(covariance), line)
        assert np.sqrt(away) == pytest.approx(2.0, rel=2e-3)
        assert line[0] == pytest.approx(line[-1], abs=1e-6)


def test_a_posterior_of_two_numbers_has_its_own_half_axes():
    axes = np.eye(2, dtype=np.float32)
    covariance = covariances_on_plane(np.array([[0.3, 0.1]], dtype=np.float32), axes)
    (line,) = outlines(np.array([[1.0, 1.0]]), covariance, 1.0)
    assert np.ptp(line, axis=0) == pytest.approx([0.6, 0.2], rel=2e-3)


def test_a_line_sees_only_its_own_direction():
    axes = np.array([[1.0], [0.0]], dtype=np.float32)  # a code of one number: the second axis is zero
    (line,) = outlines(np.zeros((1, 2)), covariances_on_plane(np.array([[0.5]], dtype=np.float32), axes), 1.0)
    assert np.ptp(line, axis=0) == pytest.approx([1.0, 0.0], abs=1e-3)


def test_classes_have_their_own_mean_and_covariance_and_tiny_ones_have_none():
    random = np.random.default_rng(0)
    points = random.normal(size=(103, 2)).astype(np.float32)
    labels = np.array([0] * 60 + [4] * 41 + [7] * 2)
    classes, means, covariances = class_gaussians(points, labels)
    assert classes == [0, 4]
    assert means[1] == pytest.approx(points[60:101].mean(axis=0), abs=1e-6)
    assert covariances[0] == pytest.approx(np.cov(points[:60].T), abs=1e-5)
    assert class_gaussians(points[:0], labels[:0])[0] == []


def test_shares_are_those_of_the_plane_and_not_of_a_line():
    assert [round(share_within(each), 3) for each in (1, 2, 3)] == [0.393, 0.865, 0.989]
