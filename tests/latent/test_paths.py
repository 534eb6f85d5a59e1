import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.latent.paths import bent, centroid, evenly, length, linear, put_back, slerp

RANDOM = np.random.default_rng(1)


def codes(*rows):
    return np.array(rows, dtype=np.float32)


def test_a_straight_path_has_its_ends_and_even_steps():
    a, b = codes([1, 2, 3], [3, -2, 0])
    path = linear(a, b, 5)
    np.testing.assert_array_equal(path[[0, -1]], [a, b])
    np.testing.assert_allclose(np.diff(path, axis=0), np.broadcast_to((b - a) / 4, (4, 3)), rtol=1e-6)


def test_an_arc_between_codes_of_one_length_keeps_it_and_turns_evenly():
    a, b = RANDOM.normal(size=(2, 10))
    a, b = (2 * each / np.linalg.norm(each) for each in (a, b))
    path = slerp(a.astype(np.float32), b.astype(np.float32), 9)
    np.testing.assert_allclose(np.linalg.norm(path, axis=1), 2, rtol=1e-6)
    turned = np.arccos((path[1:] * path[:-1]).sum(axis=1) / 4)
    np.testing.assert_allclose(turned, np.arccos(a @ b / 4) / 8, rtol=1e-3)
    np.testing.assert_allclose(path[[0, -1]], [a, b], rtol=1e-5)


def test_an_arc_is_the_quarter_of_a_circle_that_one_knows():
    path = slerp(*codes([1, 0], [0, 1]), 3)
    np.testing.assert_allclose(path[1], np.sqrt([0.5, 0.5]), rtol=1e-6)


def test_lengths_go_evenly_from_one_to_the_other():
    path = slerp(*codes([1, 0], [0, 3]), 5)
    np.testing.assert_allclose(np.linalg.norm(path, axis=1), [1, 1.5, 2, 2.5, 3], rtol=1e-6)


@pytest.mark.parametrize("b", [[2, 4], [-3, -6], [0, 0], [1e-9, 0], [1, 2]])
def test_where_no_arc_is_given_the_path_is_straight(b):
    a, b = codes([1, 2], b)
    assert not bent(a, b)
    np.testing.assert_array_equal(slerp(a, b, 7), linear(a, b, 7))
    assert bent(*codes([1, 0], [0, 1]))


def test_codes_of_one_number_have_no_arc():
    np.testing.assert_array_equal(slerp(*codes([-1], [2]), 4), linear(*codes([-1], [2]), 4))


def test_even_steps_are_those_of_the_path_and_not_of_its_corners():
    corner = codes([0, 0], [0.1, 0], [3, 0], [3, 1])
    path = evenly(corner, 5)
    np.testing.assert_allclose(path, [[0, 0], [1, 0], [2, 0], [3, 0], [3, 1]], atol=1e-6)


def test_even_steps_may_be_told_by_other_lengths():
    path = evenly(codes([0], [1], [2]), 5, np.array([3.0, 1.0]))
    np.testing.assert_allclose(path[:, 0], [0, 1 / 3, 2 / 3, 1, 2], atol=1e-6)


def test_a_hand_that_rests_and_a_path_without_length_do_no_harm():
    np.testing.assert_allclose(evenly(codes([0], [0], [1], [1]), 3)[:, 0], [0, 0.5, 1])
    np.testing.assert_array_equal(evenly(codes([2, 1]), 3), [[2, 1]] * 3)
    np.testing.assert_array_equal(evenly(codes([2, 1], [2, 1]), 2), [[2, 1]] * 2)


def test_a_path_is_as_long_as_its_pieces():
    assert length(codes([0, 0], [3, 4], [3, 5])) == pytest.approx(6)


def test_codes_are_put_back_to_where_codes_may_be():
    on_sphere = put_back(LatentSpace(3, kind="sphere"), linear(*codes([1, 0, 0], [0, 1, 0])))
    np.testing.assert_allclose(np.linalg.norm(on_sphere, axis=1), 1, rtol=1e-6)


def test_the_middle_of_a_class_is_a_code_of_its_space():
    three = codes([1, 0, 0], [0, 1, 0], [0, 0, 1])
    labels = np.array([4, 4, 2])
    np.testing.assert_allclose(centroid(LatentSpace(3), three, labels, 4), [0.5, 0.5, 0])
    found = centroid(LatentSpace(3, kind="sphere"), three, labels, 4)
    np.testing.assert_allclose(found, [0.5**0.5, 0.5**0.5, 0], rtol=1e-6)
    assert centroid(LatentSpace(3), three, labels, 7) is None
