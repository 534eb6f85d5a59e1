"""Flags that several commands have, as a user types them."""

import json

import pytest

from ae_studio.cli import main
from tests.commands.small_runs import refused, told_wrong
from tests.models.own_files import written


@pytest.mark.parametrize("number", ["-1", "1.5", "last", "", "²"])
def test_what_is_no_whole_number_is_refused_with_the_range(capsys, number):
    line = refused(capsys, "evaluate", "run", "--epoch", number)
    assert f"--epoch: must be a whole number, at least 0, got {number!r}" in line


@pytest.mark.parametrize("number", ["0", "1000"])
def test_a_whole_number_outside_its_range_is_refused(capsys, number):
    assert f"must be a whole number, 1 to 999, got '{number}'" in refused(
        capsys, "evaluate", "run", "--neighbours", number
    )


def test_both_ends_of_a_range_belong_to_it(capsys):
    for number in ("1", "999"):
        assert "no such run folder" in told_wrong(capsys, "evaluate", "nowhere", "--neighbours", number, code=1)


def test_a_file_that_the_user_names_as_the_model_is_trusted_for_good(tmp_path, capsys):
    path = written(tmp_path, trusted=False)
    words = ["sweep", "--model", str(path), "--seeds", "2", "--commands"]
    assert main(words) == 0
    (tmp_path / "config.json").write_text(json.dumps({"model": str(path)}))
    capsys.readouterr()
    assert main(["sweep", "--config", str(tmp_path / "config.json"), "--seeds", "2", "--commands"]) == 0
    assert capsys.readouterr().out.count("mine.py") == 2


def test_the_settings_of_a_run_name_the_very_file_that_it_trained(tmp_path, capsys):
    path = written(tmp_path, trusted=False)
    run = tmp_path / "run"
    assert main(["train", "--model", str(path), "--epochs", "1", "--out", str(run)]) == 0
    path.write_text("raise SystemExit('another model by now')")
    assert main(["train", "--config", str(run / "config.json"), "--out", str(tmp_path / "again")]) == 0
    assert (tmp_path / "again" / "model.py").read_bytes() == (run / "model.py").read_bytes()
