import torch

from ae_studio.training.randomness import random_state, set_random_state

CPU = torch.device("cpu")


def test_a_stream_goes_on_where_it_was_kept():
    torch.manual_seed(3)
    torch.rand(5)
    kept = random_state(CPU)
    expected = torch.rand(5)
    torch.rand(99)
    set_random_state(kept, CPU)
    assert torch.equal(torch.rand(5), expected)


def test_a_stream_kept_on_a_gpu_is_left_out_on_the_cpu():
    kept = random_state(CPU) | {"cuda": torch.zeros(16, dtype=torch.uint8)}
    expected = torch.rand(3)
    set_random_state(kept, CPU)
    assert torch.equal(torch.rand(3), expected)
