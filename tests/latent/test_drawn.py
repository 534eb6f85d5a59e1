import numpy as np
import pytest

from ae_studio.events import Encoded, LatentSpace, Look, Switch
from ae_studio.latent.drawn import NEIGHBOURS, made_of, told_class


def look(codes, spread=True, encoder=True):
    """A model of 4×4 images whose code is the mean of the upper and of the lower half, plus the class."""

    def encode(images, labels):
        found = images.reshape(len(images), 2, -1).mean(axis=2) / 255 + labels[:, None]
        return Encoded(found.astype(np.float32), np.full((len(images), 2), 0.1, np.float32) if spread else None)

    def decode(codes):
        return np.repeat(np.rint(255 * codes).clip(0, 255).astype(np.uint8), 8, axis=1).reshape(-1, 4, 4)

    return Look(0, 0, codes, np.zeros((1, 4, 4), np.uint8), decode, encoder=encode if encoder else None)


@pytest.fixture
def codes():
    return np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)


def image(upper, lower):
    return np.repeat(np.array([upper, lower], dtype=np.uint8), 8).reshape(4, 4)


def test_a_drawing_is_encoded_decoded_and_found_among_its_neighbours(codes):
    codes[7] = (1.0, 0.2)
    drawn = made_of(image(255, 51), look(codes), 0)
    np.testing.assert_allclose(drawn.code, (1.0, 0.2), atol=1e-6)
    np.testing.assert_array_equal(drawn.reconstruction, image(255, 51))
    assert drawn.error == 0
    assert drawn.neighbours[0] == 7
    assert len(drawn.neighbours) == NEIGHBOURS
    distances = np.linalg.norm(codes - drawn.code, axis=1)
    np.testing.assert_allclose(drawn.distances, np.sort(distances)[:NEIGHBOURS], atol=1e-6)
    assert drawn.spread == pytest.approx([0.1, 0.1])


def test_the_error_is_squared_and_per_pixel(codes):
    drawn = made_of(image(255, 0), look(codes), 1)  # the class moves the code, and the reconstruction is all ink
    np.testing.assert_allclose(drawn.code, (2.0, 1.0))
    assert drawn.error == pytest.approx(0.5)


def test_few_images_have_few_neighbours(codes):
    assert len(made_of(image(0, 9), look(codes[:3]), 0).neighbours) == 3


def test_a_model_without_a_posterior_gives_none(codes):
    assert made_of(image(0, 9), look(codes, spread=False), 0).spread is None


def test_a_look_without_an_encoder_says_so(codes):
    with pytest.raises(ValueError, match="cannot encode"):
        made_of(image(0, 9), look(codes, encoder=False), 0)


def test_a_conditional_model_is_told_what_the_switch_says():
    found, given = Switch("style", ("a", "b")), Switch("class", ("0", "1", "2"), given=True)
    assert told_class(LatentSpace(2, switches=(found, given)), [1, 2]) == 2
    assert told_class(LatentSpace(2, switches=(found,)), [1]) == 0
    assert told_class(LatentSpace(2), []) == 0
