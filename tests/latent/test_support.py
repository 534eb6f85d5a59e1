"""The k-NN density of codes against closed forms and scikit-learn's neighbours."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ae_studio.latent.support import EDGE, OFF, fit_support, opacity, rounded_down, support_of


def codes_of(count: int, dim: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)


@pytest.mark.parametrize("dim", [1, 2, 5, 9, 64, 256])
def test_distances_and_counts_are_those_of_scikit_learn(dim):
    from sklearn.neighbors import NearestNeighbors

    codes, places = codes_of(400, dim) + 100, codes_of(700, dim, seed=1) + 100  # far from zero, more than a chunk
    support = fit_support(codes)
    found = support.at(places)
    theirs = NearestNeighbors(n_neighbors=support.k, algorithm="brute").fit(codes.astype(np.float64))
    distances = theirs.kneighbors(places.astype(np.float64))[0]
    assert found.nearest == pytest.approx(distances[:, 0], rel=1e-3)
    assert found.kth == pytest.approx(distances[:, -1], rel=1e-3)
    own = theirs.kneighbors(None)[0][:, -1]  # None: the codes themselves, none its own neighbour
    assert support.own == pytest.approx(np.sort(own), rel=1e-3)
    within = theirs.radius_neighbors(places.astype(np.float64), float(np.median(own)), return_distance=False)
    assert np.abs(found.near - [len(each) for each in within]).max() <= 1  # one on the very rim may round either way


def test_the_radius_holds_k_codes_of_an_even_square():
    """Of n codes spread evenly over a square of area A, n pi r^2 / A = k on average (but for the square's rim)."""
    n, area = 4000, 100.0
    codes = np.random.default_rng(0).uniform(0, 10, size=(n, 2)).astype(np.float32)
    support = fit_support(codes)
    assert support.radius == pytest.approx(math.sqrt(support.k * area / (n * math.pi)), rel=0.05)


def test_the_density_of_a_gaussian_falls_as_its_closed_form():
    """k / (n pi r_k^2) is the density: (2 pi)^-1 exp(-|z|^2 / 2) within the noise of k neighbours, 1 / sqrt(k)."""
    support = fit_support(codes_of(50_000, 2))
    places = np.array([[0, 0], [1, 0], [0, 2]], dtype=np.float32)
    found = support.k / (50_000 * math.pi * support.at(places).kth ** 2)
    closed = np.exp(-0.5 * np.square(places).sum(axis=1)) / (2 * math.pi)
    assert found == pytest.approx(closed, rel=4 / math.sqrt(support.k))


def test_a_codes_share_is_its_rank():
    """Of the codes themselves, seen as places without themselves, half lie where half are thinner."""
    codes = codes_of(2000, 2)
    support = fit_support(codes)
    shares = support.at(codes_of(4000, 2, seed=1)).share  # new codes of the same kind
    for level in (0.1, 0.5, 0.9):
        assert np.mean(shares <= level) == pytest.approx(level, abs=0.03)


def test_words_for_the_middle_the_edge_and_the_void():
    support = fit_support(codes_of(2000, 2))
    found = support.at(np.array([[0, 0], [2.75, 0], [9, 0]], dtype=np.float32))
    assert found.words(0) == f"on the data ({found.near[0]} codes near)"
    assert found.near[0] > support.k
    assert OFF <= found.share[1] < EDGE
    assert found.words(1).startswith("at the edge of the data (")
    assert found.near[2] == 0
    nearest = np.linalg.norm(support.codes - [9, 0], axis=1).min()
    assert found.words(2) == f"off the data: no code within {math.floor(10 * nearest) / 10:.1f}"


def test_one_code_near_is_said_in_the_singular():
    codes = np.concatenate([codes_of(500, 2) * 0.01, [[5, 5]]]).astype(np.float32)
    found = fit_support(codes).at(np.array([[5, 5]], dtype=np.float32))
    assert found.near[0] == 1
    assert found.words() == "off the data (1 code near)"


def test_shorter_words_say_the_same():
    found = fit_support(codes_of(2000, 2)).at(np.array([[0, 0], [9, 0]], dtype=np.float32))
    assert found.wordings(0)[1:] == (f"on it ({found.near[0]} codes near)", "on the data")
    assert found.wordings(1)[1].startswith("off the data: none within ")
    for wordings in (found.wordings(0), found.wordings(1)):
        assert sorted(wordings, key=len, reverse=True) == list(wordings)


def test_how_likely_so_much_density_is():
    codes = codes_of(2000, 2)
    found = fit_support(codes).at(np.array([[0, 0], [50, 0]], dtype=np.float32))
    assert found.likelihood(1) == "0 % of the codes are in a place as thin, or thinner"
    assert int(found.likelihood(0).split()[0]) > 50


def test_opacity_is_full_on_the_data_and_the_density_off_it():
    support = fit_support(codes_of(2000, 2))
    edge = float(np.quantile(support.own, 0.95))
    assert opacity(support, np.array([0.0, edge, 2 * edge, 1e9]), floor=0.1) == pytest.approx([1, 1, 0.25, 0.1])


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.29, "1.2"), (34.9, "34"), (0.0569, "0.056"), (1234.0, "1,200"), (1.0, "1.0"), (0.1, "0.10"), (0.0, "0")],
)
def test_a_distance_without_codes_is_never_said_too_large(value, text):
    assert rounded_down(value) == text


def test_codes_that_all_agree_are_on_the_data():
    support = fit_support(np.ones((50, 3), dtype=np.float32))
    found = support.at(np.array([[1, 1, 1], [1, 1, 2]], dtype=np.float32))
    assert found.words(0) == "on the data (50 codes near)"
    assert found.words(1) == "off the data: no code within 1.0"
    assert np.isfinite(opacity(support, found.kth)).all()


def test_too_few_codes_or_no_numbers_have_no_support():
    assert fit_support(np.zeros((2, 2), dtype=np.float32)) is None
    assert fit_support(np.full((20, 2), np.nan, dtype=np.float32)) is None


def test_support_is_computed_once_for_the_same_codes_and_anew_for_others():
    codes = codes_of(100, 2)
    assert support_of(codes) is support_of(codes)
    assert support_of(codes.copy()) is not support_of(codes)
