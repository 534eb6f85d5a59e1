import pytest

from ae_studio.config import ConfigError
from ae_studio.training.defaults import PRESETS, complete, preset_values
from ae_studio.training.tours import TOURS, presets_of


@pytest.mark.parametrize("name", TOURS)
def test_every_run_of_a_tour_can_be_trained_on_any_data(name):
    assert presets_of(name)
    for preset in presets_of(name):
        for data in ("digits", "mnist"):
            complete(preset_values(preset) | {"data": data})


@pytest.mark.parametrize("name", TOURS)
def test_every_stop_says_something_and_the_first_trains(name):
    stops = TOURS[name].stops
    assert stops[0].act == "train"
    assert all(stop.text.endswith(".") for stop in stops)
    assert all(bool(stop.value) == (stop.act in ("train", "epochs", "panel", "loss", "layers")) for stop in stops)


def test_the_talk_is_the_talks():
    assert presets_of("the-talk") == ("talk-linear", "talk")
    assert [stop.act for stop in TOURS["the-talk"].stops] == ["train", "epochs", "sample"] * 2
    assert TOURS["the-talk"].stops[1].value == (0, 10, 20, 30, 40, 50)
    assert {complete(preset_values(name)).epochs for name in presets_of("the-talk")} == {50}


def test_what_beta_does_differs_in_beta_alone():
    values = [complete(preset_values(name)).model_dump() for name in presets_of("what-beta-does")]
    assert [each["settings"].pop("beta") for each in values] == [0.25, 1, 4]
    assert values[0] == values[1] == values[2]


def test_a_preset_is_a_tour_of_one_run():
    assert presets_of("talk") == ("talk",)


def test_an_unknown_one_is_answered_with_the_list():
    with pytest.raises(ConfigError, match="unknown preset 'the-tlak': did you mean 'the-talk'") as caught:
        presets_of("the-tlak")
    assert all(name in str(caught.value) for name in [*PRESETS, *TOURS])
