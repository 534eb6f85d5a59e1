import pytest

from ae_studio.config import ConfigError, check
from ae_studio.events import LatentSpace
from ae_studio.models.settings import ModelSettings, StackSettings, VaeSettings, parse_widths


@pytest.mark.parametrize(
    ("text", "widths"),
    [("512-256", (512, 256)), ("1", (1,)), ("16384", (16_384,)), ("1-2-3-4-5-6-7-8", (1, 2, 3, 4, 5, 6, 7, 8))],
)
def test_widths_are_read(text, widths):
    assert parse_widths(text) == widths


@pytest.mark.parametrize("text", ["", "-", "512-", "-512", "512 256", "512,256", "5.5", "a", "512--256", "１２\n"])
def test_what_is_no_list_of_widths_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="must be layer widths joined by '-', like 512-256"):
        parse_widths(text)


@pytest.mark.parametrize("text", ["0", "512-0", "16385", "1-2-3-4-5-6-7-8-9"])
def test_too_many_or_impossible_widths_are_refused_with_the_limits(text):
    with pytest.raises(ValueError, match="must be at most 8 widths, each from 1 to 16,384"):
        parse_widths(text)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"hidden": "big"}, "hidden: must be layer widths joined by '-', like 512-256, got 'big'"),
        ({"channels": "0"}, "channels: must be at most 8 widths, each from 1 to 16,384, got '0'"),
        ({"beta": -1}, "beta must be a number, 0 to 1000, got -1"),
        ({"beta": float("nan")}, "beta must be a number, 0 to 1000, got nan"),
        ({"network": "transformer"}, "network must be one of mlp | conv | linear, got 'transformer'"),
        ({"betta": 1}, "unknown setting 'betta': did you mean 'beta'? Known: network, "),
    ],
)
def test_a_wrong_model_setting_is_answered_with_what_would_be_right(values, message):
    with pytest.raises(ConfigError) as failure:
        check(VaeSettings, values)
    assert str(failure.value).startswith(message)


def test_every_stack_setting_has_a_default_that_can_be_parsed():
    settings = check(StackSettings, {})
    assert parse_widths(settings.hidden)
    assert parse_widths(settings.channels)


def test_a_code_is_flat_and_nothing_is_refused_unless_a_family_says_so():
    assert ModelSettings().space(3, ("a", "b")) == LatentSpace(3)
    assert ModelSettings().problem(1, ()) == ""
