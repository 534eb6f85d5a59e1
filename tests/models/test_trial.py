import pytest
import torch

from ae_studio.config import ConfigError, RunConfig
from ae_studio.models.own import load_file
from ae_studio.models.trial import IMAGES, try_out
from tests.models.own_files import WHOLE, replaced, written

SHAPE = (1, 6, 5)


def tried(tmp_path, text, *, images=32, shared=False):
    path = written(tmp_path, text)
    load_file(path)
    generator = torch.Generator().manual_seed(0)
    x = torch.rand((images, *SHAPE), generator=generator)
    try_out(RunConfig(model=str(path)), x, torch.zeros(images, dtype=torch.int64), ("a",), shared=shared)


def test_a_model_that_does_everything_right_passes_and_leaves_the_random_numbers_alone(tmp_path):
    before = torch.random.get_rng_state()
    tried(tmp_path, WHOLE)
    assert torch.equal(torch.random.get_rng_state(), before)


def line_of(text, piece):
    return text[: text.index(piece)].count("\n") + 1


LOSS = "((self.decode(self.encode(x)) - x) ** 2).mean()"
WRONG = {
    "codes of another size": ("encode", "self.encoder(x.flatten(1))", "self.both(x.flatten(1))", r"got \(8, 30\)"),
    "codes of one image": ("encode", "(x.flatten(1))", "(x.flatten(1)).squeeze()", r"here \(1, 2\), got \(2,\)"),
    "codes without numbers": ("encode", "(x.flatten(1))", "(x.flatten(1)) / 0", "numbers that are not finite"),
    "no codes": ("encode", "return self.encoder", "self.encoder", r"a tensor \(8, 2\), got NoneType"),
    "flat images": ("decode", ".unflatten(1, self.image_shape)", "", r"here \(8, 1, 6, 5\), got \(8, 30\)"),
    "another decoder": ("decoder_module", "Sequential(self.decoder,", "Sequential(self.decoder, nn.ReLU(),", "differ"),
    "no decoder": ("decoder_module", "nn.Sequential(self.decoder, nn", "nn.Sequential(nn", "does not decode: "),
    "no loss": ("terms", '{"loss": ', '{"lose": ', 'with "loss" among them, the one to minimise; got the terms lose'),
    "no dict": ("terms", '{"loss": ' + LOSS + "}", LOSS, "got Tensor"),
    "a loss an image": ("terms", "** 2).mean()", "** 2).flatten(1).mean(1)", r'"loss" must be one number.*\(8,\)'),
    "a loss without torch": ("terms", "** 2).mean()", "** 2).mean().item()", '"loss" must be a tensor .* got float'),
    "a detached loss": ("terms", "** 2).mean()", "** 2).mean().detach()", "does not depend on the weights"),
    "not a number": ("terms", "** 2).mean()", "** 2).mean() * float('nan')", '"loss" is nan on the very first images'),
    "a comma": ("terms", '{"loss": ', '{"a,b": x.mean(), "loss": ', "a term cannot be named 'a,b'"),
    "a taken name": ("terms", '{"loss": ', '{"lr": x.mean(), "loss": ', "a term cannot be named 'lr'"),
}


@pytest.mark.parametrize(("method", "right", "wrong", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_the_method_and_its_line(method, right, wrong, message, tmp_path):
    text = replaced(right, wrong) if WHOLE.count(right) == 1 else WHOLE.replace(right, wrong, 1)
    line = line_of(text, f"def {method}(")
    with pytest.raises(ConfigError, match=rf"^mine.py, line {line}: {method}: .*{message}"):
        tried(tmp_path, text)


def test_a_model_without_weights_has_nothing_to_learn(tmp_path):
    text = WHOLE.replace("nn.Linear(self.pixels, latent_dim)", "nn.Flatten()")
    text = text.replace("nn.Linear(latent_dim, self.pixels)", "nn.Flatten()")
    with pytest.raises(ConfigError, match="__init__: makes no weights, so there is nothing to learn"):
        tried(tmp_path, text)


def test_a_code_size_that_the_settings_do_not_know_is_said(tmp_path):
    text = replaced("    def encode", "    @property\n    def code_size(self):\n        return 5\n\n    def encode")
    with pytest.raises(ConfigError, match=r"code_size: is 5, but space\(...\) of its Settings says 2"):
        tried(tmp_path, text)


def test_weights_without_a_gradient_are_named_where_several_processes_train(tmp_path):
    text = replaced("self.both = nn.Sequential(self.encoder, self.decoder)", "self.unused = nn.Linear(2, 2)")
    tried(tmp_path, text)
    with pytest.raises(ConfigError, match=r"none reaches unused\.weight, unused\.bias"):
        tried(tmp_path, text, shared=True)


def test_what_the_users_code_raises_comes_as_it_is(tmp_path):
    with pytest.raises(RuntimeError, match="mat1 and mat2"):
        tried(tmp_path, replaced("self.encoder(x.flatten(1))", "self.encoder(x)"))


def test_a_model_begins_with_all_the_images_and_is_tried_on_a_few(tmp_path):
    begin = "    def begin(self, x):\n        assert len(x) == 32\n\n    def encode"
    few = f"    def encode(self, x):\n        assert len(x) <= {IMAGES}"
    tried(tmp_path, WHOLE.replace("    def encode(self, x):", few).replace("    def encode", begin, 1))


def test_batch_normalisation_is_no_obstacle(tmp_path):
    normed = "nn.Sequential(nn.Linear(self.pixels, latent_dim), nn.BatchNorm1d(latent_dim))"
    tried(tmp_path, replaced("nn.Linear(self.pixels, latent_dim)", normed))
