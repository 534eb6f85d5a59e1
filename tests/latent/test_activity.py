import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.latent.activity import activity

CODES = (np.random.default_rng(0).standard_normal((4000, 4)) * [1, 0.05, 0.5, 0]).astype(np.float32)
KL = np.array([1.0, 0.004, 2.5, 0.0], np.float32)


def test_with_a_posterior_a_dimension_is_active_above_a_variance_of_a_hundredth():
    known = activity(CODES, LatentSpace(4), KL)
    np.testing.assert_array_equal(known.active, [True, False, True, False])  # 0.05^2 = 0.0025
    np.testing.assert_array_equal(known.order, [2, 0, 1, 3])
    assert known.why_inactive(0) == ""
    assert known.why_inactive(1) == "KL 0.00 nats: the model does not use z2"
    assert known.in_words(2) == "KL 2.50 nats"


def test_without_one_only_what_never_moves_is_unused_and_the_variance_gives_the_order():
    known = activity(CODES, LatentSpace(4))
    np.testing.assert_array_equal(known.active, [True, True, True, False])
    np.testing.assert_array_equal(known.order, [0, 2, 1, 3])
    assert known.why_inactive(3) == "variance 0: the model does not use z4"
    np.testing.assert_allclose(known.variance, CODES.astype(float).var(axis=0), rtol=1e-6)


def test_a_posterior_without_a_kl_has_the_scale_of_one():
    np.testing.assert_array_equal(activity(CODES, LatentSpace(4), None, CODES).active, [True, False, True, False])


@pytest.mark.parametrize("count", [0, 1])
def test_few_codes_have_no_activity(count):
    assert not activity(CODES[:count], LatentSpace(4)).active.any()
