import numpy as np
import pytest
from PIL import Image

from ae_studio.data.catalog import dataset
from ae_studio.data.drawing import (
    as_data,
    centre_of_mass,
    measured_proportions,
    stroke_thickness,
    usual_proportions,
)
from ae_studio.data.images import load
from ae_studio.data.readers import read


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    return read(dataset("digits"), tmp_path_factory.getbasetemp()).images[:, 0]


@pytest.fixture
def mnist(mnist_root):
    data = load("mnist", mnist_root)
    return data.images[data.test[:1000], 0]


def bar(height, width, top, left, size=(280, 280)):
    ink = np.zeros(size, dtype=np.float32)
    ink[top : top + height, left : left + width] = 1
    return ink


def test_mnist_is_measured_as_its_makers_made_it(mnist):
    found = measured_proportions(mnist)
    assert (found.shape, found.box, found.centred_by, found.peak) == ((28, 28), 20, "mass", 255)
    assert found.centre == (14, 14)
    assert found.levels is None
    assert not found.dark_ink
    assert found.thickness == pytest.approx(2.2, abs=0.2)


def test_real_images_stay_as_they_are(mnist):
    proportions = measured_proportions(mnist)
    again = np.stack([as_data(image / np.float32(255), proportions) for image in mnist])
    assert np.abs(again.astype(float) - mnist).mean() < 0.02  # of 255; a shift of one pixel costs about 20
    assert np.abs(again.astype(int) - mnist).max() <= 2


def test_real_images_that_were_moved_come_back(mnist):
    proportions = measured_proportions(mnist)
    moved = np.zeros((64, 64), dtype=np.float32)
    moved[30:58, 5:33] = mnist[0] / 255
    assert np.abs(as_data(moved, proportions).astype(int) - mnist[0]).max() <= 2


@pytest.mark.parametrize(("height", "width", "top", "left"), [(200, 20, 3, 9), (60, 240, 100, 20), (7, 7, 270, 0)])
def test_a_drawing_fills_the_box_and_its_mass_is_at_the_centre(height, width, top, left):
    image = as_data(bar(height, width, top, left), usual_proportions((28, 28)))
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    sides = np.ptp(rows) + 1, np.ptp(columns) + 1
    assert max(sides) == 20
    assert sides[0] / sides[1] == pytest.approx(height / width, rel=0.25)  # whole pixels
    assert centre_of_mass(image) == pytest.approx((14, 14), abs=0.5)
    assert image.max() == 255


def test_a_lopsided_drawing_is_centred_by_its_mass_and_not_by_its_box():
    ink = bar(200, 20, 40, 40) + bar(20, 120, 220, 60)  # an L
    image = as_data(ink.clip(0, 1), usual_proportions((28, 28)))
    assert centre_of_mass(image) == pytest.approx((14, 14), abs=0.5)
    columns = np.flatnonzero(image.any(axis=0))
    assert (columns[0] + columns[-1]) / 2 > 15


def test_edges_are_smooth():
    y, x = np.mgrid[0:280, 0:280]
    disc = ((y - 140) ** 2 + (x - 140) ** 2 < 100**2).astype(np.float32)
    image = as_data(disc, usual_proportions((28, 28)))
    assert ((image > 20) & (image < 235)).sum() > 20
    assert image.sum() / 255 == pytest.approx(np.pi * 100, rel=0.02)  # the area of a disc 20 pixels wide


def test_nothing_is_lost_at_the_edge():
    heavy = bar(30, 100, 0, 0) + 0.2 * bar(250, 4, 30, 48)  # a hammer: its mass is far from its middle
    image = as_data(heavy, usual_proportions((28, 28)))
    assert np.ptp(np.flatnonzero(image.any(axis=1))) + 1 == 20
    assert image.sum() > 0.9 * 255 * 30 * 100 * (20 / 280) ** 2


@pytest.mark.parametrize("shape", [(28, 28), (32, 32, 3)])
def test_an_empty_drawing_gives_nothing(shape):
    assert as_data(np.zeros((280, 280, *shape[2:]), dtype=np.float32), usual_proportions(shape)) is None


