import numpy as np
import pytest

from ae_studio.cli import main
from tests.commands.small_runs import help_of, told_wrong


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path))
    return tmp_path


def rows(capsys):
    """``{name: (whether it is here, what it is)}``"""
    assert main(["data"]) == 0
    lines = capsys.readouterr().out.split("\n\n")[0].splitlines()
    words = (line.split(maxsplit=1) for line in lines)
    return {
        name: (not rest.startswith("not here"), rest.removeprefix("not ").removeprefix("here").strip())
        for name, rest in words
    }


def test_each_set_says_whether_it_is_here_and_what_it_is(root, capsys):
    told = rows(capsys)
    assert [name for name, (here, _) in told.items() if here] == ["digits"]
    assert told["mnist"][1].startswith("70,000 ")
    assert all(what for _, what in told.values())


def test_a_set_whose_files_lie_in_the_folder_is_here(root, capsys):
    raw = root / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for part in ("train", "t10k"):
        for kind in ("images-idx3", "labels-idx1"):
            (raw / f"{part}-{kind}-ubyte").touch()
    assert [name for name, (here, _) in rows(capsys).items() if here] == ["digits", "mnist"]


def test_the_list_ends_with_the_folder_and_the_command_that_downloads(root, capsys):
    assert main(["data"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"Data lives under {root}. `ae-studio data NAME` downloads a set."


def test_what_is_here_is_not_fetched_again(root, capsys, monkeypatch):
    monkeypatch.setattr("ae_studio.data.download.download", lambda *words: pytest.fail("it was fetched"))
    assert main(["data", "digits"]) == 0
    assert capsys.readouterr().out == f"Digits 8×8 is here already, under {root}.\n"


def test_what_is_not_here_is_fetched_into_the_folder(root, capsys, monkeypatch):
    asked = []
    monkeypatch.setattr("ae_studio.data.download.download", lambda name, where, *rest: asked.append((name, where)))
    assert main(["data", "usps"]) == 0
    assert asked == [("usps", root)]
    assert f"is ready under {root}." in capsys.readouterr().out


def test_ctrl_c_keeps_what_was_fetched_and_says_so(root, capsys, monkeypatch):
    def interrupted(*words):
        raise KeyboardInterrupt

    monkeypatch.setattr("ae_studio.data.download.download", interrupted)
    assert main(["data", "usps"]) == 1
    assert "goes on from there" in capsys.readouterr().err


def test_a_name_that_is_not_known_is_answered_with_the_nearest(root, capsys):
    line = told_wrong(capsys, "data", "fasion-mnist")
    assert "unknown data set 'fasion-mnist': did you mean 'fashion-mnist'?" in line


def test_images_of_ones_own_are_here_where_their_file_is(root, capsys):
    np.save(root / "mine.npy", np.zeros((4, 8, 8), np.uint8))
    assert main(["data", str(root / "mine.npy")]) == 0
    assert capsys.readouterr().out == f"mine is there: {root / 'mine.npy'}.\n"


def test_images_of_ones_own_that_are_not_there_cannot_be_downloaded(root, capsys):
    line = told_wrong(capsys, "data", root / "nowhere.npy", code=1)
    assert line == f"ae-studio: {root / 'nowhere.npy'} is not there: it should be a .npy file of images"


def test_help_says_what_a_name_does(capsys):
    assert "With a name, downloads it" in help_of(capsys, "data").replace("with", "With")
