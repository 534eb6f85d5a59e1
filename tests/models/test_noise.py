"""Noise that several processes draw together."""

import pytest
import torch
from torch.distributions import Gamma

from ae_studio.models.noise import (
    drawn_from,
    rows_of,
    rows_of_a_batch,
    standard_normal_like,
    summed_over_processes,
    uniform_like,
)


def drawn_from_a_gamma(x: torch.Tensor) -> torch.Tensor:
    return drawn_from(Gamma(torch.full((2,), 3.0), 1.0), x)


@pytest.mark.parametrize("draw", [standard_normal_like, uniform_like, drawn_from_a_gamma])
def test_the_parts_of_several_processes_are_the_noise_of_one(draw):
    x = torch.zeros(5, 3)
    torch.manual_seed(0)
    whole = draw(x)
    parts = []
    for start, stop in ((0, 2), (2, 5)):
        torch.manual_seed(0)
        with rows_of_a_batch(start, stop, 5):
            parts.append(draw(x[start:stop]))
        behind = torch.get_rng_state()
    assert torch.equal(torch.cat(parts), whole)
    torch.manual_seed(0)
    draw(x)
    assert torch.equal(behind, torch.get_rng_state()), "all streams go on alike"


def test_outside_of_a_part_it_is_torchs_own():
    with rows_of_a_batch(1, 2, 5):
        pass
    torch.manual_seed(1)
    noise = standard_normal_like(torch.zeros(2, 2, dtype=torch.float64))
    torch.manual_seed(1)
    assert torch.equal(noise, torch.randn(2, 2, dtype=torch.float64))


def test_uniform_noise_fills_the_unit_interval():
    torch.manual_seed(0)
    noise = uniform_like(torch.zeros(10_000, 2))
    assert 0 <= noise.min() < 0.01
    assert 0.99 < noise.max() < 1
    assert noise.mean().item() == pytest.approx(0.5, abs=0.01)


def test_a_batch_that_is_whole_has_all_its_rows():
    x = torch.zeros(5, 3)
    assert rows_of(x) == (0, 5, 5)
    with rows_of_a_batch(2, 4, 5):
        assert rows_of(x[2:4]) == (2, 4, 5)


def test_a_process_that_is_alone_has_the_sum_itself():
    assert summed_over_processes(torch.tensor([1.0, 2.0])).tolist() == [1, 2]
