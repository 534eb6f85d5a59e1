from dataclasses import replace

import numpy as np
import pytest
import torch

from ae_studio.latent.measures import features
from ae_studio.latent.measures.features import FEATURES, feature_net


@pytest.fixture
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("AE_STUDIO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def brief(monkeypatch):
    """A training of three steps: for what is asked of the file alone, it need not be any good."""
    monkeypatch.setattr(features, "STEPS", 3)


@pytest.fixture
def trained(monkeypatch, brief):
    """How often a network is trained."""
    calls, train = [], features._train
    monkeypatch.setattr(features, "_train", lambda *given: calls.append(1) or train(*given))
    return calls


def same(a, b):
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values(), strict=True))


def test_it_learns_to_tell_the_classes(digits, cache):
    net = feature_net(digits)
    x = torch.tensor(digits.images[digits.test]) / 255
    assert net.features(x).shape == (len(x), FEATURES)
    assert (net.classes(x).numpy() == digits.labels[digits.test]).mean() > 0.9


def test_it_is_trained_once_and_kept(digits, cache, trained):
    before = torch.get_rng_state()
    first = feature_net(digits)
    assert same(first, feature_net(digits))
    assert trained == [1]
    assert [path.suffix for path in cache.iterdir()] == [".safetensors"]
    assert torch.equal(before, torch.get_rng_state())


def test_it_is_the_same_on_every_machine_with_this_data(digits, cache, trained):
    first = feature_net(digits)
    for path in cache.iterdir():
        path.unlink()
    assert same(first, feature_net(digits))
    assert trained == [1, 1]


def test_a_damaged_file_is_made_anew(digits, cache, trained):
    first = feature_net(digits)
    [path] = cache.iterdir()
    path.write_bytes(b"rubbish")
    assert same(first, feature_net(digits))
    assert same(first, feature_net(digits))
    assert trained == [1, 1]


def test_where_nothing_can_be_kept_it_is_trained_each_time(digits, monkeypatch, tmp_path, trained):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("AE_STUDIO_CACHE", str(tmp_path / "file"))
    feature_net(digits), feature_net(digits)
    assert trained == [1, 1]


def test_other_data_has_a_network_of_its_own(digits, cache, brief):
    feature_net(digits)
    feature_net(replace(digits, labels=np.roll(digits.labels, 1)))
    assert len(list(cache.iterdir())) == 2


def test_its_training_can_be_left_and_keeps_nothing(digits, cache):
    steps = []

    def leave():
        steps.append(1)
        if len(steps) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        feature_net(digits, leave)
    assert not cache.exists()
