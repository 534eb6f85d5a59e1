import json

from ae_studio.comparison_table import as_record, as_text, compare_on_terminal
from ae_studio.latent.measured import About, Measured, Options
from ae_studio.runs.metrics_cache import Evaluation, MetricsCache
from tests.gui.compared_runs import compared

MSE = About("mse", "MSE", "", "How far off", "lower", "")


def pair(tmp_path):
    """Two runs, of which one metric is kept."""
    runs = []
    for name, beta, losses, value in (("a", 1.0, (3.0, 2.0), 0.25), ("b", 4.0, (5.0, 4.0), 0.5)):
        (tmp_path / name).mkdir()
        runs.append(compared(name, losses, model="beta-vae", own={"beta": beta}, path=tmp_path / name))
        MetricsCache(tmp_path / name).write(Evaluation(1, 10, Options(), (Measured(MSE, value),)))
    return runs


def test_the_terminal_shows_what_differs_and_marks_the_best(tmp_path):
    text = as_text(pair(tmp_path))
    lines = [line.split() for line in text.splitlines()]
    assert ["A", "a,", "epoch", "1"] in lines
    assert ["KL", "weight", "β", "1", "4"] in lines
    assert ["loss", "2", "4"] in lines
    assert ["MSE", "↓", "0.2500", "*", "0.5000"] in lines
    assert "Batch size" not in text
    assert text.splitlines()[-1].startswith("warning: Their losses are made in different ways")


def test_what_there_is_not_is_said():
    text = as_text([compared("a"), compared("b")])
    assert "None: only the names differ." in text
    assert "`ae-studio evaluate RUN` does" in text


def test_as_json_it_holds_the_numbers(tmp_path, capsys):
    runs = pair(tmp_path)
    compare_on_terminal(runs, as_json=True)
    record = json.loads(capsys.readouterr().out)
    assert record == as_record(runs)
    assert [run["letter"] for run in record["runs"]] == ["A", "B"]
    assert record["settings"] == {"beta": ["1", "4"]}
    assert record["validation"]["loss"] == [2.0, 4.0]
    assert record["metrics"]["mse"] == {"values": [0.25, 0.5], "better": "lower", "unit": "", "best": ["A"]}
