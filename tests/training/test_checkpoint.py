import os
import pickle

import pytest
import torch

from ae_studio.config import ConfigError
from ae_studio.training.checkpoint import epochs_in, read_checkpoint


def test_a_missing_checkpoint_is_said_in_words(tmp_path):
    with pytest.raises(ConfigError, match="there is no such checkpoint"):
        read_checkpoint(tmp_path / "last.ckpt")


class Evil:
    def __reduce__(self):
        return os.system, ("touch evil",)


@pytest.mark.parametrize("write", [torch.save, lambda value, path: path.write_bytes(pickle.dumps(value))])
def test_a_pickle_that_would_run_code_is_refused_and_not_run(tmp_path, monkeypatch, write):
    monkeypatch.chdir(tmp_path)
    write({"epoch": 1, "ae_studio": Evil()}, tmp_path / "last.ckpt")
    with pytest.raises(ConfigError, match="it was not opened"):
        read_checkpoint(tmp_path / "last.ckpt")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kept", [0, 10, 200])
def test_a_truncated_checkpoint_is_said_to_be_damaged(tmp_path, kept):
    path = tmp_path / "last.ckpt"
    torch.save({"epoch": 1, "ae_studio": {"weights": torch.zeros(500)}}, path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ConfigError, match=r"last.ckpt: (is damaged or no checkpoint|holds a pickle)"):
        read_checkpoint(path)


def test_a_checkpoint_of_something_else_is_refused(tmp_path):
    torch.save({"state_dict": {}}, tmp_path / "last.ckpt")
    with pytest.raises(ConfigError, match="is no checkpoint of AE Studio"):
        read_checkpoint(tmp_path / "last.ckpt")


def test_epochs_are_counted_from_one():
    assert epochs_in({"epoch": 4}) == 5
