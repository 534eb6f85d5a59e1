import os

import pytest

from benchmarks import mnist


def hold_mnist(root):
    (root / "MNIST" / "raw").mkdir(parents=True)
    return root


def test_the_users_own_data_come_before_those_beside_the_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "BESIDE_THE_CHECKOUT", hold_mnist(tmp_path / "beside"))
    monkeypatch.setenv("AE_STUDIO_DATA", str(hold_mnist(tmp_path / "own")))
    mnist.use_mnist()
    assert os.environ["AE_STUDIO_DATA"] == str(tmp_path / "own")


def test_those_beside_the_checkout_are_taken_where_the_user_has_none(tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "BESIDE_THE_CHECKOUT", hold_mnist(tmp_path / "beside"))
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path / "own"))
    mnist.use_mnist()
    assert os.environ["AE_STUDIO_DATA"] == str(tmp_path / "beside")


def test_without_mnist_nothing_is_measured_and_it_says_where_to_get_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(mnist, "BESIDE_THE_CHECKOUT", tmp_path / "beside")
    with pytest.raises(SystemExit) as ended:
        mnist.use_mnist()
    assert ended.value.code == 2
    assert "ae-studio data mnist" in capsys.readouterr().err
