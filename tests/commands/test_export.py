import shutil

import pytest
from PIL import Image

from ae_studio.cli import main
from tests.commands.small_runs import help_of, refused, told_wrong, trained

PICTURES = ["loss.png", "latent.png", "reconstructions.png", "samples.png"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("export") / "run")


def test_the_pictures_lie_in_the_run_unless_another_folder_is_named(run, capsys):
    assert main(["export", str(run), "png"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [str(run / "pictures" / name) for name in PICTURES]
    for path in told:
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert min(picture.size) > 100


def test_another_epoch_gives_other_pictures_of_the_codes(run, tmp_path, capsys):
    for epoch in (0, 1):
        assert main(["export", str(run), "png", "--epoch", str(epoch), "--out", str(tmp_path / str(epoch))]) == 0
    capsys.readouterr()
    before, after = ((tmp_path / str(epoch) / "latent.png").read_bytes() for epoch in (0, 1))
    assert before != after


def test_an_epoch_that_is_not_kept_is_told_with_those_that_are(run, tmp_path, capsys):
    line = told_wrong(capsys, "export", run, "png", "--epoch", "7", "--out", tmp_path / "new", code=1)
    assert line.endswith("it has looks of 0 to 1")
    assert not (tmp_path / "new").exists()


def test_a_place_that_cannot_be_a_folder_is_named(run, tmp_path, capsys):
    (tmp_path / "file").touch()
    line = told_wrong(capsys, "export", run, "png", "--out", tmp_path / "file", code=1)
    assert line == f"ae-studio: {tmp_path / 'file'}: File exists"


def test_a_run_that_holds_nothing_says_so(run, tmp_path, capsys):
    bare = shutil.copytree(run, tmp_path / "bare")
    shutil.rmtree(bare / "looks")
    assert "holds no look" in told_wrong(capsys, "export", bare, "png", code=1)


def test_what_cannot_be_exported_is_answered_with_what_can(capsys):
    assert "invalid choice: 'gif' (choose from" in refused(capsys, "export", "run", "gif")
    assert "required: WHAT" in refused(capsys, "export", "run")


def test_help_says_where_the_pictures_go(capsys):
    assert "default: RUN/pictures" in help_of(capsys, "export")
