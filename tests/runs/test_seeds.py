import json

import numpy as np
import pytest

from ae_studio.runs.library import list_runs
from ae_studio.runs.record import RunError
from ae_studio.runs.seeds import best_of, groups_by_seed, spread, spread_curve
from tests.runs.made_runs import edit, make_run


def groups(root):
    return groups_by_seed(root, list_runs(root).runs)


def folders(group):
    return [run.folder for run in group.runs]


def test_runs_that_differ_in_nothing_but_the_seed_are_one_group(tmp_path):
    for seed, loss in enumerate((20.0, 21.0, 25.0)):
        make_run(tmp_path, f"run{seed}", losses=(30.0, loss), seed=seed)
    make_run(tmp_path, "longer", losses=(30.0, 20.0, 19.0))
    make_run(tmp_path, "wider", losses=(30.0, 20.0), latent_dim=5)
    (group,) = [each for each in groups(tmp_path) if each.n > 1]
    assert folders(group) == ["run0", "run1", "run2"]
    assert group.seeds == (0, 1, 2)
    assert "seed" not in group.settings
    assert best_of(group).mean == pytest.approx(22)
    assert best_of(group).sd == pytest.approx(np.std([20, 21, 25], ddof=1))
    assert len(groups(tmp_path)) == 3


@pytest.mark.parametrize("name", ["beta", "hidden"])
def test_another_setting_of_the_model_is_another_group(tmp_path, name):
    make_run(tmp_path, "one", seed=0)
    other = make_run(tmp_path, "two", seed=1)
    edit(other, lambda record: record["config"]["settings"].update({name: 2.0 if name == "beta" else "64"}))
    assert [each.n for each in groups(tmp_path)] == [1, 1]


def test_a_setting_that_was_not_written_down_has_its_default(tmp_path):
    make_run(tmp_path, "one", seed=0)
    older = make_run(tmp_path, "two", seed=1)
    edit(older, lambda record: (record["config"].pop("clip"), record["config"]["settings"].pop("beta")))
    assert [each.n for each in groups(tmp_path)] == [2]


def test_changes_while_it_ran_are_part_of_what_a_run_is(tmp_path):
    made = [make_run(tmp_path, f"run{seed}", seed=seed) for seed in range(3)]
    for run in made[1:]:
        (run / "changes.jsonl").write_text(json.dumps({"step": 4, "values": {"beta": 2.0}}) + "\n")
    assert sorted(each.n for each in groups(tmp_path)) == [1, 2]


def test_the_same_seed_twice_counts_once(tmp_path):
    make_run(tmp_path, "cut-off", losses=(30.0, 20.0), epochs=2, seed=0)
    make_run(tmp_path, "a-whole", losses=(30.0, 20.0, 19.0), epochs=2, seed=0)
    make_run(tmp_path, "other", losses=(30.0, 20.0, 18.0), epochs=2, seed=1)
    (group,) = groups(tmp_path)
    assert folders(group) == ["a-whole", "other"]
    assert [run.folder for run in group.repeats] == ["cut-off"]


def test_damaged_runs_are_in_no_group(tmp_path):
    edit(make_run(tmp_path, "broken"), lambda record: record.update(config={"model": 3}))
    (make_run(tmp_path, "changed") / "changes.jsonl").write_text("{")
    assert groups(tmp_path) == ()


def test_models_of_ones_own_are_told_apart_by_what_their_files_say(tmp_path):
    for seed, sha256 in enumerate(("aa", "aa", "bb")):
        run = make_run(tmp_path, f"run{seed}", seed=seed)
        edit(run, lambda record, seed=seed, sha256=sha256: record.update(model_sha256=sha256) or _own(record, seed))
    assert sorted(each.n for each in groups(tmp_path)) == [1, 2]


def _own(record, seed):
    record["config"].update(model=f"/somewhere/{seed}/model.py", settings={})


def test_a_list_of_very_many_can_be_left(tmp_path):
    make_run(tmp_path)

    def leave():
        raise RunError("left")

    with pytest.raises(RunError, match="left"):
        groups_by_seed(tmp_path, list_runs(tmp_path).runs, leave)


def test_the_spread_is_numpys():
    values = np.random.default_rng(0).normal(100, 5, 7)
    found = spread([*values, np.nan, np.inf])
    assert (found.n, found.low, found.high) == (7, values.min(), values.max())
    assert found.mean == pytest.approx(np.mean(values))
    assert found.sd == pytest.approx(np.std(values, ddof=1))
    assert spread([3.0]).sd is None
    with pytest.raises(ValueError, match="no finite"):
        spread([np.nan])


def test_it_is_told_to_as_many_digits_as_the_spread_allows():
    assert spread([158.1, 158.2, 158.9]).in_words == "158.40 ± 0.44"
    assert spread([1000.0, 2000.0]).in_words == "1500 ± 707"
    assert spread([0.0444, 0.0445]).in_words == "0.044450 ± 0.000071"
    assert spread([2.0, 2.0]).in_words == "2.0000 ± 0.0000"
    assert spread([158.1234]).in_words == "158.12"


def test_the_curve_is_numpys_at_every_epoch_that_any_run_has():
    random = np.random.default_rng(1)
    histories = [
        {epoch: {"loss": float(random.normal(50, 2)), "kl": 1.0} for epoch in range(length)} for length in (5, 3, 5)
    ]
    curve = spread_curve(histories, "loss")
    assert curve.epochs.tolist() == [0, 1, 2, 3, 4]
    assert curve.n.tolist() == [3, 3, 3, 2, 2]
    assert np.allclose(curve.mean, np.nanmean(curve.each, axis=0))
    assert np.allclose(curve.sd, np.nanstd(curve.each, axis=0, ddof=1))
    assert np.allclose(curve.low, np.nanmin(curve.each, axis=0))
    assert np.allclose(curve.high, np.nanmax(curve.each, axis=0))
    assert np.isnan(curve.each[1, 3:]).all()


def test_a_term_that_nobody_has_is_an_empty_curve():
    curve = spread_curve([{0: {"loss": 1.0}}], "kl")
    assert curve.epochs.shape == (0,)
    assert curve.each.shape == (1, 0)


def test_a_group_is_told_by_what_is_not_as_usual(tmp_path):
    run = make_run(tmp_path, clip=0.5, latent_dim=7, seed=4)
    edit(run, lambda record: record["config"]["settings"].update(beta=16.0, hidden="64"))
    assert groups(tmp_path)[0].in_words == "clip=0.5, hidden=64, beta=16"
