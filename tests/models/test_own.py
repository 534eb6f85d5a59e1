"""Files from anybody: whatever is in them, what is wrong is said with its line, and the app goes on."""

import sys
from types import SimpleNamespace

import pytest

from ae_studio.config import ConfigError
from ae_studio.models import own
from ae_studio.models.catalog import MODELS, family, model_class
from ae_studio.models.own import installed, load, load_file, loaded
from ae_studio.models.own_file import NotTrusted, trust_file
from tests.models.own_files import WHOLE, replaced, written


def modules():
    return {name for name in sys.modules if name.startswith("ae_studio_own_")}


def test_a_file_is_a_family_like_any_other(tmp_path):
    path = written(tmp_path)
    known = family(str(path))
    assert known.name == str(path)
    assert known.card.short == known.model_class().__name__ == "Plain"
    assert known.card.summary == "A linear autoencoder."
    assert known.card.group == "Your own"
    assert model_class(str(path)) is known.model_class()
    assert known.source.content == path.read_bytes()


def test_a_relative_path_names_the_same_family(tmp_path, monkeypatch):
    path = written(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert family("mine.py") is family(str(path))


def test_nothing_runs_that_was_not_trusted(tmp_path):
    path = written(tmp_path, f"open({str(tmp_path / 'ran')!r}, 'w')", trusted=False)
    for ask in (load_file, lambda path: family(str(path))):
        with pytest.raises(NotTrusted):
            ask(path)
    assert not (tmp_path / "ran").exists()


def test_a_file_runs_once_and_again_when_it_has_changed_and_is_trusted_anew(tmp_path):
    path = written(tmp_path)
    first = load_file(path)
    assert load_file(path) is first
    path.write_text(WHOLE.replace("class Plain", "class Changed"))
    with pytest.raises(NotTrusted, match="has changed since it was opened"):
        load_file(path)
    assert family(str(path)) is first, "the form shows what was loaded until it is loaded anew"
    trust_file(path)
    assert load_file(path).card.short == "Changed"


BROKEN = {
    "syntax": (WHOLE + "\ndef f(:\n", r"SyntaxError: .* \(mine.py, line \d+: `def f\(:`\)"),
    "indent": ("if True:\nx = 1\n", r"IndentationError: .* \(mine.py, line 2: `x = 1`\)"),
    "raises": ("x = 1\nraise ValueError('no')\n", r"ValueError: no \(mine.py, line 2: `raise ValueError\('no'\)`\)"),
    "exits": ("import sys\nsys.exit(3)\n", r"The file ends the program \(mine.py, line 2: `sys.exit\(3\)`\)"),
    "recursion": ("def f():\n    f()\nf()\n", r"RecursionError: .* \(mine.py, line 2: `f\(\)`\)"),
    "base exception": ("raise BaseException('x')\n", r"BaseException: x \(mine.py, line 1"),
    "generator exit": ("raise GeneratorExit\n", r"GeneratorExit \(mine.py, line 1"),
    "no module": (
        "import nosuchmodule\n",
        r"No module named 'nosuchmodule' \(mine.py, line 1.*pip install nosuchmodule",
    ),
    "nul": ("x = 1\0\n", "is no text in UTF-8"),
    "deep": ("(" * 5000 + ")" * 5000, r"mine.py"),
    "empty": ("", "mine.py: defines no class derived from Autoencoder. A model begins with"),
    "a network": (
        "import torch\nclass Net(torch.nn.Module): pass\n",
        "Net is derived from nn.Module, none from Autoencoder",
    ),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_says_what_is_wrong_and_where_and_leaves_nothing(text, message, tmp_path):
    path, before = written(tmp_path, text), modules()
    with pytest.raises(ConfigError, match=message):
        load_file(path)
    assert modules() == before
    assert loaded(str(path)) is None


def test_a_file_that_is_not_utf_8_says_so(tmp_path):
    path = tmp_path / "mine.py"
    path.write_bytes(b'x = "\xff"\n')
    trust_file(path)
    with pytest.raises(ConfigError, match="is no text in UTF-8"):
        load_file(path)


def test_ctrl_c_while_a_file_loads_is_no_error_of_the_file(tmp_path):
    path, before = written(tmp_path, "raise KeyboardInterrupt\n"), modules()
    with pytest.raises(KeyboardInterrupt):
        load_file(path)
    assert modules() == before


def test_a_module_beside_the_file_is_not_found_and_that_is_said(tmp_path):
    (tmp_path / "layers_of_mine.py").write_text("x = 1\n")
    with pytest.raises(ConfigError, match="layers_of_mine lies beside the file, but a model is one file, whole"):
        load_file(written(tmp_path, "import layers_of_mine\n"))


def test_the_packaged_app_says_that_it_has_only_its_own_libraries(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ConfigError, match="The packaged AE Studio has only its own libraries"):
        load_file(written(tmp_path, "import nosuchmodule\n"))


def test_annotations_that_are_texts_are_understood(tmp_path):
    settings = replaced(
        "    def __init__",
        "    class Settings(ModelSettings):\n        kind: Literal['a', 'b'] = 'a'\n\n    def __init__",
    )
    head = "from __future__ import annotations\nfrom typing import Literal\n"
    known = load_file(written(tmp_path, f"{head}from ae_studio.models.settings import ModelSettings\n{settings}"))
    assert known.settings().kind == "a"


# Installed packages


class Entry(SimpleNamespace):
    def load(self):
        return self.loads()


@pytest.fixture
def offers(monkeypatch):
    """Makes an installed package offer a model of this name."""
    monkeypatch.setattr(own, "_loaded", {})

    def offers(name, loads):
        entry = Entry(name=name, value="package.module:Model", loads=loads, dist=None)
        monkeypatch.setattr(own, "entry_points", lambda group: [entry] if group == "ae_studio.models" else [])

    return offers


def test_an_installed_model_is_listed_without_being_loaded(offers):
    offers("theirs", lambda: pytest.fail("was loaded"))
    assert list(installed()) == ["theirs"]
    with pytest.raises(ConfigError, match=r"did you mean 'theirs'\?"):
        family("their")


def test_an_installed_model_is_a_family(offers, tmp_path):
    model = load_file(written(tmp_path)).model_class()
    offers("theirs", lambda: model)
    assert family("theirs").model_class() is model
    assert family("theirs").name == "theirs"
    assert family("theirs") is family("theirs")


def test_the_apps_own_names_are_its_own(offers):
    offers("vae", lambda: pytest.fail("was loaded"))
    assert installed() == {}
    assert family("vae") is MODELS["vae"]


@pytest.mark.parametrize(
    ("loads", "message"),
    [
        (lambda: 1 / 0, r"model 'theirs' \(package.module:Model\): ZeroDivisionError: .* \(test_own.py, line"),
        (lambda: sys.exit(1), "model 'theirs' .*SystemExit"),
        (lambda: int, "is no class that fills in ae_studio's Autoencoder"),
        (lambda: None, "is no class that fills in ae_studio's Autoencoder"),
    ],
)
def test_a_broken_installed_model_is_said_by_its_name(offers, loads, message):
    offers("theirs", loads)
    with pytest.raises(ConfigError, match=message):
        load("theirs")
    assert family("vae") is MODELS["vae"]
