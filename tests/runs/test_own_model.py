"""Runs whose model is a Python file: opened by anybody, run by nobody who has not said so."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from ae_studio.events import RunEnded, RunStarted
from ae_studio.latent.measured import Options
from ae_studio.models import own, trust
from ae_studio.models.own_file import trust_file
from ae_studio.runs.branching import branch, continued, read_continuable
from ae_studio.runs.evaluate import evaluate
from ae_studio.runs.opening import load_moment, open_run
from ae_studio.runs.recorded import RecordedRun, RunError
from ae_studio.runs.watching import watch
from ae_studio.training.defaults import complete
from ae_studio.training.train import train
from tests.models.own_files import WHOLE, written

FEW = Options(most=100, samples=5)


@pytest.fixture
def run(tmp_path):
    """Trained here, from a file that is trusted."""
    events = []
    config = complete({"model": str(written(tmp_path)), "epochs": 1})
    assert train(config, events.append, out=tmp_path / "run").outcome == "finished"
    return tmp_path / "run"


@pytest.fixture
def from_elsewhere(run, tmp_path, monkeypatch):
    """The run as somebody else gets it, with a model that would leave a trace if it ran."""
    folder = shutil.copytree(run, tmp_path / "elsewhere")
    code = f"open({str(tmp_path / 'ran')!r}, 'w').close()\n{WHOLE}"
    (folder / "model.py").write_text(code)
    record = json.loads((folder / "config.json").read_text())
    record["model_sha256"] = hashlib.sha256(code.encode()).hexdigest()
    (folder / "config.json").write_text(json.dumps(record))
    monkeypatch.setattr(trust, "_trusted_here", {})
    trust.trust_list().unlink()
    return folder


def test_a_run_keeps_the_file_that_was_trained_and_its_fingerprint(run, tmp_path):
    record = json.loads((run / "config.json").read_text())
    assert (run / "model.py").read_text() == WHOLE
    assert record["model_sha256"] == hashlib.sha256(WHOLE.encode()).hexdigest()
    assert record["config"]["model"] == str(tmp_path / "mine.py")


def test_a_layer_under_two_names_is_kept_and_read_back(run):
    """`both` holds the encoder and the decoder once more, as many networks do."""
    opened = open_run(run)
    look = opened.moment.look
    assert opened.problems == ()
    assert look.decoder(look.codes).shape == (len(look.codes), 8, 8)
    assert {"encoder.weight", "both.0.weight"} <= set(RecordedRun(run).model().state_dict())


@pytest.mark.parametrize("change", ["edited", "gone", "broken"])
def test_the_run_is_opened_whatever_becomes_of_the_file(run, tmp_path, change):
    before = evaluate(RecordedRun(run), options=FEW)["metrics"]
    path = tmp_path / "mine.py"
    if change == "gone":
        path.unlink()
    else:
        path.write_text("raise ValueError" if change == "broken" else WHOLE.replace("mean()", "sum()"))
        trust_file(path)
    again = RecordedRun(run)
    assert evaluate(again, options=FEW)["metrics"] == before
    assert again.config.model == str(run / "model.py")


def test_an_unchanged_file_is_the_runs_own_again(run, tmp_path):
    assert RecordedRun(run).config.model == str(tmp_path / "mine.py")


def test_a_run_from_elsewhere_shows_all_but_runs_nothing(from_elsewhere, tmp_path):
    opened = open_run(from_elsewhere)
    assert opened.untrusted == from_elsewhere / "model.py"
    assert opened.epochs == (0, 1)
    assert set(opened.history.validation) == {0, 1}
    assert opened.loss_unit == "nats per image"
    look = load_moment(from_elsewhere, 1).look
    np.testing.assert_array_equal(look.codes, opened.moment.look.codes)
    assert len(opened.moment.look.reconstructions)
    for ask in (look.decoder, lambda codes: look.sampler(4, 0), lambda codes: RecordedRun(from_elsewhere).model()):
        with pytest.raises(RunError, match=r"model.py: this run's model is Python code.*--trust"):
            ask(look.codes)
    with pytest.raises(RunError, match="has not been run here before"):
        evaluate(RecordedRun(from_elsewhere))
    assert not (tmp_path / "ran").exists()


def test_a_run_from_elsewhere_is_watched_without_running_anything(from_elsewhere, tmp_path):
    events = []
    assert watch(from_elsewhere, events.append, poll_s=0.01).outcome == "finished"
    assert isinstance(events[0], RunStarted)
    assert isinstance(events[-1], RunEnded)
    assert not (tmp_path / "ran").exists()


def test_once_it_is_trusted_it_decodes(from_elsewhere, tmp_path):
    trust_file(from_elsewhere / "model.py")
    opened = open_run(from_elsewhere)
    assert opened.untrusted is None
    assert opened.moment.look.decoder(opened.moment.look.codes[:2]).shape == (2, 8, 8)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda record: record.pop("model_sha256"),
        lambda record: record.update(model_sha256="0" * 64),
        lambda record: record.update(model_sha256=["x"]),
        lambda record: record["config"].update(model="/nowhere/at/all.py"),
        lambda record: record["config"].update(model="model.py"),
    ],
    ids=["no fingerprint", "another", "no text", "another path", "a relative path"],
)
def test_a_record_that_was_tampered_with_runs_nothing_either(from_elsewhere, tmp_path, tamper):
    record = json.loads((from_elsewhere / "config.json").read_text())
    tamper(record)
    (from_elsewhere / "config.json").write_text(json.dumps(record))
    opened = open_run(from_elsewhere)
    assert opened.moment is not None
    assert opened.why_no_model
    with pytest.raises(RunError):
        RecordedRun(from_elsewhere).model()
    assert not (tmp_path / "ran").exists()


def test_a_path_in_a_record_from_elsewhere_is_not_even_read(from_elsewhere, tmp_path, monkeypatch):
    record = json.loads((from_elsewhere / "config.json").read_text())
    record["config"]["model"] = str(tmp_path / "mine.py")
    (from_elsewhere / "config.json").write_text(json.dumps(record))
    read, really_open = [], open

    def watching(file, *arguments, **options):
        read.append(str(file))
        return really_open(file, *arguments, **options)

    monkeypatch.setattr("builtins.open", watching)
    opened = open_run(from_elsewhere)
    assert str(tmp_path / "mine.py") not in read
    assert opened.untrusted


def test_a_missing_copy_is_said_and_the_rest_is_shown(from_elsewhere):
    (from_elsewhere / "model.py").unlink()
    opened = open_run(from_elsewhere)
    assert opened.untrusted is None
    assert "model.py: is missing, or not what this run was trained with" in opened.problems[0]
    assert opened.moment is not None


def test_a_trusted_model_that_cannot_be_made_any_more_says_where(run, tmp_path):
    """A library that it needs may have changed since."""
    code = WHOLE.replace("        self.both = ", "        boom\n        self.both = ")
    (tmp_path / "mine.py").unlink()
    (run / "model.py").write_text(code)
    record = json.loads((run / "config.json").read_text())
    record["model_sha256"] = trust_file(run / "model.py").sha256
    (run / "config.json").write_text(json.dumps(record))
    with pytest.raises(RunError, match=r"NameError: name 'boom' is not defined \(model.py, line \d+: `boom`\)"):
        RecordedRun(run).model()


def test_metrics_that_a_run_from_elsewhere_has_kept_are_shown_without_running_anything(run, tmp_path, monkeypatch):
    kept = evaluate(RecordedRun(run), options=FEW)["metrics"]
    (tmp_path / "mine.py").unlink()
    monkeypatch.setattr(trust, "_trusted_here", {})
    monkeypatch.setattr(own, "_loaded", {})
    trust.trust_list().unlink()
    assert RecordedRun(run).untrusted
    assert evaluate(RecordedRun(run), options=FEW)["metrics"] == kept


def test_a_branch_keeps_the_file_and_learns_on_with_it(run, tmp_path):
    made = branch(run, 0, tmp_path / "branch", {"lr": 0.01})
    assert (made / "model.py").read_text() == WHOLE
    assert train(continued(made), lambda event: None, resume=made).outcome == "finished"
    assert RecordedRun(made).model(1) is not None


def test_a_run_from_elsewhere_is_not_branched_from_without_trust_and_does_not_run(from_elsewhere, tmp_path):
    for go_on in (lambda: branch(from_elsewhere, 0, tmp_path / "branch"), lambda: read_continuable(from_elsewhere)):
        with pytest.raises(RunError, match="Python code that has not been run here"):
            go_on()
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "branch").exists()
