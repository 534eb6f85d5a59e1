import numpy as np
import pytest
from scipy.stats import mannwhitneyu, norm
from sklearn.metrics import roc_auc_score

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.attribute import attribute_vector, auc, held_out_auc
from ae_studio.latent.valid import INSIDE

RANDOM = np.random.default_rng(0)


def test_the_vector_is_the_difference_of_the_mean_codes():
    codes = RANDOM.normal(size=(50, 3)).astype(np.float32)
    first, second = np.arange(20), np.arange(15, 50)
    found = attribute_vector(codes, first, second)
    np.testing.assert_allclose(found.vector, codes[15:].mean(axis=0) - codes[:20].mean(axis=0), rtol=1e-5)
    assert found.shared == 5
    assert not found.vector.flags.writeable
    # Strength 1 takes one group's mean to the other's.
    moved = found.added(LatentSpace(3), codes[:20].mean(axis=0), 1.0)
    np.testing.assert_allclose(moved, codes[15:].mean(axis=0), atol=1e-6)


def test_the_auc_is_scikit_learns_and_scipys():
    low, high = RANDOM.normal(size=40).round(1), RANDOM.normal(0.7, size=60).round(1)  # rounded: with ties
    found = auc(low, high)
    truth = np.repeat([0, 1], [40, 60])
    assert found == pytest.approx(roc_auc_score(truth, np.concatenate([low, high])))
    assert found == pytest.approx(mannwhitneyu(high, low).statistic / (40 * 60))


def test_two_normal_groups_overlap_as_much_as_the_closed_form_says():
    a, b = RANDOM.normal(size=(20_000, 2)), RANDOM.normal([1.5, 0], size=(20_000, 2))
    # Along the line between the means: Phi(d' / sqrt 2), with d' = 1.5 standard deviations.
    assert held_out_auc(a.astype(np.float32), b.astype(np.float32)) == pytest.approx(norm.cdf(1.5 / 2**0.5), abs=0.006)


def test_few_codes_in_many_dimensions_do_not_seem_apart():
    values = []
    for seed in range(40):
        codes = np.random.default_rng(seed).normal(size=(20, 200)).astype(np.float32)
        found = attribute_vector(codes, np.arange(10), np.arange(10, 20))
        values.append(found.auc)
        seen = auc(codes[:10] @ found.vector, codes[10:] @ found.vector)
        assert seen == 1.0  # what measuring on the codes themselves would say
    assert np.mean(values) == pytest.approx(0.5, abs=0.06)  # 2.4 standard errors


def test_a_group_of_few_has_a_vector_but_no_separation():
    codes = np.eye(6, dtype=np.float32)
    found = attribute_vector(codes, np.array([0]), np.array([1, 2, 3, 4]))
    assert found.auc is None
    assert "too few" in found.in_words()
    with pytest.raises(ValueError, match="without images"):
        attribute_vector(codes, np.array([], dtype=np.int64), np.array([1]))


def test_words_say_how_well_the_groups_lie_apart():
    near = np.concatenate([np.zeros((10, 1)), np.ones((10, 1))]).astype(np.float32)
    assert "lie apart (AUC 1.00)" in attribute_vector(near, np.arange(10), np.arange(10, 20)).in_words()
    same = np.arange(20)
    assert "the same mean" in attribute_vector(near, same, same).in_words()


def test_a_code_stays_where_its_space_has_codes():
    codes = np.array([[1, 0, 0], [0, 1, 0]], dtype=np.float32)
    found = attribute_vector(codes, np.array([0]), np.array([1]))
    on_sphere = found.added(LatentSpace(3, "sphere"), codes[0], 2.5)
    assert np.linalg.norm(on_sphere) == pytest.approx(1)
    in_ball = found.added(LatentSpace(3, "ball"), codes[0] / 2, 3.0)
    assert np.linalg.norm(in_ball) == pytest.approx(INSIDE)
    switched = found.added(LatentSpace(1, switches=(Switch("kind", ("a", "b")),)), codes[1], 0.25)
    np.testing.assert_allclose(switched, [-0.25, 1, 0])
    code = codes[0]
    assert found.added(LatentSpace(3, "sphere"), code, 0.0) is code
