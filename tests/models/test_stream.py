import threading

import torch
from torch import nn
from torch.distributions import Categorical, Gamma, MixtureSameFamily, Normal, OneHotCategorical

from ae_studio.models.stream import OwnStream


def draws():
    """All that models, distributions and layers draw by."""
    x = torch.zeros(3, 2)
    mixture = MixtureSameFamily(Categorical(torch.ones(2)), Normal(torch.zeros(2), torch.ones(2)))
    return [
        torch.randn(3, 2),
        torch.rand((3, 2), dtype=torch.float64),
        torch.randn_like(x),
        torch.rand_like(x),
        torch.randint(100, (5,)),
        torch.randperm(9),
        torch.bernoulli(torch.full((9,), 0.5)),
        torch.empty(4).uniform_(-1, 1),
        torch.empty(4).normal_(),
        nn.Linear(3, 2).weight.detach(),
        mixture.sample((4,)),
        OneHotCategorical(torch.ones(3)).sample((4,)),
        Gamma(torch.ones(3), torch.ones(3)).sample(),
    ]


def test_the_processes_own_stream_stays_where_it_is():
    before = torch.get_rng_state()
    with OwnStream(1):
        draws()
    assert torch.equal(torch.get_rng_state(), before)


def test_the_same_seed_draws_the_same_as_torchs_own():
    with OwnStream(7):
        own = torch.randn(5), torch.rand(3), torch.randperm(6)
    torch.manual_seed(7)
    for drawn, expected in zip(own, (torch.randn(5), torch.rand(3), torch.randperm(6)), strict=True):
        assert torch.equal(drawn, expected)


def test_an_inner_stream_is_its_own_too():
    with OwnStream(1):
        first = torch.randn(2)
        with OwnStream(1):
            again = torch.randn(2)
        later = torch.randn(2)
    assert torch.equal(first, again)
    assert not torch.equal(first, later)


def test_another_thread_draws_as_if_nobody_else_did():
    torch.manual_seed(3)
    alone = [torch.randn(100) for _ in range(50)]

    def draw():
        with OwnStream(5):
            for _ in range(200):
                torch.randn(50)
                Normal(0.0, 1.0).sample((20,))

    torch.manual_seed(3)
    other = threading.Thread(target=draw)
    other.start()
    beside = [torch.randn(100) for _ in range(50)]
    other.join()
    assert all(torch.equal(a, b) for a, b in zip(alone, beside, strict=True))


def test_on_the_meta_device_nothing_is_drawn():
    with torch.device("meta"), OwnStream(1):
        assert nn.Linear(2, 2).weight.is_meta


def test_every_way_to_draw_is_repeatable():
    with OwnStream(2):
        first = draws()
    with OwnStream(2):
        second = draws()
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
