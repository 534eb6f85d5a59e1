"""What every model must do; a new line in MODELS is tested here without another word."""

import copy
import json
import math
import os
import socket
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch

from ae_studio.config import ConfigError, field_specs
from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.latent.evaluation import fixed_noise
from ae_studio.latent.sampler import FrozenSampler
from ae_studio.models.base import minimised
from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS, latent_space
from ae_studio.models.pixels import to_pixels
from ae_studio.models.vae import VAE
from ae_studio.training.defaults import complete

SHAPES = [(1, 8, 8), (1, 28, 28), (1, 17, 15), (3, 32, 32), (3, 64, 64)]
CLASSES = tuple("0123456789")
SMALL = {
    "hidden": "32",
    "channels": "4-8",
    "width": 64,
}  # where a family has such a setting: the tests are about the family


def networks(name: str) -> list[dict[str, str]]:
    specs = field_specs(MODELS[name].settings)
    return [{"network": choice} for choice in specs["network"].choices] if "network" in specs else [{}]


CASES = [(name, settings) for name in MODELS for settings in networks(name)]


def least_dim(name: str, wanted: int) -> int:
    """The wanted number of latent dimensions, or the nearest above that the family can learn."""
    for latent_dim in range(wanted, 257):
        try:
            build_model(complete({"model": name, "latent_dim": latent_dim}), (1, 8, 8), CLASSES)
        except ConfigError:
            continue
        return latent_dim
    raise AssertionError(f"{name} cannot learn {wanted} latent dimensions, nor more")


def config(name: str, settings: dict[str, object], latent_dim: int = 2):
    specs = field_specs(MODELS[name].settings)
    small = {key: value for key, value in SMALL.items() if key in specs}
    return complete({"model": name, "latent_dim": least_dim(name, latent_dim), "settings": {**small, **settings}})


def make(name: str, settings: dict[str, object], shape: tuple[int, int, int] = (1, 8, 8), latent_dim: int = 2):
    torch.manual_seed(0)
    model = build_model(config(name, settings, latent_dim), shape, CLASSES)
    model.begin(torch.rand(64, *shape))
    return model


def labels(count: int) -> torch.Tensor:
    return torch.arange(count) % len(CLASSES)


def optimizer_of(model, lr: float) -> torch.optim.Optimizer:
    return torch.optim.Adam(model.parameter_groups(lr, 0.0), lr=lr)


@pytest.mark.parametrize(("name", "settings"), CASES)
@pytest.mark.parametrize("shape", SHAPES)
def test_codes_and_images_have_the_shapes_of_the_data(name, settings, shape):
    model = make(name, settings, shape, latent_dim=3)
    x = torch.rand(5, *shape)
    z = model.encode_given(x, labels(5))
    assert z.shape == (5, model.code_size)
    assert model.decode(z).shape == x.shape


