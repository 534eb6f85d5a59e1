import numpy as np
import pytest

from ae_studio.gui.image_pair import ImagePair, Side

RNG = np.random.default_rng(0)


def pair(left, right, letters="AB"):
    sides = (Side(letter, f"run {letter}", image) for letter, image in zip(letters, (left, right), strict=True))
    return ImagePair("image 1", *sides)


def grey(*rows):
    return np.array(rows, np.uint8)


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_the_numbers_are_those_of_the_pixels(shape):
    left, right = (RNG.integers(0, 256, shape).astype(np.uint8) for _ in range(2))
    made = pair(left, right)
    apart = (right.astype(np.float64) - left) / 255
    each = apart.mean(axis=2) if len(shape) == 3 else apart
    np.testing.assert_allclose(made.difference, each, atol=1e-6)
    assert f"squared {np.mean(apart**2):.4f} per pixel" in made.told
    assert f"from −{-each.min():.2f} to +{each.max():.2f}" in made.told
    assert made.reach >= np.abs(each).max() > made.reach - 0.1


def test_opposite_colours_differ_though_their_mean_does_not():
    red, green = np.zeros((1, 1, 3), np.uint8), np.zeros((1, 1, 3), np.uint8)
    red[..., 0], green[..., 1] = 255, 255
    made = pair(red, green)
    assert made.difference.item() == pytest.approx(0, abs=1e-6)
    assert "squared 0.6667 per pixel" in made.told


def test_equal_images_still_have_a_scale():
    made = pair(grey([7, 8]), grey([7, 8]))
    assert made.reach == pytest.approx(0.1)
    assert made.told.startswith("B − A: squared 0.0000 per pixel")


def test_changed_over_the_difference_has_the_other_sign():
    made = pair(grey([0, 51]), grey([255, 0]))
    np.testing.assert_allclose(made.swapped.difference, -made.difference, atol=1e-7)
    assert made.swapped.told == "A − B: squared 0.5200 per pixel, from −1.00 to +0.20"
    assert made.swapped.title == made.title


def test_rows_and_columns_are_counted_from_one():
    made = pair(grey([0, 0, 0], [0, 0, 51]), grey([0, 0, 0], [0, 0, 0]))
    assert made.words_at(1, 2) == "row 2, column 3: A 0.20, B 0.00, difference −0.20"


@pytest.mark.parametrize("missing", ["left", "right"])
def test_where_one_has_no_image_its_reason_is_told(missing):
    there, gone = Side("A", "one", grey([0])), Side("C", "three", None, "learned from colour images")
    made = ImagePair("image 1", gone, there) if missing == "left" else ImagePair("image 1", there, gone)
    assert made.reason == "C: learned from colour images"
    assert pair(grey([0]), grey([1])).reason == ""
