"""Spanning trees against scipy's, and where distances are equal or zero."""

import numpy as np
import pytest
import torch
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from ae_studio.models.spanning_tree import boruvka, minimum_spanning_trees, prim

WAYS = {"prim": lambda d: np.stack([prim(each) for each in d.numpy()]), "boruvka": lambda d: boruvka(d).numpy()}
each_way = pytest.mark.parametrize("way", WAYS)


def distances(*points: torch.Tensor) -> torch.Tensor:
    return torch.stack([torch.cdist(each, each, compute_mode="donot_use_mm_for_euclid_dist") for each in points])


@each_way
@pytest.mark.parametrize("size", [2, 3, 7, 64, 126])
def test_the_edges_are_those_of_scipy(way, size):
    torch.manual_seed(size)
    found = distances(torch.rand(size, 5), torch.randn(size, 2))
    for edges, each in zip(WAYS[way](found), found, strict=True):
        expected = minimum_spanning_tree(each.triu(1).double().numpy()).toarray() > 0
        np.testing.assert_array_equal(edges, expected)


@each_way
@pytest.mark.parametrize("size", [1, 2, 9, 100])
@pytest.mark.parametrize("kinds", [1, 2, 5])
def test_equal_and_zero_distances_still_give_a_tree(way, size, kinds):
    torch.manual_seed(size)
    found = distances(torch.randint(kinds, (size, 1)).float())
    (edges,) = WAYS[way](found)
    assert edges.sum() == size - 1
    assert connected_components(edges, directed=False)[0] == 1
    different = len(found[0].unique(dim=0))
    assert (edges * found[0].numpy() > 0).sum() == different - 1, "no longer edge than there must be"


def test_several_trees_are_found_at_once_and_carry_no_gradient():
    found = distances(torch.rand(8, 3), torch.rand(8, 3)).requires_grad_()
    edges = minimum_spanning_trees(found)
    assert edges.dtype == torch.bool
    assert torch.equal(edges, boruvka(found.detach()))
    assert not torch.equal(edges[0], edges[1])
