import pytest

from ae_studio.config import ConfigError
from ae_studio.data.dataset import DataError
from ae_studio.runs.about import LONGEST_TAG, as_tags
from ae_studio.sweeps.plan import make_sweep, new_tag, parse_axes, parse_seeds, refuse_missing_data
from ae_studio.training.defaults import complete, default_config


def sweep(*pairs, model="vae", seeds="1", tags=(), **values):
    axes, fixed = parse_axes(pairs, model)
    settings = fixed
    return make_sweep({"model": model, "settings": settings, **values}, axes, parse_seeds(seeds), tags)


def test_each_value_and_each_seed_is_a_run_and_the_seeds_come_last():
    made = sweep(("beta", "1,4"), seeds="2")
    assert [run.title for run in made.runs] == ["β = 1, seed 0", "β = 4, seed 0", "β = 1, seed 1", "β = 4, seed 1"]
    assert [(run.config.settings["beta"], run.config.seed) for run in made.runs] == [(1, 0), (4, 0), (1, 1), (4, 1)]
    assert made.told == "4 runs: 2 values of β × 2 seeds"


def test_two_settings_make_a_grid_whose_second_goes_round_faster():
    made = sweep(("beta", "1,4"), ("latent_dim", "2,8"))
    assert [(run.config.settings["beta"], run.config.latent_dim) for run in made.runs] == [
        (1, 2),
        (1, 8),
        (4, 2),
        (4, 8),
    ]
    assert made.runs[1].title == "β = 1, Latent dimensions = 8"


def test_a_single_value_is_a_setting_that_stays():
    made = sweep(("beta", "1,4"), ("hidden", "64"))
    assert [axis.name for axis in made.axes] == ["beta"]
    assert {run.config.settings["hidden"] for run in made.runs} == {"64"}


def test_each_family_of_a_sweep_over_families_has_its_own_defaults():
    made = sweep(("model", "vae,beta-vae"))
    assert [run.config for run in made.runs] == [default_config("digits", "vae"), default_config("digits", "beta-vae")]


def test_seeds_are_counted_from_the_first_or_listed():
    assert parse_seeds("3", 7) == (7, 8, 9)
    assert parse_seeds("0,5,7,5") == (0, 5, 7)
    assert len(sweep(seeds="3").runs) == 3


@pytest.mark.parametrize("text", ["0", "", "x", "1,", "-1", "2000", "0,99999999999"])
def test_seeds_that_are_none_are_refused(text):
    with pytest.raises(ConfigError, match="seed"):
        parse_seeds(text)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("beta", "1,4"), ("lr", "0.1,0.2"), ("latent_dim", "2,3")], "one or two settings, got 3"),
        ([("beta", "1,4"), ("beta", "2")], "beta: is given twice"),
        ([("seed", "1,2")], "--seeds"),
        ([("bta", "1,2")], "did you mean 'beta'"),
        ([("epochs", "1:1000:1000"), ("beta", "1,2")], "2,000 runs are more than the 1,000"),
        ([("beta", "4")], "nothing is swept"),
        ([("hidden", "64,6x")], "hidden: must be layer widths joined by '-', like 512-256, got '6x'"),
        ([("channels", "8,8-8-8-8-8"), ("network", "conv")], "halves an image of 8 x 8 away"),
    ],
)
def test_a_sweep_that_cannot_be_is_refused_before_anything_begins(pairs, message):
    with pytest.raises(ConfigError) as error:
        sweep(*pairs)
    assert message in str(error.value)


def test_the_commands_make_the_very_runs_again():
    from ae_studio.cli import _parser
    from ae_studio.commands.train_flags import given_values

    for run in sweep(("beta", "1,4"), ("latent_dim", "2,8"), seeds="2", tags=["mine", "too"]).runs:
        options = _parser().parse_args(run.command[1:])
        assert complete(given_values(options)) == run.config
        assert (options.title, options.tag) == (run.title, ["mine", "too"])


def test_the_tag_says_what_was_swept_and_is_never_cut():
    tag = new_tag(parse_axes([("beta", "1,4")], "vae")[0])
    assert tag.startswith("sweep beta 20")
    longest = new_tag(parse_axes([("validation_fraction", "0.1,0.2"), ("schedule_epochs", "1,2")], "vae")[0])
    assert len(longest) <= LONGEST_TAG
    assert as_tags([longest]) == (longest,)
    assert sweep(("beta", "1,4"), tags=["mine"]).tag == "mine"


def test_data_that_are_not_here_are_told_before_anything_begins():
    with pytest.raises(DataError, match="MNIST is not on this machine"):
        refuse_missing_data(sweep(("data", "digits,mnist")).runs)
