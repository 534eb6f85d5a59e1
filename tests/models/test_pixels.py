import numpy as np
import torch

from ae_studio.models.pixels import to_pixels, to_unit


def test_pixels_survive_the_way_in_and_out():
    images = torch.randint(0, 256, (6, 1, 5, 4), dtype=torch.uint8)
    np.testing.assert_array_equal(to_pixels(to_unit(images)), images[:, 0].numpy())


def test_colour_goes_last_and_values_outside_are_clipped():
    x = torch.tensor([[[[-1.0]], [[0.5]], [[2.0]]]])  # (1, 3, 1, 1)
    assert to_pixels(x).tolist() == [[[[0, 128, 255]]]]


def test_pictures_that_leave_the_engine_cannot_be_written_to():
    assert not to_pixels(torch.rand(2, 1, 4, 4)).flags.writeable
    assert not to_pixels(torch.rand(2, 3, 4, 4)).flags.writeable
