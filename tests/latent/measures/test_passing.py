import pytest
import torch

from ae_studio.latent.evaluation import fixed_noise
from ae_studio.latent.measures.passing import pass_over, sampled
from ae_studio.models.pixels import to_unit


@pytest.fixture
def images():
    torch.manual_seed(0)
    return torch.randint(0, 256, (30, 1, 8, 8), dtype=torch.uint8), torch.arange(30) % 10


def batches(images, size):
    return list(zip(*(torch.split(part, size) for part in images), strict=True))


def test_a_pass_is_of_every_image_whatever_the_batches(subject, images):
    model = subject(model="deep").model
    whole, parts = pass_over(model, batches(images, 30)), pass_over(model, batches(images, 7))
    assert parts.squared_error == pytest.approx(whole.squared_error, rel=1e-5)
    assert parts.labels.tolist() == images[1].tolist()
    assert parts.code_variance == pytest.approx(whole.code_variance, rel=1e-4)
    assert whole.kl is None


def test_the_squared_error_is_that_of_the_mean_code(subject, images):
    model = subject().model
    x = to_unit(images[0])
    with torch.no_grad():
        expected = (model.decode(model.encode(x)) - x).square().flatten(1).mean(1)
    assert pass_over(model, batches(images, 10)).squared_error == pytest.approx(expected.numpy(), rel=1e-5)


def test_a_code_is_drawn_where_there_is_a_posterior_and_is_itself_elsewhere(subject, images):
    x, y = to_unit(images[0]), images[1]
    with torch.no_grad(), fixed_noise():
        for name, differs in (("vae", True), ("deep", False)):
            model = subject(model=name).model
            z = model.encode(x)
            assert torch.equal(sampled(model, x, y, z), z) != differs
