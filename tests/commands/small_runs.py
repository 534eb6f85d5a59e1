"""What the tests of commands share: the smallest runs that there are, and the ways in which argparse ends."""

import pytest

from ae_studio.cli import main

SMALL = ("--epochs", "1", "--set", "hidden=8")  # 8 × 8 digits, a third of a second


def trained(folder, *words):
    """The run that the command line leaves there."""
    assert main(["train", *SMALL, *words, "--out", str(folder)]) == 0
    return folder


def refused(capsys, *words):
    """What is said of words that argparse itself refuses: one line, exit code 2."""
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    return line


def told_wrong(capsys, *words, code=2):
    """What is said of words that the command itself refuses, in one line and with nothing done."""
    assert main([str(word) for word in words]) == code
    told = capsys.readouterr()
    assert told.out == ""
    [line] = told.err.splitlines()
    return line


def help_of(capsys, command):
    """In one line, whatever the terminal's width."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    return " ".join(capsys.readouterr().out.split())
