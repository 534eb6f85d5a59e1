from itertools import pairwise

import pytest
import torch

from ae_studio.models.settings import StackSettings
from ae_studio.models.stacks import BatchNorm, make_decoder, make_encoder, parameter_count


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


def test_a_batch_norm_stands_behind_each_activation_and_nowhere_without_the_word():
    settings = StackSettings(hidden="8-4")
    for normed, plain in (
        (make_encoder((1, 4, 4), settings, 2, batch_norm=True), make_encoder((1, 4, 4), settings, 2)),
        (make_decoder((1, 4, 4), settings, 2, batch_norm=True), make_decoder((1, 4, 4), settings, 2)),
    ):
        kinds = [type(layer).__name__ for layer in normed]
        assert [a for a, b in pairwise(kinds) if b == "BatchNorm"] == ["ReLU", "ReLU"]
        assert [kind for kind in kinds if kind != "BatchNorm"] == [type(layer).__name__ for layer in plain]


def test_a_batch_norm_takes_a_single_image_by_what_it_has_seen():
    norm = BatchNorm(3).train()
    norm(torch.randn(500, 3) * 2 + 5)
    x = torch.randn(1, 3)
    seen = norm(x)
    torch.testing.assert_close(seen, norm.eval()(x))
    assert norm.num_batches_tracked == 1
    many = torch.randn(7, 3)
    torch.testing.assert_close(norm.train()(many), torch.nn.BatchNorm1d(3)(many))