@pytest.mark.parametrize("latent_dim", [1, 2, 64, 256])
@pytest.mark.parametrize("name", MODELS)
def test_a_code_has_as_many_numbers_as_its_space_says(name, latent_dim):
    settled = config(name, {}, latent_dim)
    assert build_model(settled, (1, 8, 8), CLASSES).code_size == latent_space(settled, CLASSES).size


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_the_decoder_alone_decodes_as_the_model_does(name, settings):
    model = make(name, settings, (1, 28, 28)).eval()
    z = model.encode_given(torch.rand(4, 1, 28, 28), labels(4)).detach()
    torch.testing.assert_close(model.decoder_module()(z), model.decode(z))
    np.testing.assert_array_equal(FrozenDecoder(model)(z.numpy()), to_pixels(model.decode(z)))


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_the_loss_reaches_every_parameter(name, settings):
    model = make(name, settings)
    model.epochs_done = 1.0
    minimised(model.terms_given(torch.rand(16, 1, 8, 8), labels(16))).backward()
    silent = [key for key, p in model.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
    assert silent == []


@pytest.mark.parametrize("name", MODELS)
def test_an_opponent_and_the_rest_never_share_a_gradient(name):
    model = make(name, {})
    if model.opponent is None:
        return
    theirs = {id(parameter) for parameter in model.opponent.parameters()}
    for term, reached in (("loss", False), ("discriminator", True)):
        model.zero_grad()
        model.terms_given(torch.rand(16, 1, 8, 8), labels(16))[term].backward()
        for parameter in model.parameters():
            touched = parameter.grad is not None and bool(parameter.grad.abs().sum() > 0)
            assert not touched or (id(parameter) in theirs) == reached


@pytest.mark.parametrize(("name", "settings"), CASES)
@pytest.mark.parametrize("count", [16, 1])
def test_every_term_is_one_finite_number_even_of_a_single_image(name, settings, count):
    terms = make(name, settings).terms_given(torch.rand(count, 1, 8, 8), labels(count))
    assert "loss" in terms
    for value in terms.values():
        assert value.shape == ()
        assert torch.isfinite(value)


@pytest.mark.parametrize("name", MODELS)
def test_black_white_and_equal_images_break_nothing(name):
    model = make(name, {})
    for image in (torch.zeros(8, 1, 8, 8), torch.ones(8, 1, 8, 8)):
        model.zero_grad()
        terms = model.terms_given(image, labels(8))
        minimised(terms).backward()
        assert all(torch.isfinite(value) for value in terms.values())
        assert all(p.grad is None or torch.isfinite(p.grad).all() for p in model.parameters())


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_saved_weights_give_identical_images(name, settings, tmp_path):
    from safetensors.torch import load_file, save_file

    model, other = make(name, settings).eval(), make(name, settings).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    save_file(model.state_dict(), tmp_path / "weights.safetensors")
    other.load_state_dict(load_file(tmp_path / "weights.safetensors"))
    x, y = torch.rand(3, 1, 8, 8), labels(3)
    expected = model.decode(model.encode_given(x, y))
    torch.testing.assert_close(other.decode(other.encode_given(x, y)), expected, rtol=0, atol=0)


@pytest.mark.parametrize("name", MODELS)
def test_weights_can_be_put_into_a_model_that_has_no_memory_yet(name):
    model = make(name, {}).eval()
    with torch.device("meta"):
        other = build_model(config(name, {}), (1, 8, 8), CLASSES)
    other.load_state_dict(model.state_dict(), strict=True, assign=True)
    x, y = torch.rand(3, 1, 8, 8), labels(3)
    torch.testing.assert_close(other.eval().encode_given(x, y), model.encode_given(x, y))


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_a_few_steps_on_digits_lower_the_loss(name, settings):
    from ae_studio.data.images import load
    from ae_studio.models.pixels import to_unit

    data = load("digits")
    x, y = to_unit(torch.tensor(np.array(data.images[:128]))), torch.tensor(data.labels[:128])
    model = make(name, settings)
    model.begin(x)
    model.epochs_done = 1.0
    optimizer = optimizer_of(model, lr=4e-3)
    # Against an opponent that learns as well, the loss is a move in a game; what has to fall is the images' part.
    watched = "loss" if model.opponent is None else "reconstruction"
    losses = []
    for _ in range(60):
        optimizer.zero_grad()
        terms = model.terms_given(x, y)
        minimised(terms).backward()
        optimizer.step()
        losses.append(terms[watched].item())
    assert np.mean(losses[-5:]) < losses[0] - 0.1 * abs(losses[0])


@pytest.mark.parametrize("name", MODELS)
def test_the_same_seed_gives_the_same_numbers(name):
    def trained():
        model = make(name, {})
        optimizer = optimizer_of(model, lr=1e-3)
        seen = []
        for _ in range(3):
            optimizer.zero_grad()
            terms = model.terms_given(torch.rand(16, 1, 8, 8), labels(16))
            minimised(terms).backward()
            optimizer.step()
            seen.append({term: value.item() for term, value in terms.items()})
        return seen

    assert trained() == trained()


@pytest.mark.parametrize("name", MODELS)
def test_every_setting_works_at_its_bounds(name):
    for spec in field_specs(MODELS[name].settings).values():
        bounds = [*spec.choices, *(bound for bound in (spec.low, spec.high) if bound is not None)]
        for bound in bounds:
            if (bound == spec.low and spec.low_open) or (bound == spec.high and spec.high_open):
                continue
            value = int(bound) if spec.kind == "int" else bound
            model = make(name, {spec.name: value})
            assert torch.isfinite(model.terms_given(torch.rand(8, 1, 8, 8), labels(8))["loss"]), spec.name


@pytest.mark.parametrize("name", MODELS)
def test_sixteen_bits_change_the_loss_little(name):
    x, y = torch.rand(16, 1, 8, 8), labels(16)
    model = make(name, {}).eval()
    torch.manual_seed(1)
    exact = model.terms_given(x, y)
    torch.manual_seed(1)
    with torch.autocast("cpu", dtype=torch.bfloat16), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rounded = model.terms_given(x, y)
        minimised(rounded).backward()
    assert rounded["loss"].item() == pytest.approx(exact["loss"].item(), rel=0.1, abs=0.5)
    assert all(p.grad is None or torch.isfinite(p.grad).all() for p in model.parameters())


@pytest.mark.parametrize("name", MODELS)
def test_new_codes_can_be_drawn_and_decoded(name):
    model = make(name, {}).eval()
    with torch.no_grad():
        codes = model.encode_given(torch.rand(40, 1, 8, 8), labels(40)).numpy()
    drawn = FrozenSampler(model, codes)(7, seed=0)
    assert drawn.shape == (7, model.code_size)
    assert FrozenDecoder(model)(drawn).shape == (7, 8, 8)


@pytest.mark.parametrize("name", MODELS)
def test_what_is_drawn_beside_a_training_leaves_its_random_stream_alone(name):
    model = make(name, {}).eval()
    x, y = torch.rand(8, 1, 8, 8), labels(8)
    before = torch.get_rng_state()
    with torch.no_grad(), fixed_noise():
        codes = model.encode_given(x, y).numpy()
        terms = [model.terms_given(x, y)["loss"] for _ in range(2)]
        model.kl_given(x, y)
        if isinstance(model, VAE):
            model.log_weights(x, y, 3)
    drawn = FrozenSampler(model, codes)(5, seed=1)
    assert torch.equal(torch.get_rng_state(), before)
    np.testing.assert_array_equal(FrozenSampler(model, codes)(5, seed=1), drawn)
    assert all(torch.isfinite(loss) for loss in terms)


@pytest.mark.parametrize("name", MODELS)
def test_a_copy_of_the_model_is_its_own(name):
    model = make(name, {}).eval()
    other = copy.deepcopy(model)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1.0)
    z = model.encode_given(torch.rand(3, 1, 8, 8), labels(3)).detach()
    assert not torch.equal(other.decode(z), model.decode(z))


