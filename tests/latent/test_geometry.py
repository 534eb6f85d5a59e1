import numpy as np
import pytest
import torch

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.geometry import distances_from, free_numbers, spread
from ae_studio.latent.measures.distances import code_distances
from ae_studio.models.poincare_ball import PoincareBall

CLASS = Switch("class", ("a", "b"), given=True)
KIND = Switch("kind", ("c", "d", "e"))


def codes_in(space, count=50):
    codes = np.random.default_rng(0).normal(size=(count, space.size)).astype(np.float32)
    if space.kind == "sphere":
        codes /= np.linalg.norm(codes, axis=1, keepdims=True)
    if space.kind == "ball":
        codes *= 0.9 * space.radius / np.linalg.norm(codes, axis=1).max()
    return codes


@pytest.mark.parametrize(
    "space",
    [
        LatentSpace(1),
        LatentSpace(8),
        LatentSpace(3, kind="sphere"),
        LatentSpace(2, kind="ball", radius=1.5),
        LatentSpace(2, slots=3, kind="codebook"),
        LatentSpace(2, switches=(CLASS, KIND)),
    ],
)
def test_the_window_measures_codes_as_the_metrics_do(space):
    codes = codes_in(space)
    metrics = code_distances(torch.tensor(codes), space).numpy()
    for row in (0, 17):
        assert np.allclose(distances_from(codes[row], codes, space), metrics[row], atol=2e-3 * metrics.max())
    assert distances_from(codes[3], codes, space)[3] == 0


def test_a_ball_of_curvature_one_is_the_models_own():
    """The Poincaré VAE's distance, by its gyrovectors, another formula."""
    codes = codes_in(LatentSpace(2, kind="ball"))
    own = PoincareBall(1.0).distance(torch.tensor(codes[:1]).double(), torch.tensor(codes).double())
    found = distances_from(codes[0], codes, LatentSpace(2, kind="ball"))
    assert np.allclose(found, own.numpy(), atol=1e-5)


def test_what_was_told_is_not_free():
    space = LatentSpace(2, switches=(CLASS, KIND))
    assert free_numbers(space).tolist() == [True, True, False, False, True, True, True]


def test_the_spread_is_the_root_of_the_summed_variances():
    codes = codes_in(LatentSpace(4), 500)
    assert spread(codes, LatentSpace(4)) == pytest.approx(np.sqrt(codes.var(axis=0).sum()), rel=1e-4)
    assert spread(codes[:0], LatentSpace(4)) == 0
