import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.measures.distances import code_distances, euclidean, free_numbers, ranks

GIVEN = Switch("class", ("a", "b"), given=True)
FOUND = Switch("kind", ("c", "d", "e"))


@pytest.mark.parametrize("size", [2, 100])
def test_distances_are_scipys(size):
    torch.manual_seed(0)
    points = 1 + torch.rand(40, size)
    points[7] = points[3]
    found = euclidean(points)
    assert np.allclose(found, cdist(points, points), atol=1e-5)
    assert found[3, 7] == 0
    assert torch.equal(found, found.T)


def test_what_a_model_was_told_is_no_part_of_what_it_found():
    space = LatentSpace(2, switches=(GIVEN, FOUND))
    assert free_numbers(space).tolist() == [True, True, False, False, True, True, True]
    codes = torch.tensor([[0.0, 0, 1, 0, 1, 0, 0], [0.0, 0, 0, 1, 1, 0, 0], [3.0, 4, 1, 0, 1, 0, 0]])
    assert code_distances(codes, space)[0].tolist() == [0, 0, 5]


def test_a_ball_is_measured_by_its_own_geometry():
    """From the centre the hyperbolic distance to a point at r is 2 artanh r."""
    codes = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.5]])
    found = code_distances(codes, LatentSpace(2, kind="ball", radius=2.0))
    assert found[0].tolist() == pytest.approx([0, 2 * np.arctanh(0.5), 2 * np.arctanh(0.75)], abs=1e-5)


def test_ranks_count_from_oneself():
    found = ranks(euclidean(torch.tensor([[0.0], [1.0], [3.0], [3.5]])))
    assert found.tolist() == [[0, 1, 2, 3], [1, 0, 2, 3], [3, 2, 0, 1], [3, 2, 1, 0]]


def test_an_image_that_is_there_twice_is_still_its_own_nearest():
    found = ranks(euclidean(torch.tensor([[1.0], [1.0], [2.0]])))
    assert found.diagonal().tolist() == [0, 0, 0]
