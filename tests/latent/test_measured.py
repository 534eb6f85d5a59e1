import json

import pytest

from ae_studio.latent.measured import About, Measured, as_result, plain, shown

ABOUT = About("mse_per_pixel", "MSE", "nats", "What it says.", "lower", "A paper")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0347212, "", "0.03472"),
        (106.4237, "nats", "106.4 nats"),
        (12345.0, "", "12,345"),
        (0.6123, "%", "61.2 %"),
        (0.0, "", "0"),
        (-3.25, "dB", "-3.250 dB"),
        (1.5e-6, "", "1.50e-06"),
        (-2e-8, "nats", "0 nats"),
        (123456.7, "", "123,457"),
        (float("nan"), "nats", "no number"),
        (float("inf"), "", "∞"),
        (-float("inf"), "", "−∞"),
    ],
)
def test_numbers_have_four_figures_and_their_unit(value, unit, text):
    assert shown(value, unit) == text


def test_parts_are_shown_as_a_pair_or_as_their_range():
    assert Measured(ABOUT, 1.5).text == "1.500 nats"
    assert Measured(ABOUT, parts={"rate": 3.5, "distortion": 2.5}).text == "3.500 / 2.500 nats"
    assert Measured(ABOUT, parts={"a": 2.5, "b": 1.5, "c": 3.5}).text == "1.500 to 3.500 nats"
    assert Measured(ABOUT, parts={"a": 2.5}).text == "2.500 nats"
    assert Measured(ABOUT, reason="none").text == ""


def test_the_explanation_says_meaning_direction_reason_and_source():
    told = Measured(ABOUT, parts={"class 3": 1.5}, note="on 5 images").explanation
    assert told.splitlines() == ["What it says. Lower is better.", "class 3: 1.500 nats", "on 5 images", "A paper"]
    assert "because" in Measured(ABOUT, reason="because").explanation


def test_parts_have_flat_names():
    assert Measured(ABOUT, 1.0, {"class T-shirt/top": 2.0}).numbers == {
        "mse_per_pixel": 1.0,
        "mse_per_pixel_class_t_shirt_top": 2.0,
    }
    assert plain("k = 50") == "k_50"


def test_the_result_holds_numbers_only_and_every_reason():
    result = as_result(
        [Measured(ABOUT, 1.0, baseline=2.0), Measured(About("kl", "", "", "", "lower", ""), reason="no")]
    )
    assert result["metrics"] == {"mse_per_pixel": 1.0}
    assert result["baseline"] == {"mse_per_pixel": 2.0}
    assert result["undefined"] == {"kl": "no"}
    assert result["about"]["mse_per_pixel"]["meaning"] == "What it says."
    json.dumps(result, allow_nan=False)
