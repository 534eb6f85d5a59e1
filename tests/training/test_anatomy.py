"""A step from the inside: what it tells is true, and it is the step that would have been taken anyway."""

import copy
import math
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from ae_studio.config import field_specs
from ae_studio.data.batches import Armful
from ae_studio.events import EpochDone, LookDone, StepSeen
from ae_studio.models.base import OPPONENT, Autoencoder
from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS
from ae_studio.models.pixels import to_pixels, to_unit
from ae_studio.training.anatomy import SHOWN
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.module import TrainingModule
from ae_studio.training.train import train
from tests.models.test_models import CLASSES, SMALL, least_dim

SHAPE = (1, 8, 8)
BATCH, STEPS = 12, 3
VARIANTS = [
    *((name, {}) for name in MODELS),
    ("vae", {"network": "conv"}),
    ("conditional-vae", {"network": "conv"}),
    ("vae", {"reconstruction": "gaussian-linear"}),
    ("rae", {"regulariser": "gp"}),  # decodes inside of torch.func only
    ("rae", {"regulariser": "sn"}),  # whose norms are buffers that every forward pass moves on
    ("topological", {"batch_norm": True}),
    ("sparse", {"kind": "top-k"}),
    ("denoising", {"corruption": "mask"}),
    ("contractive", {"projections": 1}),
]


class Watching:
    """An observer that sees every step from the inside, or none."""

    def __init__(self, inspecting):
        self.inspecting = inspecting
        self.seen, self.terms = [], []

    def before_step(self):
        pass

    def tell_step(self, seen):
        self.seen.append(seen)

    def after_step(self, step, terms, images):
        self.terms.append({name: value.item() for name, value in terms.items()})


def config_of(name, settings, **values):
    specs = field_specs(MODELS[name].settings)
    small = {key: value for key, value in SMALL.items() if key in specs}
    values = {
        "model": name,
        "latent_dim": least_dim(name, 2),
        "batch_size": BATCH,
        "settings": {**small, **settings},
    } | values
    return complete(values)


def trained(config, inspecting, steps=STEPS, autocast=False, dropout=0.0):
    """The module behind some steps, what was told of them, and where the random stream is then."""
    torch.manual_seed(0)
    observer = Watching(inspecting)
    module = TrainingModule(build_model(config, SHAPE, CLASSES), config, 5, observer)
    images = torch.randint(0, 256, (BATCH * steps, *SHAPE), dtype=torch.uint8)
    labels = torch.randint(0, len(CLASSES), (BATCH * steps,))
    module.model.begin(to_unit(images), len(images))
    if dropout:
        module.model.encoder.append(torch.nn.Dropout(dropout))
    adam = torch.optim.Adam(module.model.parameter_groups(config.lr, 0.0), lr=config.lr, fused=True)
    module.optimizers = lambda use_pl_optimizer=False: adam
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=autocast):
        module.training_step(Armful(iter([(images, labels, len(images))])), 0)
    return module, observer, torch.get_rng_state()


@pytest.mark.parametrize("autocast", [False, True], ids=["32 bit", "bf16"])
@pytest.mark.parametrize(("name", "settings"), VARIANTS)
def test_a_step_that_is_seen_is_the_same_step_for_every_family(name, settings, autocast):
    config = config_of(name, settings, clip=0.5)
    (plain, without, stream), (module, observer, same_stream) = (
        trained(config, inspecting, autocast=autocast) for inspecting in (False, True)
    )
    assert not without.seen
    assert observer.terms == without.terms
    for key, value in plain.model.state_dict().items():
        assert torch.equal(module.model.state_dict()[key], value), key
    assert torch.equal(stream, same_stream)
    assert [seen.step for seen in observer.seen] == [1, 2, 3]


def test_a_model_that_draws_while_it_encodes_draws_the_same_and_tells_the_codes_of_its_step():
    """As a model of the user's own may: with dropout there are other codes each time."""
    (plain, _, stream), (module, observer, same_stream) = (
        trained(config_of("deep", {}), inspecting, dropout=0.5) for inspecting in (False, True)
    )
    assert torch.equal(stream, same_stream)
    assert all(torch.equal(*pair) for pair in zip(plain.parameters(), module.parameters(), strict=True))
    assert all(np.array_equal(seen.codes, seen.samples) for seen in observer.seen)


