"""The topological term against scipy, its invariances and finite differences."""

import math

import pytest
import torch
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist

from ae_studio.models.build import build_model
from ae_studio.models.topological import TopologicalAutoencoder, topological_loss
from ae_studio.training.defaults import complete


def make(shape=(1, 8, 8), **settings) -> TopologicalAutoencoder:
    torch.manual_seed(0)
    return build_model(complete({"model": "topological", "settings": {"hidden": "32", **settings}}), shape)


def distances(points: torch.Tensor) -> torch.Tensor:
    return torch.cdist(points, points, compute_mode="donot_use_mm_for_euclid_dist")


def test_equal_distances_cost_nothing():
    a = distances(torch.rand(20, 3))
    assert topological_loss(a, a.clone()) == 0


def test_the_loss_is_the_papers_sum_over_scipys_edges():
    torch.manual_seed(0)
    a, b = distances(torch.rand(30, 6)).double(), distances(torch.randn(30, 2)).double()
    expected = 0.0
    for own, other in ((a, b), (b, a)):
        tree = minimum_spanning_tree(own.triu(1).numpy()).tocoo()
        for i, j in zip(tree.row, tree.col, strict=True):
            expected += (own[i, j] - other[i, j]).item() ** 2
    assert topological_loss(a, b).item() == pytest.approx(expected / 30)


def test_neither_the_order_of_a_batch_nor_a_turned_and_shifted_code_changes_it():
    torch.manual_seed(0)
    x, z = torch.rand(40, 6), torch.randn(40, 2)
    before = topological_loss(distances(x), distances(z))
    order = torch.randperm(40)
    torch.testing.assert_close(topological_loss(distances(x[order]), distances(z[order])), before)
    turn = torch.tensor([[math.cos(1), -math.sin(1)], [math.sin(1), math.cos(1)]])
    torch.testing.assert_close(topological_loss(distances(x), distances(z @ turn + 3)), before)
    assert topological_loss(distances(x), distances(2 * z)) != pytest.approx(before.item(), rel=0.1)


def test_the_gradient_is_that_of_finite_differences():
    torch.manual_seed(0)
    a = distances(torch.rand(7, 4)).double()
    z = torch.randn(7, 2, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda code: topological_loss(a, distances(code)), z)


def test_the_gradient_is_finite_where_codes_and_images_coincide():
    x = torch.zeros(6, 4)
    z = torch.zeros(6, 2, requires_grad=True)
    topological_loss(distances(x), distances(z)).backward()
    assert torch.equal(z.grad, torch.zeros_like(z))


def test_the_distances_of_images_are_shares_of_the_largest_possible_and_those_of_codes_of_a_scale():
    model = make()
    x, z = torch.rand(5, 1, 8, 8), torch.randn(5, 2)
    x[0], x[1] = 0, 1
    model.log_scale.data.fill_(math.log(4))
    a_x, a_z = model.distances(x, z)
    assert a_x[0, 1].item() == pytest.approx(1)
    torch.testing.assert_close(a_x.double(), torch.from_numpy(cdist(*2 * [x.flatten(1)])) / 8, atol=1e-3, rtol=1e-4)
    torch.testing.assert_close(a_z.double(), torch.from_numpy(cdist(z, z)) / 4)


def test_the_loss_is_a_mean_over_pixels_and_the_weighted_links():
    model = make(weight=0.7).eval()
    x = torch.rand(16, 1, 8, 8)
    terms = model.terms(x)
    mean_squared = torch.mean((x - model.decode(model.encode(x))) ** 2)
    torch.testing.assert_close(terms["reconstruction"], mean_squared)
    torch.testing.assert_close(terms["loss"], mean_squared + 0.7 * terms["topological"])
    assert model.loss_unit == "squared error per pixel"


def test_the_defaults_are_the_papers_network():
    model = build_model(complete({"model": "topological"}), (1, 28, 28))
    kinds = [type(layer).__name__ for layer in model.encoder]
    assert kinds == ["Flatten", *(["Linear", "ReLU", "BatchNorm"] * 3), "Linear"]
    assert [layer.out_features for layer in model.encoder if hasattr(layer, "out_features")] == [1000, 500, 250, 2]
    plain = build_model(complete({"model": "topological", "settings": {"batch_norm": False}}), (1, 28, 28))
    assert not any("BatchNorm" in type(layer).__name__ for layer in plain.modules())
