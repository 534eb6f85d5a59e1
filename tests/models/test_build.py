import pytest
import torch

from ae_studio.config import ConfigError, RunConfig
from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete


def test_a_network_that_halves_the_image_away_is_refused_in_words():
    config = complete({"settings": {"network": "conv", "channels": "8-8-8-8-8-8"}})
    with pytest.raises(ConfigError, match="channels: 8-8-8-8-8-8 halves an image of 8 x 8 away"):
        build_model(config, (1, 8, 8))


def test_a_configuration_without_settings_gets_the_defaults():
    assert build_model(RunConfig(model="vae"), (1, 8, 8)).settings.hidden == "512-256"


@pytest.mark.parametrize("shape", [(1, 8, 8), (1, 28, 28), (3, 32, 32), (3, 64, 64)])
@pytest.mark.parametrize("network", ["mlp", "conv"])
def test_networks_follow_the_size_of_the_images(network, shape):
    model = build_model(complete({"latent_dim": 3, "settings": {"network": network, "hidden": "16"}}), shape)
    x = torch.rand(2, *shape)
    assert model.decode(model.encode(x)).shape == x.shape
