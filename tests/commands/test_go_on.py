import pytest

from ae_studio.cli import main


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--resume", "run", "--branch", "run"], "give one of them"),
        (["--resume", "run", "--changes", "other"], "no --repeat, no --changes"),
        (["--branch", "run", "--repeat", "other"], "no --repeat, no --changes"),
        (["--at", "3"], "give --branch RUN with it"),
        (["--more", "3"], "give --resume RUN or --branch RUN with it"),
        (["--resume", "run", "--more", "3", "--epochs", "9"], "give one of them"),
    ],
)
def test_words_that_contradict_each_other_are_told_in_one_line_and_nothing_is_trained(capsys, words, told):
    assert main(["train", *words]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert told in line
