import numpy as np
import pytest

from ae_studio.events import LatentSpace, Prior
from ae_studio.latent import lattice_images
from ae_studio.latent.lattice_images import decoded, make_lattice, normal_prior
from tests.gui.layers.seen import codes_of, scene_of, view_of


def grey(codes):
    """An image of a grey that tells the code: the first number in its left half, the second in its right."""
    values = np.clip(128 + 20 * codes[:, :2], 0, 255).astype(np.uint8)
    return np.repeat(values, 2, axis=1)[:, None, :].repeat(4, axis=1)


def test_each_image_is_that_of_the_middle_of_its_square():
    scene = scene_of(decoder=grey)
    lattice = make_lattice(scene, view_of(scene), 40, "linear")
    left, bottom, size = lattice.squares.T
    middles = np.stack([left + size / 2, bottom + size / 2], axis=1).astype(np.float32)
    off = lattice.images.astype(int) - grey(middles)
    assert np.abs(off).max() <= 1  # rounding at the edge of a grey
    assert len(lattice.images) == 81  # cells a unit wide about whole numbers, over -4 to 4


def test_off_the_data_an_image_is_less_sure():
    scene = scene_of(decoder=grey)
    lattice = make_lattice(scene, view_of(scene, half=8.0), 40, "linear")
    far = np.hypot(*(lattice.squares[:, :2] + lattice.squares[:, 2:] / 2).T)
    assert lattice.sureness[far < 1].min() > 0.9
    assert lattice.sureness[far > 7].max() < 0.3


def test_many_codes_are_decoded_some_at_a_time_to_the_same_images(monkeypatch):
    codes, taken = codes_of(10), []
    monkeypatch.setattr(lattice_images, "AT_ONCE", 4)
    images = decoded(lambda part: taken.append(len(part)) or grey(part), codes)
    np.testing.assert_array_equal(images, grey(codes))
    assert taken == [4, 4, 2]


def test_where_the_view_holds_no_place_of_a_ball_there_is_no_image():
    scene = scene_of(codes_of() / 10, space=LatentSpace(2, "ball"), decoder=grey)
    assert make_lattice(scene, view_of(scene, x=50.0), 40, "linear") is None


@pytest.mark.parametrize(("prior", "expected"), [(None, None), (Prior(2.0), 2.0)])
def test_the_planes_prior_has_its_own_width(prior, expected):
    scene = scene_of(prior=prior)
    found = normal_prior(scene, view_of(scene))
    assert (found and found.sd) == expected
