import pytest
import torch

from ae_studio.models.settings import StackSettings
from ae_studio.models.stacks import make_decoder, make_encoder, parameter_count


@pytest.mark.parametrize("side", [8, 16, 28, 29, 32, 64])
@pytest.mark.parametrize("channels", [1, 3])
def test_convolutions_follow_any_image_size(side, channels):
    settings = StackSettings(network="conv", channels="8-16-16")
    x = torch.rand(2, channels, side, side)
    z = make_encoder((channels, side, side), settings, 5)(x)
    assert z.shape == (2, 5)
    assert make_decoder((channels, side, side), settings, 5)(z).shape == x.shape


def test_the_decoder_mirrors_the_encoders_widths():
    settings = StackSettings(hidden="30-20")
    widths = [m.out_features for m in make_decoder((1, 4, 4), settings, 2).modules() if isinstance(m, torch.nn.Linear)]
    assert widths == [20, 30, 16]


def test_the_linear_network_has_no_layer_but_one():
    encoder = make_encoder((1, 4, 4), StackSettings(network="linear"), 2)
    assert parameter_count(encoder) == 16 * 2 + 2


def test_without_activation_the_network_stays_affine():
    encoder = make_encoder((1, 4, 4), StackSettings(activation="none", hidden="8-8"), 2)
    a, b = torch.rand(1, 1, 4, 4), torch.rand(1, 1, 4, 4)
    torch.testing.assert_close(encoder((a + b) / 2), (encoder(a) + encoder(b)) / 2)
