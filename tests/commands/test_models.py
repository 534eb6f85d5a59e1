import json

import pytest

from ae_studio.cli import main
from ae_studio.models.catalog import MODELS
from tests.commands.small_runs import help_of, told_wrong
from tests.models.own_files import written


def said(capsys, *words):
    assert main(["models", *words]) == 0
    return capsys.readouterr().out


def test_every_model_has_a_line_and_none_is_wider_than_the_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = said(capsys).splitlines()
    assert set(MODELS) <= {line.split()[0] for line in lines if line.strip()}
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("name", ["deep", "beta-vae", "vq-vae"])
def test_a_card_names_every_setting_as_it_is_typed(capsys, name):
    settings = json.loads(said(capsys, name, "--json"))["settings"]
    text = said(capsys, name)
    assert settings
    for setting in settings:
        assert f"--set {setting['name']}=" in text


def test_the_settings_of_a_card_are_those_that_a_training_takes(capsys, tmp_path):
    """Each at the value that its card names."""
    settings = json.loads(said(capsys, "vae", "--json"))["settings"]
    pairs = [word for each in settings for word in ("--set", f"{each['name']}={as_typed(each['default'])}")]
    assert main(["sweep", "--model", "vae", *pairs, "--seeds", "2", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("2 runs")


def as_typed(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_a_model_that_is_not_known_is_answered_with_the_nearest_and_the_list(capsys):
    line = told_wrong(capsys, "models", "vq-vea", "--json")
    assert line.startswith("ae-studio: unknown model 'vq-vea': did you mean 'vq-vae'?")
    assert all(name in line for name in MODELS)


def test_a_file_of_ones_own_that_is_not_there_is_named(tmp_path, capsys):
    assert told_wrong(capsys, "models", tmp_path / "no.py").endswith("no.py: there is no such file")


def test_a_file_without_a_model_is_refused_with_what_it_lacks(tmp_path, capsys):
    line = told_wrong(capsys, "models", written(tmp_path, "x = 1\n", "empty.py", trusted=False))
    assert "empty.py" in line
    assert "Autoencoder" in line


def test_a_file_of_ones_own_has_a_card_as_json_too(tmp_path, capsys):
    card = json.loads(said(capsys, str(written(tmp_path, trusted=False)), "--json"))
    assert card["summary"] == "A linear autoencoder."


def test_help_says_what_a_name_can_be(capsys):
    assert "a .py file with one, which is run" in help_of(capsys, "models")
