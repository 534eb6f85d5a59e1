import numpy as np
import pytest

from ae_studio.events import EpochDone, LatentSpace
from ae_studio.latent.diagnosis import COUPLED, LASTING, Diagnosis, before_training, of_an_epoch
from ae_studio.models.catalog import MODELS
from ae_studio.training.defaults import complete, default_config
from ae_studio.training.train import train

FLAT = LatentSpace(3)


def codes(*scales, n=200):
    """Codes whose numbers have these standard deviations."""
    return (np.random.default_rng(0).normal(size=(n, len(scales))) * scales).astype(np.float32)


def kinds(terms, made, space=FLAT):
    return [advice.kind for advice in of_an_epoch(terms, made, space)]


def test_healthy_codes_need_no_advice():
    assert kinds({"kl": 5.0}, codes(1, 1, 1)) == []
    assert kinds({}, codes(30, 2, 5)) == []


def test_a_collapse_is_seen_by_its_kl_or_by_codes_that_do_not_move():
    assert kinds({"kl": 0.05}, codes(1, 1, 1)) == ["collapse"]
    assert kinds({"kl": 5.0}, codes(0.05, 0.05, 0.05)) == ["collapse"]
    assert kinds({"kl": 0.05}, codes(1, 1, 0)) == ["collapse"]  # the lesser trouble stays untold


def test_dead_units_are_named():
    [advice] = of_an_epoch({"kl": 5.0}, codes(1, 0.05, 1), FLAT)
    assert advice.kind == "dead units"
    assert "1 of 3 latent dimensions" in advice.text
    assert "(2)" in advice.text


def test_a_code_without_a_posterior_may_have_any_scale():
    assert kinds({}, codes(0.01, 0.02, 0.01)) == []
    assert kinds({}, codes(0.01, 0, 0.01)) == ["dead units"]
    assert kinds({}, codes(0, 0, 0)) == []  # all alike: it has not begun


def test_codes_of_another_make_are_judged_by_their_kl_alone():
    assert kinds({}, codes(1, 0, 1), LatentSpace(3, kind="codebook")) == []
    assert kinds({"kl": 0.01}, codes(1, 0, 1), LatentSpace(3, kind="sphere")) == ["collapse"]


def test_every_kind_is_told_once_and_only_when_it_lasts():
    diagnosis, dead, well = Diagnosis(FLAT), codes(1, 0, 1), codes(1, 1, 1)
    told = [len(diagnosis.add_epoch(n, {"kl": 5.0}, dead)) for n in range(LASTING + 2)]
    assert told == [0] * LASTING + [1, 0]
    assert diagnosis.end() == []
    diagnosis = Diagnosis(FLAT)
    turns = [dead, well] * LASTING + [dead]
    assert not any(diagnosis.add_epoch(n, {"kl": 5.0}, turn) for n, turn in enumerate(turns, 1))
    assert [advice.kind for advice in diagnosis.end()] == ["dead units"]


# Settings


def advice(pixels=784, **values):
    return {each.setting: each.text for each in before_training(complete(values), pixels)}


@pytest.mark.parametrize(("beta", "wrong"), [(784, True), (200, True), (100, False), (1, False), (0.01, False)])
def test_a_beta_that_is_multiplied_by_the_pixels_is_seen(beta, wrong):
    assert ("beta" in advice(model="vae", settings={"beta": beta})) == wrong


def test_the_advice_says_what_the_other_reduction_would_be():
    assert "take 1." in advice(model="vae", settings={"beta": 784})["beta"]
    assert "take 0.1960." in advice(model="vae", settings={"beta": 0.00025})["beta"]
    assert advice(model="vae", settings={"beta": 0}) == {}  # no prior at all is a choice


def test_without_a_known_size_of_the_images_nothing_is_said():
    assert advice(pixels=0, model="vae", settings={"beta": 784}) == {}


def test_a_beta_that_is_no_kl_weight_is_left_alone():
    assert advice(model="sparse", settings={"beta": 500}) == {}


@pytest.mark.parametrize("name", [name for name in COUPLED if name in MODELS])
def test_a_batch_too_small_for_its_term_is_seen(name):
    assert "too few" in advice(model=name, batch_size=4)["batch_size"]
    assert "batch_size" not in advice(model=name)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("data", ["digits", "mnist"])
def test_the_defaults_need_no_advice(name, data):
    assert before_training(default_config(data, name), 64 if data == "digits" else 784) == []


def test_the_talks_settings_need_none_either():
    assert advice(model="beta-vae", settings={"beta": 1, "reconstruction": "gaussian"}) == {}


# Runs that provoke it


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("collapse", {"model": "vae", "settings": {"hidden": "32", "beta": 1000}}),
        ("dead units", {"model": "vae", "latent_dim": 20, "epochs": 20}),
        ("", {"model": "vae", "epochs": 8}),
    ],
)
def test_a_run_that_suffers_says_from_what(kind, values):
    diagnosis, found = Diagnosis(LatentSpace(values.get("latent_dim", 2))), []

    def follow(event):
        if isinstance(event, EpochDone):
            found.extend(diagnosis.add_epoch(event.epoch, event.validation, event.look.codes))

    assert train(complete({"epochs": 12, **values}), follow).outcome == "finished"
    assert [each.kind for each in (*found, *diagnosis.end())] == ([kind] if kind else [])
