import time

import pytest
import torch

from ae_studio.latent.measures.efficiency import METRICS

FIND = {metric.about.name: metric.measure for metric in METRICS}


def test_parameters_are_counted(subject):
    made = subject(model="linear", latent_dim=2)
    assert FIND["parameters"](made).value == 64 * 2 + 2 + 2 * 64 + 64


def test_an_opponent_is_no_part_of_the_model(subject):
    made = subject(model="linear", latent_dim=2)
    made.model.opponent = torch.nn.Linear(2, 1)
    found = FIND["parameters"](made)
    assert found.value == 64 * 2 + 2 + 2 * 64 + 64
    assert "3 of the opponent" in found.note


def test_times_are_those_of_the_work(subject, monkeypatch):
    made = subject(model="linear")
    encode, decode = made.model.encode, made.model.decode
    made.codes  # noqa: B018  # made before the clock runs
    monkeypatch.setattr(made.model, "encode", lambda x: time.sleep(0.05) or encode(x))
    monkeypatch.setattr(made.model, "decode", lambda z: time.sleep(0.005) or decode(z))
    assert 1000 < FIND["encode_rate"](made).value < 359 / 0.05
    assert FIND["decode_ms"](made).value == pytest.approx(5, rel=2)
    assert FIND["decode_ms"](made).value > 5