def test_every_family_reports_its_loss_in_a_unit():
    for name in MODELS:
        assert make(name, {}).loss_unit
        assert math.isfinite(least_dim(name, 1))


@pytest.mark.parametrize("name", MODELS)
def test_the_kl_of_each_image_is_the_kl_of_the_loss(name):
    model = make(name, {}).eval()
    x, y = torch.rand(40, 1, 8, 8), labels(40)
    with torch.no_grad():
        found, terms = model.kl_given(x, y), model.terms_given(x, y)
    if found is None:
        assert "kl" not in terms, "a model with a KL says it of each image too: kl_given"
        return
    assert found.ndim == 2
    assert len(found) == 40
    if "kl" in terms:
        of_images = found.sum(1)
        noise = 4 * of_images.std().item() / math.sqrt(40) if found.shape[1] == 1 else 0  # an estimate from samples
        assert of_images.mean().item() == pytest.approx(terms["kl"].item(), rel=1e-4, abs=1e-5 + noise)


def test_two_processes_keep_the_same_model(unused_port):
    """Of batches that are even, uneven, and smaller than there are processes."""
    script = str(Path(__file__).with_name("two_processes.py"))
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}

    def start(rank: str) -> subprocess.Popen[str]:
        command = [sys.executable, script, rank, unused_port]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    with start("0") as first, start("1") as second:
        try:
            said, _ = first.communicate(timeout=100)
        finally:
            first.kill()
            second.kill()
    assert json.loads(said.splitlines()[-1]) == {name: [] for name in MODELS}


@pytest.fixture
def unused_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])