@pytest.mark.parametrize(("name", "settings"), VARIANTS)
def test_every_family_tells_all_of_a_step(name, settings):
    module, observer, _ = trained(config_of(name, settings), True)
    size = module.model.code_size
    for seen, terms in zip(observer.seen, observer.terms, strict=True):
        assert seen.terms == terms
        assert seen.images.shape == seen.decoded.shape == (SHOWN, 8, 8)
        assert seen.batch_size == BATCH
        assert seen.labels.shape == (SHOWN,)
        assert seen.codes.shape == seen.samples.shape == (SHOWN, size)
        assert seen.spread is None or seen.spread.shape == (SHOWN, module.model.latent_dim)
        assert sum(layer.weights for layer in seen.layers) == sum(p.numel() for p in module.model.parameters())
        assert len({layer.name for layer in seen.layers}) == len(seen.layers)
        assert seen.gradient > 0
        for layer in seen.layers:
            assert all(math.isfinite(number) for number in (layer.gradient, layer.size, layer.update))
            assert (layer.gradient > 0) == (layer.update > 0)
        for array in (seen.images, seen.labels, seen.codes, seen.samples, seen.decoded):
            assert not array.flags.writeable
    drawn = {seen.noise for seen in observer.seen}
    assert drawn == {NOISE.get(name, "posterior" if has_posterior(name) else "none")}


NOISE = {"denoising": "image", "vq-vae": "none"}


def has_posterior(name):
    return MODELS[name].model_class().kl_given is not Autoencoder.kl_given


@pytest.mark.parametrize(("name", "settings"), [each for each in VARIANTS if each[0] not in ("rae", "topological")])
def test_what_was_decoded_is_what_the_weights_before_the_step_make_of_the_samples(name, settings):
    """Of the first step, so that the weights before it are those that the seed gives."""
    config = config_of(name, settings)
    [seen] = trained(config, True, steps=1)[1].seen
    torch.manual_seed(0)
    model = build_model(config, SHAPE, CLASSES)
    images = torch.randint(0, 256, (BATCH, *SHAPE), dtype=torch.uint8)
    model.begin(to_unit(images), len(images))
    with torch.no_grad():
        decoded = to_pixels(model.decode(torch.tensor(seen.samples)))
    assert np.abs(decoded.astype(int) - seen.decoded).max() <= 1
    assert np.array_equal(seen.images, images[:SHOWN, 0].numpy())


def one_vae_step(**values):
    """The VAE before its first step, its batch, and that step."""
    config = config_of("vae", {"beta": 3.0}, **values)
    torch.manual_seed(0)
    model = build_model(config, SHAPE, CLASSES)
    images = torch.randint(0, 256, (BATCH, *SHAPE), dtype=torch.uint8)
    module, observer, _ = trained(config, True, steps=1)
    return model, to_unit(images), module, observer.seen[0], config


def before_the_noise(config):
    """The random stream to where the first step draws: behind the weights, the images and the classes."""
    torch.manual_seed(0)
    build_model(config, SHAPE, CLASSES)
    torch.randint(0, 256, (BATCH, *SHAPE), dtype=torch.uint8)
    torch.randint(0, len(CLASSES), (BATCH,))


def size(tensors):
    return math.sqrt(sum(each.square().sum().item() for each in tensors))


def test_the_vaes_codes_spread_and_samples_are_those_of_the_step():
    model, x, _, seen, config = one_vae_step()
    with torch.no_grad():
        mu, logvar = model.posterior(x)
    assert np.allclose(seen.codes, mu[:SHOWN].numpy())
    assert np.allclose(seen.spread, torch.exp(0.5 * logvar[:SHOWN]).numpy())
    before_the_noise(config)
    eps = torch.randn(BATCH, 2)[:SHOWN].numpy()
    assert np.allclose(seen.samples, seen.codes + seen.spread * eps, atol=1e-6)
    assert seen.noise == "posterior"


@pytest.mark.parametrize("clip", [0.0, 0.1])
def test_gradients_are_autograds_before_they_are_clipped(clip):
    model, x, _, seen, config = one_vae_step(clip=clip)
    before_the_noise(config)
    loss = model.terms(x)["loss"]
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    assert seen.terms["loss"] == pytest.approx(loss.item(), rel=1e-6)
    assert seen.gradient == pytest.approx(size(gradients), rel=1e-5)
    first = gradients[:2]  # weight and offset of the encoder's first layer
    assert seen.layers[0].name == "encoder 1"
    assert seen.layers[0].gradient == pytest.approx(size(first), rel=1e-5)
    assert seen.clip == clip
    assert [layer.name for layer in seen.layers] == ["encoder 1", "encoder 2", "decoder 1", "decoder 2"]


def test_the_first_update_is_adams_formula():
    """m^ / (sqrt(v^) + eps) of the first step is g / (|g| + eps)."""
    model, x, _, seen, config = one_vae_step()
    before_the_noise(config)
    gradients = torch.autograd.grad(model.terms(x)["loss"], list(model.parameters()))
    parameters = list(model.parameters())
    for index, layer in enumerate(seen.layers):
        pair = slice(2 * index, 2 * index + 2)
        moved = [config.lr * g / (g.abs() + 1e-8) for g in gradients[pair]]
        assert layer.update == pytest.approx(size(moved), rel=1e-3)
        assert layer.size == pytest.approx(size(parameters[pair]), rel=1e-6)
    assert seen.learning_rate == config.lr


