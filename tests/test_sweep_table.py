import json

from ae_studio.sweep_table import summary_json, summary_text
from ae_studio.sweeps.summary import read_summary
from tests.sweeps.kept_runs import keep_run


def test_a_line_a_value_with_the_best_marked(tmp_path):
    for number, (dim, seed, loss) in enumerate([(2, 0, 30), (2, 1, 32), (8, 0, 20), (8, 1, 22), (8, 2, 24)]):
        keep_run(tmp_path, f"run{number}", "dims", [90, loss], latent_dim=dim, seed=seed)
    lines = summary_text(read_summary("dims", tmp_path)).splitlines()
    assert lines[0].startswith("dims: 5 of 5 runs finished")
    assert lines[1].split() == ["Latent", "dimensions", "n", "best", "loss", "mse/pixel"]
    assert lines[2].split() == ["2", "2", "31", "±", "1.4", "0.31", "±", "0.014"]
    assert lines[3].split() == ["8", "3", "22", "±", "2", "*", "0.22", "±", "0.02", "*"]


def test_losses_that_mean_different_things_have_no_best(tmp_path):
    for beta, loss in ((1, 30), (4, 40)):
        keep_run(tmp_path, f"run{beta}", "betas", [90, loss], settings={"beta": beta})
    text = summary_text(read_summary("betas", tmp_path))
    assert text.splitlines()[2].split() == ["1", "1", "30", "0.3", "*"]
    assert "The loss itself depends on β" in text


def test_two_settings_come_once_more_as_rows_and_columns(tmp_path):
    tag = "sweep latent_dim+lr x"
    for number, (dim, lr, loss) in enumerate([(2, 0.1, 30), (2, 0.01, 31), (8, 0.1, 20), (8, 0.1, 24)]):
        keep_run(tmp_path, f"run{number}", tag, [90, loss], latent_dim=dim, lr=lr, seed=number)
    whole, loss, error = summary_text(read_summary(tag, tmp_path)).split("\n\n")
    assert "2                  0.01           1  31" in whole
    assert loss.splitlines() == [
        "best loss, mean; across: Latent dimensions, down: Learning rate",
        "      2   8",
        "0.01  31  –",
        "0.1   30  22 *",
    ]
    assert error.splitlines()[2:] == ["0.01  0.31  –", "0.1   0.3   0.22 *"]


def test_the_json_has_every_run_behind_every_number(tmp_path):
    keep_run(tmp_path, "a", "dims", [90, 30], latent_dim=2)
    keep_run(tmp_path, "b", "dims", [90, 20], latent_dim=8)
    record = json.loads(summary_json(read_summary("dims", tmp_path)))
    assert [axis["name"] for axis in record["axes"]] == ["latent_dim"]
    first = record["terms"]["loss"][0]
    assert (first["x"], first["mean"], first["runs"]) == (2, 30, [{"run": "a", "seed": 0, "value": 30}])


def test_a_tag_that_no_run_has_is_said(tmp_path):
    assert summary_text(read_summary("nothing", tmp_path)) == "No run has the tag 'nothing'."
