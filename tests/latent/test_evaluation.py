import pytest
import torch

from ae_studio.latent.evaluation import fixed_noise, mean_terms
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete

LABELS = torch.arange(50) % 10


def test_means_are_over_images_not_over_batches():
    torch.manual_seed(0)
    model = build_model(complete({"model": "linear"}), (1, 8, 8))
    images = torch.randint(0, 256, (50, 1, 8, 8), dtype=torch.uint8)
    whole = mean_terms(model, [(images, LABELS)])
    uneven = mean_terms(model, [(images[a:b], LABELS[a:b]) for a, b in ((0, 1), (1, 48), (48, 50))])
    assert uneven["loss"] == pytest.approx(whole["loss"], rel=1e-5)
    assert whole["mse_per_pixel"] == pytest.approx(whole["loss"], rel=1e-6)


def test_two_evaluations_agree_and_the_runs_random_stream_goes_on():
    model = build_model(complete({"model": "vae"}), (1, 8, 8))
    images = torch.randint(0, 256, (50, 1, 8, 8), dtype=torch.uint8)
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    assert mean_terms(model, [(images, LABELS)]) == mean_terms(model, [(images, LABELS)])
    assert torch.equal(torch.rand(2), expected)


def test_the_noise_is_the_same_every_time():
    with fixed_noise():
        first = torch.rand(3)
    with fixed_noise():
        assert torch.equal(torch.rand(3), first)
