import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from ae_studio.data.batches import as_tensor
from ae_studio.data.images import load
from ae_studio.latent.pca import fit_pca


@pytest.mark.parametrize("latent_dim", [1, 2, 10])
def test_principal_components_are_scikit_learns(digits, latent_dim):
    found = fit_pca(as_tensor(digits.images), digits.image_shape, digits.train, latent_dim)
    x = digits.images[digits.train].reshape(len(digits.train), -1) / 255
    tested = digits.images[digits.test].reshape(len(digits.test), -1) / 255
    expected = PCA(latent_dim, svd_solver="full").fit(x)
    images = torch.tensor(digits.images[digits.test]) / 255
    decoded = found.decode(found.encode(images)).flatten(1).numpy()
    assert np.allclose(decoded, expected.inverse_transform(expected.transform(tested)), atol=1e-4)


def test_a_code_of_more_numbers_than_pixels_loses_nothing(digits):
    found = fit_pca(as_tensor(digits.images), digits.image_shape, digits.train, 100)
    images = torch.tensor(digits.images[:5]) / 255
    assert found.latent_dim == 64
    assert torch.allclose(found.decode(found.encode(images)), images, atol=1e-4)


def test_where_all_images_would_cost_too_much_some_are_taken(digits, monkeypatch):
    monkeypatch.setattr("ae_studio.latent.pca.WORK", 0)
    monkeypatch.setattr("ae_studio.latent.pca.FEWEST", 300)
    all_of_them = fit_pca(as_tensor(digits.images), digits.image_shape, digits.train[::5], 2)
    some = fit_pca(as_tensor(digits.images), digits.image_shape, digits.train, 2)
    assert torch.allclose(some.decoder.bias, all_of_them.decoder.bias)


@pytest.mark.parametrize(("latent_dim", "expected"), [(2, 0.0556694), (16, 0.0268602)])
def test_on_mnist_they_reach_the_known_error(mnist_root, latent_dim, expected):
    """The bestiary's figures, fitted on 60,000 images; nine tenths of them differ in the fourth figure."""
    data = load("mnist", root=mnist_root)
    found = fit_pca(as_tensor(data.images), data.image_shape, data.train, latent_dim)
    x = torch.tensor(data.images[data.test]) / 255
    assert float((found.decode(found.encode(x)) - x).square().mean()) == pytest.approx(expected, rel=1e-3)