def test_a_single_dot_is_a_drawing():
    image = as_data(bar(1, 1, 20, 20), usual_proportions((28, 28)))
    assert image.max() == 255


def test_small_digits_keep_their_size_and_their_sixteen_levels(digits):
    found = measured_proportions(digits)
    assert (found.box, found.centred_by, len(found.levels)) == (8, "box", 17)
    image = as_data(bar(200, 90, 10, 10) * 0.7 + bar(60, 60, 10, 10) * 0.3, found)
    assert image.shape == (8, 8)
    assert set(image.ravel()) <= set(np.rint(np.arange(17) * 255 / 16).astype(int))
    assert image.any(axis=1).all()  # from the top to the bottom, as every digit there


def test_small_digits_stay_as_they_are(digits):
    proportions = measured_proportions(digits)
    again = np.stack([as_data(image / np.float32(255), proportions) for image in digits[:300]])
    assert np.abs(again.astype(float) - digits[:300]).mean() < 7  # of 255: those of odd width may be moved by a pixel


def test_clothes_fill_the_image():
    clothes = np.zeros((20, 28, 28), dtype=np.uint8)
    for number, image in enumerate(clothes):
        image[:, 4 + number % 3 : 20] = 100 + number
        image[:6] //= 2
    found = measured_proportions(clothes)
    assert (found.box, found.peak) == (28, 109)
    assert np.flatnonzero(as_data(bar(100, 60, 0, 0), found).any(axis=1)).tolist() == list(range(28))


def test_dark_ink_stays_dark():
    bright = np.full((3, 8, 8), 255, dtype=np.uint8)
    bright[:, 1:7, 3] = 0
    found = measured_proportions(bright)
    assert found.dark_ink
    assert found.box == 6
    np.testing.assert_array_equal(as_data(bar(60, 10, 3, 3), found), bright[0])


def test_images_without_ink_are_taken_as_usual_ones():
    assert measured_proportions(np.zeros((5, 28, 28), dtype=np.uint8)).box == 20
    assert measured_proportions(np.zeros((0, 28, 28), dtype=np.uint8)).box == 20


def test_a_picture_is_cropped_about_its_centre():
    picture = np.zeros((100, 300, 3), dtype=np.uint8)
    picture[:, 100:200] = (200, 10, 60)
    image = as_data(picture, usual_proportions((32, 32, 3)))
    assert image.shape == (32, 32, 3)
    assert np.abs(image[:, 2:-2].astype(int) - (200, 10, 60)).max() <= 2


def test_a_whole_picture_is_only_scaled():
    ramp = np.repeat(np.linspace(0, 255, 320).astype(np.uint8)[None, :, None], 320, axis=0).repeat(3, axis=2)
    image = as_data(ramp, usual_proportions((32, 32, 3)))
    middles = np.asarray(Image.fromarray(ramp).resize((32, 32), Image.Resampling.BOX))
    assert np.abs(image.astype(int) - middles).max() <= 3


def test_the_thickness_of_a_strip_is_its_width():
    assert stroke_thickness(bar(200, 8, 20, 20)) == pytest.approx(8, rel=0.06)
    assert stroke_thickness(np.zeros((5, 5))) == 0


def test_a_blurred_rim_makes_a_drawing_no_larger():
    sharp = bar(200, 20, 40, 120)
    rim = bar(240, 60, 20, 100) * 0.05
    proportions = usual_proportions((28, 28))
    blurred = as_data(np.maximum(sharp, rim), proportions)
    np.testing.assert_array_equal(blurred, as_data(sharp, proportions))


def test_real_digits_drawn_large_are_still_nearest_to_themselves(mnist):
    proportions = measured_proportions(mnist)
    flat = mnist.reshape(len(mnist), -1).astype(np.float32)
    for number in range(20):
        large = Image.fromarray(mnist[number] / np.float32(255)).resize((280, 280), Image.Resampling.BICUBIC)
        pen = ((np.asarray(large) - 0.5) * 6 + 0.5).clip(0, 1).astype(np.float32)  # all ink or none, smooth edges
        distances = np.linalg.norm(flat - as_data(pen, proportions).ravel(), axis=1)
        assert distances.argmin() == number
