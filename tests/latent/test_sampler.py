import numpy as np
import pytest
import torch
from scipy.stats import kstest

from ae_studio.events import Prior
from ae_studio.latent.sampler import FrozenSampler, LateSampler, fitted_mixture
from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS, latent_space
from ae_studio.training.defaults import complete

WITHOUT_PRIOR = {"linear", "deep", "topological", "denoising", "sparse", "contractive", "rae", "geometric", "vq-vae"}
NOTHING = np.zeros((0, 2), dtype=np.float32)


def test_a_vae_draws_from_its_prior_and_leaves_the_runs_random_stream_alone():
    sampler = FrozenSampler(build_model(complete({"settings": {"hidden": "8"}}), (1, 8, 8)), NOTHING)
    before = torch.get_rng_state()
    codes = sampler(4000, 1)
    assert torch.equal(torch.get_rng_state(), before)
    assert codes.dtype == np.float32
    assert np.abs(codes.mean(axis=0)).max() < 0.06
    assert np.abs(codes.std(axis=0) - 1).max() < 0.05
    np.testing.assert_array_equal(sampler(5, 1), sampler(5, 1))
    assert not np.array_equal(sampler(5, 1), sampler(5, 2))


def test_a_model_without_a_prior_draws_where_its_codes_are():
    rng = np.random.default_rng(0)
    centres = np.array([[10, 0], [0, 20]])
    codes = (centres[rng.integers(0, 2, 500)] + rng.normal(scale=0.1, size=(500, 2))).astype(np.float32)
    sampler = FrozenSampler(build_model(complete({"model": "linear"}), (1, 8, 8)), codes)
    drawn = sampler(200, 0)
    nearest = np.linalg.norm(drawn[:, None] - centres, axis=2).min(axis=1)
    assert nearest.max() < 1
    assert len({tuple(np.round(code)) for code in drawn[:20]}) > 1  # not sorted by component
    np.testing.assert_array_equal(sampler(5, 3), sampler(5, 3))


@pytest.mark.parametrize("codes", [np.zeros((50, 2)), np.ones((1, 2)), np.zeros((30, 64))])
def test_codes_that_say_nothing_still_make_a_mixture(codes):
    assert fitted_mixture(codes.astype(np.float32)).sample(3)[0].shape == (3, codes.shape[1])


def test_a_late_sampler_reads_its_model_once_and_when_it_is_needed():
    model = build_model(complete({"settings": {"hidden": "8"}}), (1, 8, 8))
    read = []
    sampler = LateSampler(lambda: read.append(1) or model, NOTHING)
    assert not read
    np.testing.assert_array_equal(sampler(3, 0), FrozenSampler(model, NOTHING)(3, 0))
    sampler(3, 1)
    assert read == [1]


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_prior_that_is_said_to_be_normal_is_drawn_as_such(name):
    """Kolmogorov and Smirnov's test of every latent dimension's draws against N(0, sd^2)."""
    config = complete({"model": name, "latent_dim": 3})
    sampler = FrozenSampler(build_model(config, (1, 8, 8), tuple("0123456789")), NOTHING)
    if sampler.prior is None or sampler.prior.sd is None:
        assert (sampler.prior is None) == (name in WITHOUT_PRIOR)
        return
    dim = latent_space(config, tuple("0123456789")).dim
    for numbers in sampler(4000, 1)[:, :dim].T:
        assert kstest(numbers, "norm", args=(0, sampler.prior.sd)).pvalue > 1e-4


def test_the_width_of_a_normal_prior_is_known():
    config = complete({"model": "wae-mmd", "settings": {"sigma": 2.5}})
    assert FrozenSampler(build_model(config, (1, 8, 8)), NOTHING).prior == Prior(2.5)
    assert FrozenSampler(build_model(complete({"model": "joint-vae"}), (1, 8, 8)), NOTHING).prior == Prior(1.0)
    assert FrozenSampler(build_model(complete({"model": "poincare"}), (1, 8, 8)), NOTHING).prior == Prior(None)
