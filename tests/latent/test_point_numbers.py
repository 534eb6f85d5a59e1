from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import integrate, stats

from ae_studio.events import LatentSpace, Look
from ae_studio.latent.point_numbers import COLUMNS, POINT_NUMBERS, stretching

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(12, 2)).astype(np.float32)
SPREAD = np.exp(RNG.normal(size=(12, 2)) - 1).astype(np.float32)
IMAGES = RNG.integers(0, 256, (12, 3, 3)).astype(np.uint8)
KL = (0.5 * (CODES**2 + SPREAD**2 - 1) - np.log(SPREAD)).mean(axis=0)
MATRIX = RNG.normal(size=(9, 2))


def scene(**changes):
    look = Look(0, 0, CODES, IMAGES, lambda codes: 255 - IMAGES[: len(codes)], spread=SPREAD, kl=KL)
    look = replace(look, derivatives=lambda codes: (np.zeros((len(codes), 9)), np.stack([MATRIX] * len(codes))))
    values = {"space": LatentSpace(2), "labels": np.zeros(12, dtype=int), "images": IMAGES, "look": look}
    return SimpleNamespace(**(values | changes))


def test_every_number_has_one_for_every_point():
    for number in POINT_NUMBERS.values():
        assert number.why_not(scene()) == ""
        found = number.compute(scene())
        assert found.shape == (12,)
        assert np.isfinite(found).all()


def test_the_error_is_the_mean_square_of_the_difference():
    expected = np.square((255 - 2 * IMAGES.astype(float)) / 255).mean(axis=(1, 2))
    assert POINT_NUMBERS["error"].compute(scene()) == pytest.approx(expected, rel=1e-5)


def test_the_kl_of_an_image_is_the_integral_of_its_definition():
    def integrand(z, mean, spread):
        q = stats.norm(mean, spread)
        return q.pdf(z) * (q.logpdf(z) - stats.norm.logpdf(z))

    found = POINT_NUMBERS["kl"].compute(scene())
    for index in (0, 5):
        expected = 0.0
        for mean, spread in zip(CODES[index].astype(float), SPREAD[index].astype(float), strict=True):
            ends = (mean - 12 * spread, mean + 12 * spread)
            expected += integrate.quad(integrand, *ends, args=(mean, spread), points=[mean])[0]
        assert found[index] == pytest.approx(expected, rel=1e-5)


def test_the_distance_is_to_the_nearest_other_code_in_the_whole_code():
    codes = np.array([[0, 0, 0], [0, 0, 2], [0, 7, 0]], dtype=np.float32)
    found = POINT_NUMBERS["distance"].compute(scene(look=Look(0, 0, codes, IMAGES, lambda codes: codes)))
    assert found.tolist() == [2, 2, 7]


def test_the_stretching_is_half_the_log_determinant():
    expected = 0.5 * np.linalg.slogdet(MATRIX.T @ MATRIX)[1]
    assert POINT_NUMBERS["stretching"].compute(scene()) == pytest.approx(np.full(12, expected), rel=1e-5)


def test_switches_are_held_and_on_a_sphere_only_the_surface_counts():
    space = LatentSpace(2)
    wider = np.concatenate([MATRIX, RNG.normal(size=(9, 1))], axis=1)
    found = stretching(lambda codes: (None, np.stack([wider] * len(codes))), space, np.zeros((3, 3), dtype=np.float32))
    assert found == pytest.approx(np.full(3, 0.5 * np.linalg.slogdet(MATRIX.T @ MATRIX)[1]), rel=1e-5)
    flat = np.stack([MATRIX[:, 0], np.zeros(9)], axis=1)  # a step outwards changes nothing
    globe = stretching(
        lambda codes: (None, np.stack([flat] * len(codes))),
        LatentSpace(2, "sphere"),
        np.zeros((3, 2), dtype=np.float32),
    )
    assert globe == pytest.approx(np.full(3, np.log(np.linalg.norm(MATRIX[:, 0]))), rel=1e-5)


def test_of_many_dimensions_only_so_many_points_have_a_stretching():
    d = 128
    jacobian = RNG.normal(size=(150, d))
    codes = np.zeros((300, d), dtype=np.float32)
    found = stretching(lambda part: (None, np.stack([jacobian] * len(part))), LatentSpace(d), codes)
    assert np.isfinite(found).sum() == max(64, COLUMNS // d)


def test_what_cannot_be_known_is_greyed_with_the_reason():
    blind = scene(images=None)
    assert "not kept" in POINT_NUMBERS["error"].why_not(blind)
    assert POINT_NUMBERS["distance"].why_not(blind) == ""
    plain = scene(look=replace(scene().look, spread=None, kl=None, derivatives=None))
    assert "Gaussian" in POINT_NUMBERS["kl"].why_not(plain)
    assert POINT_NUMBERS["stretching"].why_not(plain)
    learned = scene(look=replace(scene().look, kl=KL + 1))
    assert "standard normal" in POINT_NUMBERS["kl"].why_not(learned)
    book = scene(space=LatentSpace(2, "codebook"))
    assert all(number.why_not(book) for number in POINT_NUMBERS.values())
