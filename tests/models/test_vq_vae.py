"""The VQ-VAE: nearest entries, running means and the gradient, each by an independent computation."""

import csv
import math
import subprocess
import sys

import numpy as np
import pytest
import torch

from ae_studio.cli import main
from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.models.build import build_model
from ae_studio.models.noise import rows_of_a_batch
from ae_studio.models.vq_vae import DEAD, Quantiser, VqVAE, perplexity, straight_through
from ae_studio.training.defaults import complete


def make(latent_dim=2, **settings) -> VqVAE:
    torch.manual_seed(0)
    values = {"model": "vq-vae", "latent_dim": latent_dim, "settings": {"hidden": "32", **settings}}
    return build_model(complete(values), (1, 8, 8))


def quantiser_at(entries) -> Quantiser:
    quantiser = Quantiser(*entries.shape)
    quantiser.place(entries)
    return quantiser


@pytest.mark.parametrize("size", [1, 2, 7])
def test_each_vector_takes_the_entry_nearest_to_it(size):
    vectors, entries = torch.randn(200, size), torch.randn(30, size)
    squared = ((vectors.numpy()[:, None] - entries.numpy()[None]) ** 2).sum(axis=2)
    np.testing.assert_array_equal(quantiser_at(entries).nearest(vectors), squared.argmin(axis=1))


def test_a_code_is_made_of_entries_and_stays_when_it_is_quantised_again():
    model = make(latent_dim=3, slots=4).eval()
    z = model.encode(torch.rand(5, 1, 8, 8))
    known = {tuple(entry) for entry in model.quantiser.entries.tolist()}
    assert {tuple(slot) for slot in z.view(-1, 3).tolist()} <= known
    assert torch.equal(model.quantiser(z), z)


def test_a_dragged_point_snaps_to_the_nearest_entry():
    model = make(slots=4).eval()
    model.begin(torch.rand(64, 1, 8, 8))
    z = torch.randn(6, 8)
    assert torch.equal(model.decode(z), model.decode(model.quantiser(z)))
    frozen = FrozenDecoder(model)
    np.testing.assert_array_equal(frozen(z.numpy()), frozen(model.quantiser(z).numpy()))


def test_a_frozen_decoder_keeps_the_codebook_that_it_was_made_with():
    model = make(slots=4).eval()
    model.begin(torch.rand(64, 1, 8, 8))
    frozen, z = FrozenDecoder(model), np.random.default_rng(0).normal(size=(6, 8)).astype(np.float32)
    before = frozen(z)
    model.quantiser.place(10 * torch.randn(128, 2))
    np.testing.assert_array_equal(frozen(z), before)


def test_the_gradient_at_the_encoder_is_that_at_the_entries():
    decoder = torch.nn.Sequential(torch.nn.Linear(6, 9), torch.nn.Tanh(), torch.nn.Linear(9, 1))
    e, q = torch.randn(5, 6, requires_grad=True), torch.randn(5, 6)
    passed = straight_through(e, q)
    assert torch.equal(passed, q)
    at_q = q.clone().requires_grad_()
    (d_e,) = torch.autograd.grad(decoder(passed).sum(), e)
    (d_q,) = torch.autograd.grad(decoder(at_q).sum(), at_q)
    assert torch.equal(d_e, d_q)


def test_running_means_follow_a_batch_as_in_the_papers_appendix():
    quantiser = quantiser_at(torch.tensor([[0.0, 0.0], [10.0, 0.0]]))
    vectors = torch.tensor([[1.0, 1.0], [3.0, -1.0], [9.0, 1.0]])  # two near the first entry, one near the second
    nearest = quantiser.nearest(vectors)
    quantiser.learn(vectors, nearest, quantiser.counted(nearest), decay=0.75)
    # N = 0.75 * 1 + 0.25 * (2, 1);  m = 0.75 * (0, 0) + 0.25 * (4, 0) and 0.75 * (10, 0) + 0.25 * (9, 1)
    torch.testing.assert_close(quantiser.uses, torch.tensor([1.25, 1.0]))
    expected = torch.tensor([[1.0 / 1.25, 0.0], [9.75, 0.25]])
    torch.testing.assert_close(quantiser.entries, expected, rtol=1e-4, atol=0)


def test_many_steps_on_the_same_vectors_bring_each_entry_to_their_mean():
    torch.manual_seed(0)
    clusters = torch.tensor([[-4.0, 0.0], [4.0, 0.0], [0.0, 4.0]])
    vectors = (clusters[:, None] + 0.3 * torch.randn(3, 50, 2)).flatten(0, 1)
    quantiser = quantiser_at(clusters + 1)
    for _ in range(200):
        nearest = quantiser.nearest(vectors)
        quantiser.learn(vectors, nearest, quantiser.counted(nearest), decay=0.9)
    torch.testing.assert_close(quantiser.entries, vectors.view(3, 50, 2).mean(dim=1), rtol=1e-4, atol=1e-4)


