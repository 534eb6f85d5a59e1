import time

import numpy as np
import pytest
import torch

from ae_studio.latent import geodesic as module
from ae_studio.latent.geodesic import PIECES, geodesic, solved, through_the_data
from ae_studio.latent.paths import linear
from ae_studio.models.jacobian import unit_directions, value_and_columns

RANDOM = np.random.default_rng(2)


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """What is found must not depend on how busy the machine is."""
    monkeypatch.setattr(module.geodesic, "__defaults__", (*module.geodesic.__defaults__[:-1], 60.0))


def derivatives_of(network):
    def derivatives(codes):
        z = torch.tensor(codes)
        x, columns = value_and_columns(network, z, unit_directions(z))
        return x.detach().numpy(), columns.permute(1, 2, 0).detach().numpy()

    return derivatives


def sphere(z):
    """Stereographic: the plane (..., 2) wrapped around the unit sphere (..., 3)."""
    square = z.square().sum(-1, keepdim=True)
    return torch.cat([2 * z, 1 - square], -1) / (1 + square)


def image_length(path, network):
    return np.linalg.norm(np.diff(network(torch.tensor(path)).numpy(), axis=0), axis=1).sum()


def code(*numbers):
    return np.array(numbers, dtype=np.float32)


@pytest.mark.parametrize(
    ("a", "b"), [((-1, 0.3), (1, 0.3)), ((-1, 0.6), (0.5, 2)), ((-2, 0.1), (2, 0.1)), ((-2, 0.5), (2, 1))]
)
def test_on_a_sphere_it_is_the_great_circle(a, b):
    a, b = code(*a), code(*b)
    found = geodesic(derivatives_of(sphere), linear(a, b), 2)
    ends = sphere(torch.tensor(np.stack([a, b]))).double().numpy()
    angle = np.arccos(ends[0] @ ends[1])
    assert found.settled
    assert found.length == pytest.approx(2 * PIECES * np.sin(angle / 2 / PIECES), rel=1e-4)  # chords of the circle
    points = sphere(torch.tensor(found.path)).double().numpy()
    normal = np.cross(*ends) / np.linalg.norm(np.cross(*ends))
    np.testing.assert_allclose(points @ normal, 0, atol=2e-2)  # all of it in the plane of the great circle
    np.testing.assert_allclose(np.linalg.norm(np.diff(points, axis=0), axis=1), angle / PIECES, rtol=2e-2)
    assert found.length < image_length(linear(a, b, 33), sphere)


def test_of_a_linear_decoder_it_is_the_straight_line_wherever_it_began():
    weights = torch.tensor(RANDOM.normal(size=(30, 3)), dtype=torch.float32)
    a, b = RANDOM.normal(size=(2, 3)).astype(np.float32)
    bent = linear(a, b, 9)
    bent[1:-1] += RANDOM.normal(size=(7, 3)).astype(np.float32)
    found = geodesic(derivatives_of(lambda z: z @ weights.T), bent, 3)
    np.testing.assert_allclose(found.path, linear(a, b, PIECES + 1), atol=5e-3)


def test_the_ends_stay_and_so_do_numbers_that_are_not_free():
    start = linear(code(-1, 0.3, 1, 0), code(1, 0.3, 0, 1))
    found = geodesic(derivatives_of(lambda z: sphere(z[..., :2])), start, 2).path
    np.testing.assert_array_equal(found[[0, -1]], start[[0, -1]])
    np.testing.assert_allclose(found[:, 2], np.linspace(1, 0, PIECES + 1), atol=1e-6)


def test_a_direction_that_changes_nothing_leaves_the_path_whole():
    start = linear(code(-1, 0.3, 5), code(1, 0.3, 7))
    found = geodesic(derivatives_of(lambda z: sphere(z[..., :2])), start, 3)
    assert np.isfinite(found.path).all()
    assert found.settled


def test_it_never_ends_longer_than_it_began_nor_takes_more_time_than_it_may():
    def slow(codes):
        time.sleep(0.02)
        return derivatives_of(sphere)(codes)

    start = linear(code(-2, 0.05), code(2, 0.05))
    began = time.perf_counter()
    found = geodesic(slow, start, 2, seconds=0.1)
    assert time.perf_counter() - began < 1
    assert not found.settled
    assert found.length <= image_length(linear(code(-2, 0.05), code(2, 0.05), 9), sphere)


def test_codes_stay_where_codes_may_be():
    def into_the_disc(path):
        return path / np.maximum(1, np.linalg.norm(path, axis=1, keepdims=True)).astype(np.float32)

    found = geodesic(derivatives_of(sphere), linear(code(-1, 0.01), code(0.99, 0.01)), 2, into_the_disc)
    assert np.linalg.norm(found.path, axis=1).max() <= 1 + 1e-6


def test_for_an_mlp_of_two_latent_dimensions_a_second_is_enough():
    torch.manual_seed(0)
    layers = (torch.nn.Linear(2, 256), torch.nn.ReLU(), torch.nn.Linear(256, 512), torch.nn.ReLU())
    network = torch.nn.Sequential(*layers, torch.nn.Linear(512, 784), torch.nn.Sigmoid()).requires_grad_(False)

    derivatives = derivatives_of(network)
    start = linear(code(-3, 0.5), code(3, 1))
    derivatives(start)
    began = time.perf_counter()
    found = geodesic(derivatives, start, 2)
    assert time.perf_counter() - began < 2  # 1 s is meant; a loaded machine may take its time
    assert found.length <= image_length(linear(code(-3, 0.5), code(3, 1), 33), network)


def test_the_blocks_are_solved_as_the_whole_matrix_is():
    n, d = 6, 3
    diagonal = RANDOM.normal(size=(n, d, d))
    diagonal = diagonal @ diagonal.transpose(0, 2, 1) + 10 * np.eye(d)
    beside, right = RANDOM.normal(size=(n - 1, d, d)), RANDOM.normal(size=(n, d))
    whole = np.zeros((n * d, n * d))
    for i in range(n):
        whole[i * d : (i + 1) * d, i * d : (i + 1) * d] = diagonal[i]
    for i in range(n - 1):
        whole[i * d : (i + 1) * d, (i + 1) * d : (i + 2) * d] = beside[i]
        whole[(i + 1) * d : (i + 2) * d, i * d : (i + 1) * d] = beside[i].T
    np.testing.assert_allclose(solved(diagonal, beside, right).ravel(), np.linalg.solve(whole, right.ravel()))


def test_through_the_data_it_goes_around_a_hole_in_them():
    """Codes on a ring: the way from its left to its right keeps to the ring."""
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    a, b = code(-1, 0.02), code(1, 0.02)
    path = through_the_data(a, b, ring, np.concatenate([ring, a[None], b[None]]))
    np.testing.assert_array_equal(path[[0, -1]], [a, b])
    assert (np.linalg.norm(path, axis=1) > 0.9).all()
    assert len(path) > 5


def test_codes_apart_in_two_heaps_have_no_way_between_them():
    heaps = np.concatenate([RANDOM.normal(size=(40, 2)), 1000 + RANDOM.normal(size=(40, 2))]).astype(np.float32)
    a, b = heaps[0], heaps[-1]
    assert through_the_data(a, b, heaps, np.concatenate([heaps, a[None], b[None]])) is None
