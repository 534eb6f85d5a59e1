import pytest

from ae_studio.config import ConfigError, field_specs
from ae_studio.models.own import load_file
from ae_studio.models.settings import ModelSettings, StackSettings, VaeSettings
from tests.models.own_files import WHOLE, replaced, written

SECOND = "\n\nclass Second(Plain):\n    pass\n"


def with_settings(body, base="ModelSettings"):
    """The whole model with these lines in its Settings."""
    imports = (
        "from typing import Literal\nfrom ae_studio.config import setting\nfrom ae_studio.models.settings import *\n"
    )
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    head = f"    class Settings({base}):\n{lines}\n    def __init__"
    return imports + replaced("    def __init__", head)


def test_of_two_models_the_file_says_which(tmp_path):
    with pytest.raises(
        ConfigError, match=r"defines 2 models, Plain and Second; say which by a last line `MODEL = Seco"
    ):
        load_file(written(tmp_path, WHOLE + SECOND, "two.py"))
    chosen = load_file(written(tmp_path, f"{WHOLE}{SECOND}\nMODEL = Plain\n", "chosen.py"))
    assert chosen.card.short == "Plain"


@pytest.mark.parametrize("choice", ["3", "'Plain'", "nn.Linear"])
def test_a_choice_that_is_no_model_is_refused(choice, tmp_path):
    with pytest.raises(ConfigError, match="MODEL must be a class derived from Autoencoder, got"):
        load_file(written(tmp_path, f"{WHOLE}\nMODEL = {choice}\n"))


def test_missing_methods_are_named_with_the_line_of_the_class(tmp_path):
    text = WHOLE[: WHOLE.index("    def decoder_module")]
    line = text[: text.index("class Plain")].count("\n") + 1
    with pytest.raises(ConfigError, match=f"mine.py, line {line}: Plain lacks decoder_module and terms"):
        load_file(written(tmp_path, text))


def test_a_class_that_is_only_imported_is_not_the_files_own(tmp_path):
    with pytest.raises(ConfigError, match="defines no class derived from Autoencoder"):
        load_file(written(tmp_path, "from ae_studio.models.vae import VAE\n"))


def test_a_constructor_that_cannot_be_called_is_said_before_it_is(tmp_path):
    text = replaced("__init__(self, image_shape, latent_dim, settings):", "__init__(self):")
    with pytest.raises(ConfigError, match=r"Plain must be made by __init__\(self, image_shape, latent_dim, settings\)"):
        load_file(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (WHOLE, ModelSettings),
        ("from ae_studio.models.vae import VAE\nclass Mine(VAE): pass\n", VaeSettings),
        (
            "from ae_studio.models.base import StackedAutoencoder\nclass Mine(StackedAutoencoder):\n"
            "    def encode(self, x): ...\n    def terms(self, x): ...\n",
            StackSettings,
        ),
        (
            "from ae_studio.models.base import StackedAutoencoder\nfrom ae_studio.models.settings import VaeSettings\n"
            "class Mine(StackedAutoencoder[VaeSettings]):\n"
            "    def encode(self, x): ...\n    def terms(self, x): ...\n",
            VaeSettings,
        ),
    ],
)
def test_without_settings_of_its_own_a_class_has_those_of_its_base(text, settings, tmp_path):
    assert load_file(written(tmp_path, text)).settings is settings


def test_settings_of_ones_own_become_flags_and_fields(tmp_path):
    body = """\
weight: float = setting(0.5, "Weight", "how much", ge=0, le=10)
kind: Literal["a", "b"] = "a"
deep: bool = False"""
    specs = field_specs(load_file(written(tmp_path, with_settings(body))).settings)
    assert [(spec.name, spec.kind, spec.default) for spec in specs.values()] == [
        ("weight", "float", 0.5),
        ("kind", "choice", "a"),
        ("deep", "bool", False),
    ]
    assert specs["weight"].label == "Weight"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("weight: float", "weight needs a value to begin with, like `weight: float = setting"),
        ("epochs: int = 3", "epochs is a setting of every run already"),
        ("widths: list[int] = [1]", "widths must be an int, float, bool, str or a Literal"),
        ("weight: float = setting(20.0, 'W', 'w', ge=0, le=10)", "weight must be a number, 0 to 10, got 20.0"),
        ("weight: float = setting(1.0, 'W', 'w', only_if='mode=x')", "weight depends on 'mode', which there is not"),
    ],
)
def test_settings_that_could_be_no_form_are_refused_in_words(body, message, tmp_path):
    with pytest.raises(ConfigError, match=f"mine.py, line .*{message}"):
        load_file(written(tmp_path, with_settings(body)))


def test_settings_of_another_kind_are_refused(tmp_path):
    with pytest.raises(ConfigError, match="Settings must be derived from ModelSettings or StackSettings"):
        load_file(written(tmp_path, with_settings("weight: float = 1.0", base="object")))


def test_the_card_is_the_docstring_and_what_the_class_adds(tmp_path):
    card = load_file(written(tmp_path)).card
    assert (card.summary, card.purpose) == ("A linear autoencoder.", "It is here to be tested.")
    assert (card.title, card.formula, card.paper) == ("Plain", "", "Your own: mine.py")
    told = 'class SparseCoder2D(Plain):\n    formula = "L = R"\n    title = "My coder"\n    paper = "Me 2026"\n'
    card = load_file(written(tmp_path, f"{WHOLE}\n\n{told}\nMODEL = SparseCoder2D\n", "told.py")).card
    assert (card.title, card.formula, card.paper) == ("My coder", "L = R", "Me 2026")
    assert card.summary == "A model of your own, from told.py."


def test_a_card_of_anything_but_text_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="title"):
        load_file(written(tmp_path, replaced("    def __init__", "    title = 3\n\n    def __init__")))
