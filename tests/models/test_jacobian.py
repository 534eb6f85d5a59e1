"""Rows and columns against autograd's whole Jacobian."""

import pytest
import torch
from torch import nn
from torch.autograd.functional import jacobian

from ae_studio.models.jacobian import unit_directions, value_and_columns, value_and_rows
from ae_studio.models.settings import StackSettings
from ae_studio.models.stacks import make_decoder, make_encoder

SHAPE = (1, 8, 8)


def whole(f: nn.Module, x: torch.Tensor) -> torch.Tensor:
    """(B, outputs, inputs)."""
    return torch.stack([jacobian(lambda one: f(one).flatten(), each[None]).flatten(1) for each in x])


@pytest.mark.parametrize("network", ["linear", "mlp", "conv"])
@pytest.mark.parametrize("gradients", [True, False])
def test_with_all_axes_they_are_the_whole_jacobian_in_training_and_validation(network, gradients):
    torch.manual_seed(0)
    settings = StackSettings(network=network, hidden="16", channels="4-8", activation="tanh")
    x, z = torch.rand(5, *SHAPE), torch.randn(5, 3)
    encoder, decoder = make_encoder(SHAPE, settings, 3), make_decoder(SHAPE, settings, 3)
    with torch.set_grad_enabled(gradients):
        code, rows = value_and_rows(encoder, x, unit_directions(z))
        image, columns = value_and_columns(decoder, z, unit_directions(z))
        torch.testing.assert_close(code, encoder(x))
        torch.testing.assert_close(image, decoder(z))
    torch.testing.assert_close(rows.flatten(2).transpose(0, 1), whole(encoder, x))
    torch.testing.assert_close(columns.flatten(2).permute(1, 2, 0), whole(decoder, z))


def test_a_direction_weighs_the_rows_and_the_columns():
    f, x, v = nn.Linear(4, 3), torch.randn(5, 4), torch.randn(2, 5, 3)
    torch.testing.assert_close(value_and_rows(f, x, v)[1], v @ f.weight)
    u = torch.randn(2, 5, 4)
    torch.testing.assert_close(value_and_columns(f, x, u)[1], u @ f.weight.T)


def test_a_loss_goes_through_them_to_the_weights():
    f, x = nn.Sequential(nn.Linear(4, 3), nn.Tanh()), torch.randn(5, 4)
    for found in (value_and_rows(f, x, torch.ones(1, 5, 3)), value_and_columns(f, x, torch.ones(1, 5, 4))):
        f.zero_grad()
        found[1].square().sum().backward()
        assert f[0].weight.grad.abs().sum() > 0


def test_they_are_computed_in_32_bits():
    f, x = nn.Linear(4, 3), torch.randn(5, 4)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        z, rows = value_and_rows(f, x.bfloat16(), torch.ones(1, 5, 3))
        y, columns = value_and_columns(f, x.bfloat16(), torch.ones(1, 5, 4))
    assert {each.dtype for each in (z, rows, y, columns)} == {torch.float32}
