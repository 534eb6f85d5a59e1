from dataclasses import replace

import numpy as np
import pytest

from ae_studio.events import Encoded, Look
from ae_studio.latent.errors import sample_errors
from ae_studio.latent.grid import Wish, fill, fill_with_drawn
from ae_studio.latent.groups import read_only

GREYS = np.random.default_rng(0).permutation(200).astype(np.uint8)
IMAGES = np.broadcast_to(GREYS[:, None, None], (200, 4, 4)).copy()


@pytest.fixture
def look():
    """Every image is decoded to black, so that the brightest is the worst."""
    codes = np.zeros((200, 2), dtype=np.float32)
    return Look(1, 1, codes, IMAGES[:8], lambda z: np.zeros((len(z), 4, 4), dtype=np.uint8))


def test_fixed_are_the_first_of_the_sample(look):
    assert fill(Wish("fixed", 5), look, IMAGES).indices.tolist() == [0, 1, 2, 3, 4]


def test_random_ones_are_others_with_another_seed_and_none_twice(look):
    shown = [fill(Wish("random", 50, seed=seed), look, IMAGES).indices.tolist() for seed in (1, 1, 2)]
    assert shown[0] == shown[1] != shown[2]
    assert len(set(shown[0])) == 50


def test_more_of_the_same_are_shown_where_there_is_more_room(look):
    few, many = (fill(Wish("random", count, seed=3), look, IMAGES).indices.tolist() for count in (4, 9))
    assert many[:4] == few


def test_the_worst_are_the_worst_of_all(look):
    shown = fill(Wish("worst", 3), look, IMAGES)
    assert IMAGES[shown.indices, 0, 0].tolist() == [199, 198, 197]
    np.testing.assert_allclose(shown.errors, (np.array([199, 198, 197]) / 255) ** 2, rtol=1e-5)


def test_the_images_that_are_shown_can_be_sorted(look):
    plain = fill(Wish("fixed", 6), look, IMAGES)
    by_error = fill(Wish("fixed", 6, by_error=True), look, IMAGES)
    assert sorted(by_error.indices) == plain.indices.tolist()
    assert (np.diff(by_error.errors) <= 0).all()
    np.testing.assert_array_equal(by_error.originals, IMAGES[by_error.indices])


def test_of_a_large_selection_the_first_or_the_worst_are_shown(look):
    chosen = read_only([5, 8, 13, 21, 34])
    assert fill(Wish("selected", 2, selection=chosen), look, IMAGES).indices.tolist() == [5, 8]
    shown = fill(Wish("selected", 2, by_error=True, selection=chosen), look, IMAGES).indices
    assert IMAGES[shown, 0, 0].tolist() == sorted(GREYS[chosen].tolist())[:-3:-1]
    assert len(fill(Wish("selected", 9), look, IMAGES).indices) == 0


def test_only_the_worst_need_all_of_the_sample(look):
    fill(Wish("random", 5, by_error=True), look, IMAGES)
    assert sample_errors.kept(look) is None
    fill(Wish("worst", 5), look, IMAGES)
    assert sample_errors.kept(look) is not None


def test_a_drawn_image_goes_through_the_encoder(look):
    seen = []

    def encode(images, labels):
        seen.append((images.shape, labels.tolist()))
        return Encoded(np.ones((len(images), 2), dtype=np.float32), None)

    shown = fill_with_drawn(replace(look, encoder=encode), np.full((4, 4), 255, dtype=np.uint8), label=3)
    assert seen == [((1, 4, 4), [3])]
    assert shown.indices.tolist() == [-1]
    assert shown.errors.tolist() == [1.0]
    with pytest.raises(ValueError, match="cannot encode"):
        fill_with_drawn(look, IMAGES[0])
