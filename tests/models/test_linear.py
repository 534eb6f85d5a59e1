import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from ae_studio.data.images import load
from ae_studio.models.linear import LinearAutoencoder
from ae_studio.models.pixels import to_unit
from ae_studio.models.settings import LinearSettings


def test_the_linear_autoencoder_reaches_the_error_and_the_subspace_of_pca():
    data = load("digits")
    x = to_unit(torch.tensor(np.array(data.images)))
    pca = PCA(2).fit(x.flatten(1).numpy())
    best = np.mean((pca.inverse_transform(pca.transform(x.flatten(1).numpy())) - x.flatten(1).numpy()) ** 2)

    torch.manual_seed(0)
    model = LinearAutoencoder((1, 8, 8), 2, LinearSettings())
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(1500):
        optimizer.zero_grad()
        loss = model.terms(x)["loss"]
        loss.backward()
        optimizer.step()

    assert loss.item() == pytest.approx(best, rel=0.002)
    learned = torch.linalg.qr(model.decoder.weight.detach())[0].numpy()  # (64, 2)
    cosines = np.linalg.svd(pca.components_ @ learned, compute_uv=False)
    assert cosines.min() > 0.999  # principal angles below 2.6 degrees


def test_the_loss_is_the_mean_over_pixels_and_batch():
    model = LinearAutoencoder((1, 8, 8), 2, LinearSettings())
    x = torch.rand(5, 1, 8, 8)
    expected = (model.decode(model.encode(x)) - x).square().mean()
    torch.testing.assert_close(model.terms(x)["loss"], expected)