def test_an_entry_that_nobody_chooses_is_placed_at_a_vector_of_the_batch():
    vectors = torch.randn(40, 2)
    quantiser = quantiser_at(torch.tensor([[0.0, 0.0], [100.0, 100.0]]))
    nearest = quantiser.nearest(vectors)
    quantiser.learn(vectors, nearest, quantiser.counted(nearest), decay=0.5)
    assert torch.cdist(quantiser.entries[1:], vectors).min() < 1e-3
    assert quantiser.uses[1] > DEAD * quantiser.uses.mean()


def test_only_training_moves_the_codebook():
    model = make()
    model.begin(torch.rand(64, 1, 8, 8))
    x, before = torch.rand(16, 1, 8, 8), model.quantiser.entries.clone()
    model.eval().terms(x)
    assert torch.equal(model.quantiser.entries, before)
    model.train().terms(x)
    assert not torch.equal(model.quantiser.entries, before)


def test_it_begins_with_encodings_of_the_images():
    model = make(latent_dim=3, slots=2, entries=20)
    x = torch.rand(64, 1, 8, 8)
    model.begin(x)
    vectors = model.encoder(x).view(-1, 3)
    assert torch.cdist(model.quantiser.entries, vectors).min(dim=1).values.max() < 1e-3
    assert len(torch.unique(model.quantiser.entries, dim=0)) == 20
    model.begin(x[:1])  # two vectors for twenty entries
    assert len(torch.unique(model.quantiser.entries, dim=0)) == 2


def test_the_loss_is_reconstruction_and_commitment_averaged_over_the_slots():
    model = make(slots=4, commitment=0.5).eval()
    x = torch.rand(16, 1, 8, 8)
    terms = model.terms(x)
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 0.5 * terms["commitment"])
    per_slot = (model.encoder(x) - model.encode(x)).view(16, 4, 2).square().sum(dim=2)
    torch.testing.assert_close(terms["commitment"], per_slot.mean())


def test_a_certain_choice_costs_the_logarithm_of_the_entries_in_every_slot():
    kl = make(slots=3, entries=8).kl_given(torch.rand(5, 1, 8, 8), torch.zeros(5, dtype=torch.int64))
    torch.testing.assert_close(kl, torch.full((5, 3), 3 * math.log(2)))


def test_perplexity_counts_the_entries_in_use():
    assert perplexity(torch.full((128,), 3.0)).item() == pytest.approx(128, rel=1e-5)
    assert perplexity(torch.tensor([7.0, 0.0, 0.0])).item() == pytest.approx(1)
    half = perplexity(torch.tensor([1.0, 1.0, 2.0])).item()
    assert half == pytest.approx(2**1.5)  # an entropy of 1.5 bits


def test_the_codebook_tells_its_entries_and_how_much_they_are_used():
    model = make(slots=4, entries=8)
    model.quantiser.place(torch.arange(8.0).unsqueeze(1).expand(8, 2).contiguous())
    entries, usage = model.codebook(torch.tensor([[0.1, 0.0, 0.0, 0.1, 3.0, 3.0, 7.2, 9.0]]))
    torch.testing.assert_close(entries[3], torch.tensor([3.0, 3.0]))
    assert usage.tolist() == [0.5, 0, 0, 0.25, 0, 0, 0, 0.25]


def test_the_parts_of_a_batch_offer_the_places_that_the_whole_would(monkeypatch):
    """What each of two processes tells the others adds up to what a single one finds."""
    told: list[torch.Tensor] = []
    monkeypatch.setattr("ae_studio.models.vq_vae.summed_over_processes", lambda values: told.append(values) or values)
    vectors = torch.randn(10, 2)  # five images of two slots
    for start, stop in ((0, 5), (0, 2), (2, 5)):
        quantiser, mine = quantiser_at(torch.zeros(6, 2)), vectors[2 * start : 2 * stop]
        torch.manual_seed(0)
        with rows_of_a_batch(start, stop, 5):
            nearest = quantiser.nearest(mine)
            quantiser.learn(mine, nearest, quantiser.counted(nearest), decay=0.9)
    whole, first, second = told[1::2]
    torch.testing.assert_close(first + second, whole)
    assert (whole[:, -1] == 1).all()


@pytest.mark.skipif(sys.platform == "win32", reason="gloo between processes is tried on POSIX, as in test_processes")
def test_two_processes_learn_the_codebook_of_one(tmp_path):
    words = ["--data", "digits", "--device", "cpu", "--model", "vq-vae", "--set", "hidden=32", "--epochs", "2"]
    words += ["--set", "decay=0.5"]  # so that entries die and are placed anew within few steps
    shared = ["--batch-size", "63", "--devices", "2", "--out", str(tmp_path / "two")]
    done = subprocess.run([sys.executable, "-m", "ae_studio", "train", *words, *shared], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert main(["train", *words, "--batch-size", "126", "--out", str(tmp_path / "one")]) == 0
    found = []
    for name in ("one", "two"):
        with open(tmp_path / name / "metrics.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        found.append({tuple(row.values())[:4]: float(row["value"]) for row in rows if row["split"] == "train"})
    one, two = found
    assert two == {key: pytest.approx(value, rel=2e-3) for key, value in one.items()}
