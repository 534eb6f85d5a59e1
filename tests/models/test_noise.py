"""Noise that several processes draw together."""

import torch

from ae_studio.models.noise import rows_of_a_batch, standard_normal_like


def test_the_parts_of_several_processes_are_the_noise_of_one():
    x = torch.zeros(5, 3)
    torch.manual_seed(0)
    whole = standard_normal_like(x)
    parts = []
    for start, stop in ((0, 2), (2, 5)):
        torch.manual_seed(0)
        with rows_of_a_batch(start, stop, 5):
            parts.append(standard_normal_like(x[start:stop]))
        behind = torch.get_rng_state()
    assert torch.equal(torch.cat(parts), whole)
    torch.manual_seed(0)
    standard_normal_like(x)
    assert torch.equal(behind, torch.get_rng_state()), "all streams go on alike"


def test_outside_of_a_part_it_is_torchs_own():
    with rows_of_a_batch(1, 2, 5):
        pass
    torch.manual_seed(1)
    noise = standard_normal_like(torch.zeros(2, 2, dtype=torch.float64))
    torch.manual_seed(1)
    assert torch.equal(noise, torch.randn(2, 2, dtype=torch.float64))
