import pytest
import torch
import torch.nn.functional as F

from ae_studio.latent.metrics import metrics
from ae_studio.models.build import build_model
from ae_studio.models.pixels import to_unit
from ae_studio.training.defaults import complete

LABELS = torch.arange(60) % 10


@pytest.fixture
def images():
    torch.manual_seed(0)
    return torch.randint(0, 256, (60, 1, 8, 8), dtype=torch.uint8)


def test_nats_per_image_are_the_negative_elbo(images):
    model = build_model(complete({"model": "vae"}), (1, 8, 8))
    found = metrics(model, [(part, LABELS[:20]) for part in images.split(20)])
    assert found["nats_per_image"] == pytest.approx(found["reconstruction_nats"] + found["kl_nats"], rel=1e-6)


def test_the_metrics_of_a_bernoulli_vae_are_its_own_terms(images):
    from ae_studio.latent.evaluation import mean_terms

    model = build_model(complete({"model": "vae"}), (1, 8, 8))
    found, terms = metrics(model, [(images, LABELS)]), mean_terms(model, [(images, LABELS)])
    assert found["nats_per_image"] == pytest.approx(terms["loss"], rel=1e-4)
    assert found["kl_nats"] == pytest.approx(terms["kl"], rel=1e-5)
    assert found["mse_per_pixel"] == pytest.approx(terms["mse_per_pixel"], rel=1e-5)


def test_a_model_without_a_posterior_has_no_kl(images):
    model = build_model(complete({"model": "linear"}), (1, 8, 8))
    found = metrics(model, [(images, LABELS)])
    assert "kl_nats" not in found
    x = to_unit(images)
    assert found["mse_per_pixel"] == pytest.approx(F.mse_loss(model.decode(model.encode(x)), x).item(), rel=1e-5)
