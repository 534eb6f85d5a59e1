import numpy as np
import pytest

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.valid import INSIDE, nearest_valid, switch_parts


def code(*values):
    return np.array(values, dtype=np.float32)


def test_a_flat_code_stays():
    np.testing.assert_array_equal(nearest_valid(LatentSpace(2), code(5, -7)), [5, -7])


def test_on_a_sphere_every_code_has_length_one():
    space = LatentSpace(3, "sphere")
    np.testing.assert_allclose(nearest_valid(space, code(0, 3, 4)), [0, 0.6, 0.8], atol=1e-6)
    assert np.linalg.norm(nearest_valid(space, code(0, 0, 0))) == pytest.approx(1)


def test_in_a_ball_no_code_reaches_the_edge():
    space = LatentSpace(2, "ball", radius=2.0)
    np.testing.assert_allclose(nearest_valid(space, code(30, 40)), [1.2 * INSIDE, 1.6 * INSIDE], rtol=1e-5)
    np.testing.assert_allclose(nearest_valid(space, code(0.5, 0.1)), [0.5, 0.1], rtol=1e-6)
    np.testing.assert_array_equal(nearest_valid(space, code(0, 0)), [0, 0])


def test_a_switchs_numbers_are_probabilities():
    space = LatentSpace(1, switches=(Switch("a", ("1", "2")), Switch("b", ("1", "2", "3"))))
    assert switch_parts(space) == [slice(1, 3), slice(3, 6)]
    np.testing.assert_allclose(nearest_valid(space, code(9, 3, 1, -1, -2, -3)), [9, 0.75, 0.25, 1, 0, 0])
