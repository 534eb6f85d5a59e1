import numpy as np
import pytest

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.traversal import (
    CELLS,
    MOST_OPTIONS,
    RANGES,
    Sample,
    aggregate_deviation,
    ends,
    traversal,
    why_no_range,
    why_no_traversal,
)

D = 4
SCALES = np.array([1, 0.5, 2, 0.01])


@pytest.fixture
def sample():
    rng = np.random.default_rng(0)
    codes = (0.3 + rng.standard_normal((1500, D)) * SCALES).astype(np.float32)
    spread = rng.uniform(0.1, 0.9, (1500, D)).astype(np.float32)
    return Sample(codes, LatentSpace(D), spread, np.array([2.0, 0.5, 3.0, 0.0], np.float32))


def test_rows_come_by_kl_and_say_what_is_not_used(sample):
    rows = traversal(sample, sample.codes[0])
    assert [row.name for row in rows] == ["z₃", "z₁", "z₂", "z₄"]
    assert [row.importance for row in rows] == ["KL 3.00 nats", "KL 2.00 nats", "KL 0.50 nats", "KL 0.00 nats"]
    assert [bool(row.reason) for row in rows] == [False, False, False, True]
    assert rows[-1].reason == "KL 0.00 nats: the model does not use z4"


@pytest.mark.parametrize("kind", RANGES)
def test_along_a_row_one_dimension_moves_and_the_others_stay(sample, kind):
    centre = sample.codes[5]
    for row in traversal(sample, centre, kind):
        others = [each for each in range(D) if each != row.dimension]
        np.testing.assert_array_equal(row.codes[:, others], np.tile(centre[others], (CELLS, 1)))
        np.testing.assert_allclose(row.codes[:, row.dimension], row.values, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(np.diff(row.values), np.ptp(row.values) / (CELLS - 1), rtol=1e-6)


@pytest.mark.parametrize("kind", ["two", "aggregate"])
def test_the_middle_of_a_row_is_the_centre_itself(sample, kind):
    centre = sample.codes[5]
    for row in traversal(sample, centre, kind):
        np.testing.assert_allclose(row.codes[CELLS // 2], centre, atol=1e-6)
        assert row.cell_of(centre) == CELLS // 2


def test_two_means_two_to_either_side(sample):
    low, high = ends("two", sample, sample.codes[5])
    np.testing.assert_allclose(low, sample.codes[5] - 2, rtol=1e-6)
    np.testing.assert_allclose(high, sample.codes[5] + 2, rtol=1e-6)


def test_quantiles_leave_one_code_in_a_hundred_out_at_either_end(sample):
    low, high = ends("quantile", sample, sample.codes[5])
    for dimension in range(D):
        values = sample.codes[:, dimension]
        assert np.mean(values < low[dimension]) == pytest.approx(0.01, abs=1e-3)
        assert np.mean(values > high[dimension]) == pytest.approx(0.01, abs=1e-3)


def test_the_aggregate_deviation_is_that_of_codes_drawn_from_random_posteriors(sample):
    """Monte Carlo: an image, then a code from its posterior; a deviation's standard error is about sd / sqrt(2n)."""
    rng = np.random.default_rng(7)
    drawn = 200_000
    images = rng.integers(0, len(sample.codes), drawn)
    z = sample.codes[images] + sample.spread[images] * rng.standard_normal((drawn, D))
    np.testing.assert_allclose(aggregate_deviation(sample), z.std(axis=0), rtol=5 / np.sqrt(2 * drawn))
    low, high = ends("aggregate", sample, sample.codes[5])
    np.testing.assert_allclose(high - low, 4 * aggregate_deviation(sample), rtol=1e-6)


def test_without_a_posterior_there_is_no_aggregate_and_it_says_so(sample):
    poor = Sample(sample.codes, sample.space)
    assert "posterior" in why_no_range("aggregate", None)
    assert why_no_range("two", None) == why_no_range("quantile", None) == ""
    assert why_no_range("aggregate", sample.spread) == ""
    with pytest.raises(ValueError, match="posterior"):
        traversal(poor, sample.codes[0], "aggregate")
    assert [row.name for row in traversal(poor, sample.codes[0])] == ["z₃", "z₁", "z₂", "z₄"]  # by variance


def test_values_are_written_with_their_sign(sample):
    row = traversal(sample, np.zeros(D, np.float32))[0]
    assert row.texts[0] == "−2.00"
    assert row.texts[-1] == "+2.00"


def test_a_switch_is_a_row_of_its_options(sample):
    space = LatentSpace(2, switches=(Switch("class", ("a", "b", "c"), given=True),))
    codes = np.zeros((50, 5), np.float32)
    codes[:, :2] = sample.codes[:50, :2]
    codes[np.arange(50), 2 + np.arange(50) % 3] = 1
    rows = traversal(Sample(codes, space), codes[4])
    assert [row.name for row in rows] == ["z₁", "z₂", "class"]
    assert rows[-1].texts == ("a", "b", "c")
    np.testing.assert_array_equal(rows[-1].codes[:, 2:], np.eye(3))
    np.testing.assert_array_equal(rows[-1].codes[:, :2], np.tile(codes[4, :2], (3, 1)))
    assert rows[-1].cell_of(codes[4]) == 1


def test_very_many_options_are_cut_and_it_says_so():
    names = tuple(str(number) for number in range(26))
    space = LatentSpace(1, switches=(Switch("letter", names),))
    row = traversal(Sample(np.eye(27, dtype=np.float32), space), np.eye(27, dtype=np.float32)[3])[-1]
    assert row.importance == f"26 options, the first {MOST_OPTIONS}"
    assert len(row.codes) == MOST_OPTIONS


def test_on_a_sphere_and_in_a_ball_every_code_is_one_that_the_model_knows():
    codes = np.random.default_rng(0).standard_normal((50, 5)).astype(np.float32)
    codes /= np.linalg.norm(codes, axis=1, keepdims=True)
    for row in traversal(Sample(codes, LatentSpace(5, "sphere")), codes[0]):
        np.testing.assert_allclose(np.linalg.norm(row.codes, axis=1), 1, atol=1e-5)
    for row in traversal(Sample(codes * 0.5, LatentSpace(5, "ball")), codes[0] * 0.5):
        assert np.linalg.norm(row.codes, axis=1).max() < 1


def test_a_codebook_has_no_traversal_and_says_why():
    space = LatentSpace(2, "codebook", slots=3)
    assert "codebook" in why_no_traversal(space)
    assert traversal(Sample(np.zeros((5, 6), np.float32), space), np.zeros(6, np.float32)) == ()
    assert why_no_traversal(LatentSpace(1)) == ""


def test_a_line_has_one_row():
    codes = np.arange(9, dtype=np.float32)[:, None]
    (row,) = traversal(Sample(codes, LatentSpace(1)), codes[2])
    np.testing.assert_allclose(row.values, np.linspace(0, 4, CELLS))
