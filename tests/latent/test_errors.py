import gc

import numpy as np
import pytest
from sklearn.metrics import mean_squared_error

from ae_studio.events import Look
from ae_studio.latent.errors import (
    LOOKS_KEPT,
    SampleErrors,
    class_errors,
    reconstruct,
    squared_errors,
    worst_first,
)

IMAGES = np.random.default_rng(0).integers(0, 256, (600, 4, 4), dtype=np.uint8)


class Decoder:
    """A code's first number, as grey, is every pixel of its image; counts what it was asked for."""

    def __init__(self):
        self.decoded = 0

    def __call__(self, codes):
        self.decoded += len(codes)
        return np.repeat(codes[:, :1], 16, axis=1).reshape(-1, 4, 4).astype(np.uint8)


def look_of(decoder):
    codes = np.arange(600, dtype=np.float32)[:, None] % 256
    return Look(1, 1, codes, IMAGES[:2], decoder)


@pytest.mark.parametrize("shape", [(5, 8, 8), (5, 8, 8, 3)])
def test_the_error_is_the_mean_square_over_pixels_from_0_to_1(shape):
    random = np.random.default_rng(1)
    originals, decoded = random.integers(0, 256, (2, *shape), dtype=np.uint8)
    flat = [images.reshape(5, -1) / 255.0 for images in (originals, decoded)]
    expected = [mean_squared_error(x, y) for x, y in zip(*flat, strict=True)]
    np.testing.assert_allclose(squared_errors(originals, decoded), expected, rtol=1e-5)


def test_black_for_white_is_an_error_of_one():
    white, black = np.full((1, 3, 3), 255, dtype=np.uint8), np.zeros((1, 3, 3), dtype=np.uint8)
    assert squared_errors(white, black).tolist() == squared_errors(black, white).tolist() == [1.0]


def test_all_errors_are_those_of_single_images():
    look = look_of(Decoder())
    errors = SampleErrors().of(look, IMAGES)
    some = reconstruct(look, IMAGES, np.array([7, 599, 0]))
    np.testing.assert_array_equal(some.errors, errors[[7, 599, 0]])
    np.testing.assert_array_equal(some.originals, IMAGES[[7, 599, 0]])
    assert some.decoded[0, 0, 0] == 7
    assert not errors.flags.writeable


def test_a_looks_images_are_decoded_once():
    decoder, errors = Decoder(), SampleErrors()
    look = look_of(decoder)
    assert errors.kept(look) is None
    first = errors.of(look, IMAGES)
    assert errors.of(look, IMAGES) is first is errors.kept(look)
    assert decoder.decoded == 600
    assert errors.of(look_of(decoder), IMAGES) is not first


def test_old_looks_are_forgotten():
    errors = SampleErrors()
    looks = [look_of(Decoder()) for _ in range(LOOKS_KEPT + 1)]
    for look in looks:
        errors.of(look, IMAGES)
    assert [errors.kept(look) is not None for look in looks] == [False] + LOOKS_KEPT * [True]
    last = looks.pop()
    del look, looks[:]
    gc.collect()
    errors.of(last, IMAGES)
    errors.of(look_of(Decoder()), IMAGES)
    assert len(errors._kept) == 2


def test_nothing_of_nothing():
    look = look_of(Decoder())
    none = np.zeros(0, dtype=np.int64)
    assert reconstruct(look, IMAGES, none).decoded.shape == (0, 4, 4)
    empty = Look(0, 0, np.zeros((0, 1), dtype=np.float32), IMAGES[:0], look.decoder)
    assert SampleErrors().of(empty, IMAGES[:0]).shape == (0,)
    assert class_errors(np.zeros(0, dtype=np.float32), none) == ()


def test_the_worst_come_first_and_equal_ones_in_their_order():
    assert worst_first(np.array([0.1, 0.4, 0.2, 0.4], dtype=np.float32)).tolist() == [1, 3, 2, 0]


def test_the_error_of_a_class_is_the_mean_of_its_images():
    labels = np.array([0, 2, 2, 0, 2])
    errors = np.array([0.1, 0.2, 0.4, 0.3, 0.6], dtype=np.float32)
    found = class_errors(errors, labels)
    assert [(each.label, each.count) for each in found] == [(2, 3), (0, 2)]
    assert [each.error for each in found] == pytest.approx([0.4, 0.2])
