import numpy as np
import pytest
from scipy.spatial.distance import cdist

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.film import Wish, grade, make_film, why_not

RANDOM = np.random.default_rng(3)
TWO = LatentSpace(2)
CODES = RANDOM.normal(size=(300, 2)).astype(np.float32)


def code(*numbers):
    return np.array(numbers, dtype=np.float32)


def decode(codes):
    """Four pixels: how much of the way from -5 to 5 the first number has gone, squared; and nothing."""
    ink = (255 * np.clip((codes[:, 0] + 5) / 10, 0, 1) ** 2).astype(np.uint8)
    images = np.zeros((len(codes), 2, 2), dtype=np.uint8)
    images[:, 0, 0] = ink
    return images


def derivatives(codes):
    share = (codes[:, 0] + 5) / 10
    images, jacobians = np.zeros((len(codes), 4), np.float32), np.zeros((len(codes), 4, 2), np.float32)
    images[:, 0], jacobians[:, 0, 0] = share**2, 2 * share / 10
    return images, jacobians


def film(kind="linear", frames=7, a=(-2, 1), b=(2, 1), space=TWO, **rest):
    return make_film(Wish(kind, frames, code(*a), code(*b), **rest), space, CODES, decode, derivatives)


def test_a_straight_film_has_its_frames_at_even_codes():
    found = film()
    np.testing.assert_allclose(found.codes[:, 0], np.linspace(-2, 2, 7), atol=1e-5)
    np.testing.assert_array_equal(found.images, decode(found.codes))
    assert found.notes == ()


def test_frames_may_stand_where_the_image_has_changed_evenly():
    found = film(even="image", frames=5, a=(-4, 0), b=(4, 0))
    ink = found.images[:, 0, 0].astype(float)
    np.testing.assert_allclose(np.diff(ink), np.ptp(ink) / 4, atol=2.5)
    assert np.diff(found.codes[:, 0])[0] > 1.5 * np.diff(found.codes[:, 0])[-1]


def test_the_length_is_that_of_the_way_in_the_image():
    found = film(a=(-5, 0), b=(5, 0))
    assert found.length == pytest.approx(1, abs=0.01)


def test_under_each_frame_stand_the_nearest_image_and_its_support():
    found = film(a=(0, 0), b=(40, 0), frames=4)
    np.testing.assert_array_equal(found.nearest, cdist(found.codes, CODES).argmin(axis=1))
    assert found.near.words(0).startswith("on the data")
    assert found.near.words(3).startswith("off the data")
    assert [grade(share) for share in found.near.share] == [0, 2, 2, 2]


def test_in_a_ball_the_nearest_is_what_is_near_in_it():
    """By the straight line the second code is nearer, but it lies at the rim, where every step is long."""
    ball = LatentSpace(2, kind="ball")
    known = np.array([[0.7, 0], [0.98, 0], [0, 0]], dtype=np.float32)
    found = make_film(Wish("linear", 3, code(0.85, 0), code(0.85, 0)), ball, known, decode)
    assert found.nearest.tolist() == [0, 0, 0]


def test_without_enough_codes_nothing_is_said_of_support():
    assert make_film(Wish("linear", 3, code(0, 0), code(1, 0)), TWO, CODES[:1], decode).near is None


def test_a_stroke_is_followed_at_even_steps():
    stroke = np.array([[0, 0], [0.1, 0], [2, 0], [2, 2]], dtype=np.float32)
    found = film("stroke", frames=5, stroke=stroke)
    np.testing.assert_allclose(found.codes, [[0, 0], [1, 0], [2, 0], [2, 1], [2, 2]], atol=0.05)


def test_an_arc_that_cannot_be_is_straight_and_says_so():
    found = film("slerp", a=(-1, 0), b=(2, 0))
    np.testing.assert_allclose(found.codes[:, 1], 0)
    assert "Straight" in found.notes[0]
    assert film("slerp").notes == ()


def test_switches_go_evenly_along_an_arc():
    space = LatentSpace(2, switches=(Switch("class", ("a", "b")),))
    known = np.concatenate([CODES, np.tile([1, 0], (len(CODES), 1))], axis=1).astype(np.float32)
    found = make_film(Wish("slerp", 5, code(1, 0, 1, 0), code(0, 1, 0, 1)), space, known, decode)
    np.testing.assert_allclose(np.linalg.norm(found.codes[:, :2], axis=1), 1, rtol=1e-3)
    np.testing.assert_allclose(found.codes[:, 2:].sum(axis=1), 1, rtol=1e-5)


def test_through_the_data_a_film_keeps_to_them_where_the_straight_one_leaves_them():
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    ring = np.stack([3 * np.cos(angle), 3 * np.sin(angle)], axis=1).astype(np.float32)
    ends = Wish("linear", 9, ring[0], ring[100]), Wish("data", 9, ring[0], ring[100])
    straight, through = (make_film(wish, TWO, ring, decode, derivatives) for wish in ends)
    assert straight.near.share.min() == 0
    np.testing.assert_allclose(np.linalg.norm(through.codes, axis=1), 3, rtol=1e-2)
    np.testing.assert_allclose(through.codes[[0, -1]], ring[[0, 100]], atol=1e-5)


def test_along_the_metric_a_film_tells_how_much_shorter_its_way_is():
    found = film("geodesic")
    np.testing.assert_allclose(found.codes[[0, -1]], [[-2, 1], [2, 1]], atol=1e-5)
    assert "% of the straight path's way" in found.notes[0]


def test_without_derivatives_the_way_is_straight_and_says_why():
    found = make_film(Wish("geodesic", 3, code(0, 0), code(1, 1)), TWO, CODES, decode)
    np.testing.assert_allclose(found.codes[1], 0.5, atol=1e-5)
    assert "derivatives" in found.notes[0]


def test_frames_are_codes_of_their_space():
    sphere = LatentSpace(2, kind="sphere")
    known = CODES / np.linalg.norm(CODES, axis=1, keepdims=True)
    found = make_film(Wish("linear", 5, code(1, 0), code(0, 1)), sphere, known, decode)
    np.testing.assert_allclose(np.linalg.norm(found.codes, axis=1), 1, rtol=1e-6)


def test_before_there_are_codes_a_film_is_made_all_the_same():
    found = make_film(Wish("data", 3, code(0, 0), code(1, 1)), TWO, CODES[:0], decode, derivatives)
    assert found.nearest.tolist() == [-1, -1, -1]


@pytest.mark.parametrize(
    ("space", "kind", "word"),
    [
        (TWO, "slerp", ""),
        (LatentSpace(2, kind="codebook"), "linear", "codebook"),
        (LatentSpace(1), "slerp", "one line"),
        (LatentSpace(1), "geodesic", ""),
        (LatentSpace(0, switches=(Switch("a", ("1", "2")),)), "geodesic", "options"),
        (LatentSpace(0, switches=(Switch("a", ("1", "2")),)), "linear", ""),
    ],
)
def test_paths_that_cannot_be_taken_say_why(space, kind, word):
    assert word in why_not(space, kind)
    assert bool(why_not(space, kind)) == bool(word)