@pytest.mark.parametrize(("name", "settings"), VARIANTS)
def test_where_the_weights_are_known_the_parts_add_up_to_the_loss(name, settings):
    _, observer, _ = trained(config_of(name, settings), True)
    for seen in observer.seen:
        if seen.weights:
            total = sum(weight * seen.terms[term] for term, weight in seen.weights.items())
            assert total == pytest.approx(seen.terms["loss"], rel=1e-4, abs=1e-4)


def test_the_first_of_several_samples_of_an_image_is_told():
    """The iwae's samples of an image lie behind each other."""
    config = config_of("iwae", {"samples": 4})
    [seen] = trained(config, True, steps=1)[1].seen
    torch.manual_seed(0)
    model = build_model(config, SHAPE, CLASSES)
    x = to_unit(torch.randint(0, 256, (BATCH, *SHAPE), dtype=torch.uint8))
    torch.randint(0, len(CLASSES), (BATCH,))
    eps = torch.randn(BATCH, 4, 2)
    with torch.no_grad():
        mu, logvar = model.posterior(x)
    expected = mu + torch.exp(0.5 * logvar) * eps[:, 0]
    assert np.allclose(seen.samples, expected[:SHOWN].numpy(), atol=1e-6)


def test_an_opponents_layers_are_told_and_its_gradient_is_not_the_models():
    _, observer, _ = trained(config_of("adversarial", {}), True)
    seen = observer.seen[0]
    own = [layer.gradient for layer in seen.layers if not layer.name.startswith(OPPONENT)]
    assert seen.gradient == pytest.approx(math.hypot(*own), rel=1e-6)
    assert len(own) < len(seen.layers)


def test_a_step_that_fails_leaves_no_hook_behind():
    config = config_of("vae", {})
    module, _, _ = trained(config, True, steps=1)
    module.model.terms_given = lambda x, y: 1 / 0
    with pytest.raises(ZeroDivisionError):
        module._seen_step(torch.zeros(BATCH, *SHAPE, dtype=torch.uint8), torch.zeros(BATCH, dtype=torch.int64))
    assert not module.model.decoder._forward_hooks
    assert not copy.deepcopy(module.model).decoder._forward_hooks


def whole_run(folder, seen, **values):
    """Three epochs of a run, every step of it asked for, or none."""
    control, events = RunControl(live=True), []

    def take(event):
        events.append(event)
        if isinstance(event, StepSeen):
            control.step(seen=True)

    if seen:
        control.step(seen=True)
    small = {"data": "digits", "epochs": 2, "batch_size": 300, "device": "cpu", "settings": {"hidden": "16"}}
    end = train(complete(small | values), take, control, out=folder)
    assert end.outcome == "finished", end.reason
    return events, (folder / "metrics.csv").read_bytes()


@pytest.mark.parametrize(
    "values",
    [{"model": "vae", "clip": 0.5}, {"model": "adversarial"}, {"model": "vae", "precision": "bf16"}],
    ids=["clip", "opponent", "bf16"],
)
def test_a_run_of_seen_steps_keeps_the_same_metrics_to_the_byte(tmp_path, values):
    events, seen = whole_run(tmp_path / "seen", True, **values)
    _, plain = whole_run(tmp_path / "plain", False, **values)
    assert seen == plain
    told = [event for event in events if isinstance(event, StepSeen)]
    assert [event.step for event in told] == list(range(1, len(told) + 1))
    assert [event.epoch for event in told] == [1] * (len(told) // 2) + [2] * (len(told) // 2)


def test_the_look_before_a_seen_step_is_of_its_weights(tmp_path):
    """So that its codes lie where the canvas has them; and one behind it shows where the points went."""
    events, _ = whole_run(tmp_path / "run", True)
    kinds = [event for event in events if isinstance(event, LookDone | EpochDone | StepSeen)]
    assert sum(isinstance(event, StepSeen) for event in kinds) == 2 * events[0].steps_per_epoch
    for before, event in pairwise(kinds):
        if isinstance(event, StepSeen):
            assert before.look.step == event.step - 1


def test_the_readmes_example_looks_inside_three_steps(tmp_path, monkeypatch, capsys):
    page = Path(__file__).resolve().parents[2] / "README.md"
    [example] = [
        block
        for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        if "seen" in block
    ]
    exec(example, {})
    assert capsys.readouterr().out.count("decoder 1") == 3
