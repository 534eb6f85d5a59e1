from __future__ import annotations

from pathlib import Path

import pytest

from ae_studio import paths
from ae_studio.paths import data_root, resource, runs_root

PLACES = pytest.mark.parametrize(
    ("place", "variable", "folder"), [(runs_root, "AE_STUDIO_RUNS", "runs"), (data_root, "AE_STUDIO_DATA", "data")]
)


@PLACES
def test_the_environment_says_where_things_live(place, variable, folder, monkeypatch, tmp_path):
    monkeypatch.setenv(variable, f" {tmp_path / 'here'} ")
    assert place() == tmp_path / "here"


@PLACES
def test_a_tilde_is_the_home_folder(place, variable, folder, monkeypatch):
    monkeypatch.setenv(variable, "~/somewhere")
    assert place() == Path.home() / "somewhere"


@PLACES
@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_it_things_live_in_the_users_data_folder(place, variable, folder, value, monkeypatch, tmp_path):
    monkeypatch.delenv(variable) if value is None else monkeypatch.setenv(variable, value)
    monkeypatch.setattr(paths.platformdirs, "user_data_dir", lambda app, appauthor: str(tmp_path / app))
    assert place() == tmp_path / "ae-studio" / folder


@PLACES
def test_asking_makes_no_folder(place, variable, folder, monkeypatch, tmp_path):
    monkeypatch.setenv(variable, str(tmp_path / "here"))
    place()
    assert list(tmp_path.iterdir()) == []


def test_resources_lie_beside_the_package_in_a_checkout_and_inside_it_when_installed(monkeypatch, tmp_path):
    package = tmp_path / "ae_studio"
    package.mkdir()
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert resource("style.qss") == tmp_path / "resources" / "style.qss"
    (package / "resources").mkdir()
    assert resource("style.qss") == package / "resources" / "style.qss"
