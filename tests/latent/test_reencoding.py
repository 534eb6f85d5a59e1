from types import SimpleNamespace

import numpy as np
import pytest
import torch

from ae_studio.config import RunConfig
from ae_studio.events import Encoded, LatentSpace, Switch
from ae_studio.latent.frozen import FrozenModel
from ae_studio.latent.reencoding import Reencoded, reencode, told_class
from ae_studio.models.build import build_model

FLAT = LatentSpace(2)


def look_of(decoder, encoder, codes):
    return SimpleNamespace(decoder=decoder, encoder=encoder, codes=codes)


def own_inverse():
    """Two pixels that are the two numbers of the code."""
    codes = np.random.default_rng(0).integers(0, 256, (50, 2)).astype(np.float32)
    return look_of(
        lambda z: z.round().astype(np.uint8)[:, None, :],
        lambda images, labels: Encoded(images[:, 0].astype(np.float32)),
        codes,
    )


def test_a_model_that_is_its_own_inverse_comes_back_to_nought():
    found = reencode(np.array([17.0, 203.0], np.float32), 0, own_inverse(), FLAT)
    assert found.distance == 0
    assert found.back.tolist() == [17, 203]
    assert found.in_words() == "agrees with itself"


def test_what_a_byte_cannot_hold_still_agrees():
    found = reencode(np.array([17.4, 203.4], np.float32), 0, own_inverse(), FLAT)
    assert found.distance == pytest.approx(0.4 * np.sqrt(2), abs=1e-4)
    assert found.in_words() == "agrees with itself"


def test_a_model_that_shifts_says_by_how_much():
    look = own_inverse()
    look.encoder = lambda images, labels: Encoded(images[:, 0] + np.array([30, -40], np.float32))
    found = reencode(np.array([100.0, 100.0], np.float32), 0, look, FLAT)
    assert found.distance == pytest.approx(50)
    assert found.in_words() == "the model comes back 50.00 away"


@pytest.mark.parametrize(("distance", "words"), [(0.314, "0.31"), (0.0123, "0.012"), (12.3, "12.30")])
def test_small_distances_keep_two_figures(distance, words):
    zeros = np.zeros(2, np.float32)
    assert Reencoded(zeros, zeros, distance, agrees=False).in_words() == f"the model comes back {words} away"


def test_a_networks_way_back_is_its_own_encoders_of_its_own_image():
    """Against the model by hand: decode, round to bytes, encode."""
    torch.manual_seed(0)
    model = build_model(RunConfig(model="vae"), (1, 8, 8))
    frozen = FrozenModel.of(model)
    codes = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)
    found = reencode(codes[0], 0, look_of(frozen.decoder, frozen.encoder, codes), FLAT)
    with torch.no_grad():
        image = (model.decode(torch.tensor(codes[:1])).clamp(0, 1) * 255).round() / 255
        back = model.encode(image)[0].numpy()
    assert np.allclose(found.back, back, atol=1e-6)
    assert found.distance == pytest.approx(float(np.linalg.norm(back - codes[0])), abs=1e-5)


def test_a_model_that_needs_a_class_is_told_the_handles():
    told = []
    space = LatentSpace(1, switches=(Switch("class", ("a", "b", "c"), given=True),))

    def encoder(images, labels):
        told.extend(labels.tolist())
        return Encoded(np.array([[0, 1, 0, 0]], np.float32))

    code = np.array([3, 0, 0, 1], np.float32)
    found = reencode(code, 1, look_of(lambda z: np.zeros((1, 2, 2), np.uint8), encoder, code[None]), space)
    assert told == [2]
    assert found.distance == 3  # the class counts for nothing
    assert told_class(np.zeros(2, np.float32), FLAT, 5) == 5
