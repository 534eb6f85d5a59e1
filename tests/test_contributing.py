"""The example in CONTRIBUTING.md, cut out of the page: it trains, and it computes what it says."""

import json
import re
from pathlib import Path

import pytest
import torch
from torch.distributions import Laplace, kl_divergence

from ae_studio.cli import main
from ae_studio.config import check
from ae_studio.models.own import load_file
from ae_studio.models.own_file import trust_file

PAGE = Path(__file__).resolve().parents[1] / "CONTRIBUTING.md"


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "laplace_vae.py"
    path.write_text(re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1], encoding="utf-8")
    return path


def test_the_example_trains_and_is_evaluated_by_the_words_beside_it(example, tmp_path, capsys):
    run = tmp_path / "run"
    command = ["train", "--model", str(example), "--set", "beta=2", "--set", "hidden=64", "--epochs", "3"]
    assert main([*command, "--out", str(run)]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(run), "--json"]) == 0
    metrics = json.loads(capsys.readouterr().out)["metrics"]
    assert metrics["mse_per_pixel"] < 0.1
    assert main(["models", str(example)]) == 0
    said = capsys.readouterr().out
    assert "A VAE whose codes gather along the axes." in said
    assert "--set beta=1" in said


def test_its_terms_are_those_of_laplace_distributions(example):
    trust_file(example)
    known = load_file(example)
    torch.manual_seed(0)
    model = known.model_class()((1, 8, 8), 3, check(known.settings, {"hidden": "16", "beta": 2.5}))
    x = torch.rand(16, 1, 8, 8)
    terms = model.terms(x)
    mu, log_b = model.encoder(x).chunk(2, dim=1)
    prior = Laplace(torch.zeros_like(mu), torch.ones_like(mu))
    expected = kl_divergence(Laplace(mu, log_b.exp()), prior).sum(dim=1).mean()
    torch.testing.assert_close(terms["kl"], expected)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 2.5 * terms["kl"])


def test_its_noise_is_laplace_noise(example):
    """A code's sample is mu + b noise: |noise| is exponential with mean 1, so its mean square is 2."""
    trust_file(example)
    known = load_file(example)
    model = known.model_class()((1, 8, 8), 2, check(known.settings, {"hidden": "16"}))
    seen = []
    torch.nn.init.zeros_(model.encoder[-1].weight)  # mu = 0, b = 1
    torch.nn.init.zeros_(model.encoder[-1].bias)
    model.reconstruction = lambda x, z: seen.append(z) or z.mean()
    torch.manual_seed(0)
    model.terms(torch.zeros(100_000, 1, 8, 8))
    noise = seen[0].flatten()
    n = len(noise)
    assert abs(noise.mean()) < 4 * (2 / n) ** 0.5
    assert abs(noise.abs().mean() - 1) < 4 / n**0.5
    assert abs(noise.square().mean() - 2) < 4 * (20 / n) ** 0.5  # E z^4 = 24
