import numpy as np
import pytest

from ae_studio.config import ConfigError, RunConfig, field_specs
from ae_studio.models.settings import BetaVaeSettings
from ae_studio.sweeps.values import as_text, far_apart, parse_axis

SPECS = {**field_specs(BetaVaeSettings), **field_specs(RunConfig)}


def values(name, text):
    return parse_axis(SPECS[name], text).values


def test_a_list_keeps_its_order_and_each_value_once():
    assert values("beta", "4, 1,16,4") == (4.0, 1.0, 16.0)


def test_a_range_is_even_and_holds_both_ends():
    assert values("beta", "1:16:4") == pytest.approx(np.linspace(1, 16, 4))


def test_a_log_range_goes_by_equal_ratios_and_without_digits_of_rounding():
    assert values("lr", "1e-4:0.1:4:log") == (0.0001, 0.001, 0.01, 0.1)
    assert parse_axis(SPECS["lr"], "1e-4:0.1:4:log").log


def test_whole_numbers_stay_whole_and_come_once_where_a_range_rounds_to_the_same():
    found = values("latent_dim", "1:4:7")
    assert found == (1, 2, 3, 4)
    assert all(type(value) is int for value in found)
    assert values("latent_dim", "2:32:5:log") == (2, 4, 8, 16, 32)


def test_words_are_choices_or_texts():
    assert values("network", "mlp,conv") == ("mlp", "conv")
    assert values("hidden", "512-256,64") == ("512-256", "64")


def test_ranges_and_lists_mix():
    assert values("beta", "0,1:4:2,9") == (0.0, 1.0, 4.0, 9.0)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("beta", "1,2000", "beta must be a number, 0 to 1000, got 2000"),
        ("beta", "1,x", "beta must be a number, 0 to 1000, got 'x'"),
        ("beta", "1,nan", "beta must be a number, 0 to 1000, got 'nan'"),
        ("lr", "0,0.1", "lr must be a number, above 0 to 10, got 0"),
        ("latent_dim", "2,2.5", "latent_dim must be a whole number, 1 to 256, got '2.5'"),
        ("network", "mlp,con", "network must be one of mlp | conv | linear, got 'con'"),
        ("beta", "1,,4", "beta: there is nothing between two commas"),
        ("beta", "1:4", "beta: '1:4' is no range; write a list like 1,4,16"),
        ("beta", "1:4:²", "beta: a range has 2 to 1,000 values, got '²'"),
        ("beta", "1:4:1", "beta: a range has 2 to 1,000 values, got '1'"),
        ("beta", "0:4:3:log", "beta: a log range lies above 0"),
        ("epochs", "1:5000:1000,6001:7000:1000", "epochs: 2,000 values are more than the 1,000"),
    ],
)
def test_what_is_wrong_names_the_setting_and_the_value(name, text, message):
    with pytest.raises(ConfigError) as error:
        parse_axis(SPECS[name], text)
    assert str(error.value).startswith(message)


def test_the_greek_letter_of_a_label_stands_for_it():
    assert parse_axis(SPECS["beta"], "1,4").of(4.0) == "β = 4"
    assert parse_axis(SPECS["latent_dim"], "2,8").of(8) == "Latent dimensions = 8"
    assert as_text(True) == "true"


@pytest.mark.parametrize(
    ("numbers", "log"),
    [
        ([1, 4, 16], True),
        (list(range(1, 11)), False),
        ([0, 1, 100], False),
        ([1, 2, 4], False),
        (["a", "b", "c"], False),
    ],
)
def test_numbers_that_differ_by_their_ratios_ask_for_a_logarithmic_axis(numbers, log):
    assert far_apart(numbers) is log
