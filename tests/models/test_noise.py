"""Noise that several processes draw together."""

import pytest
import torch
from torch.distributions import Gamma

from ae_studio.models.noise import drawn_from, rows_of_a_batch, standard_normal_like


def drawn_from_a_gamma(x: torch.Tensor) -> torch.Tensor:
    return drawn_from(Gamma(torch.full((2,), 3.0), 1.0), x)


@pytest.mark.parametrize("noise_like", [standard_normal_like, drawn_from_a_gamma])
def test_the_parts_of_several_processes_are_the_noise_of_one(noise_like):
    x = torch.zeros(5, 3)
    torch.manual_seed(0)
    whole = noise_like(x)
    assert len(whole) == 5
    parts = []
    for start, stop in ((0, 2), (2, 5)):
        torch.manual_seed(0)
        with rows_of_a_batch(start, stop, 5):
            parts.append(noise_like(x[start:stop]))
        behind = torch.get_rng_state()
    assert torch.equal(torch.cat(parts), whole)
    torch.manual_seed(0)
    noise_like(x)
    assert torch.equal(behind, torch.get_rng_state()), "all streams go on alike"


def test_outside_of_a_part_it_is_torchs_own():
    with rows_of_a_batch(1, 2, 5):
        pass
    torch.manual_seed(1)
    noise = standard_normal_like(torch.zeros(2, 2, dtype=torch.float64))
    torch.manual_seed(1)
    assert torch.equal(noise, torch.randn(2, 2, dtype=torch.float64))
