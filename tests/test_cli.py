"""The command line as a user types it, in this process; real processes where that is what matters."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from ae_studio.cli import main
from tests.models.own_files import WHOLE, written

SMALL = ["--epochs", "2", "--set", "hidden=16"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "run"
    assert main(["train", *SMALL, "--out", str(folder)]) == 0
    return folder


def test_training_prints_a_plain_line_an_epoch_in_a_pipe(capsys, tmp_path):
    assert main(["train", *SMALL, "--out", str(tmp_path / "run")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.match(r"CPU, float32; [\d,]+ parameters; run ", lines[0])
    assert [line.split()[1] for line in lines[1:4]] == ["0/2", "1/2", "2/2"]
    assert lines[-1] == "Finished all 2 epochs."
    assert "\r" not in "".join(lines)


def test_every_flag_reaches_the_runs_record(tmp_path):
    arguments = "--data digits --model beta-vae --latent-dim 3 --epochs 1 --batch-size 64 --lr 2e-3 --seed 5"
    more = "--schedule cosine --clip 1.5 --set beta=2 --set hidden=16 --device cpu --precision 32"
    assert main(["train", *arguments.split(), *more.split(), "--out", str(tmp_path / "run")]) == 0
    config = json.loads((tmp_path / "run" / "config.json").read_text())["config"]
    expected = {"model": "beta-vae", "latent_dim": 3, "batch_size": 64, "lr": 2e-3, "seed": 5, "clip": 1.5}
    assert {name: config[name] for name in expected} == expected
    assert config["settings"]["beta"] == 2
    assert config["settings"]["hidden"] == "16"


def test_evaluate_gives_the_metrics_as_json(run, capsys):
    assert main(["evaluate", str(run), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["split"] == "test"
    assert {"mse_per_pixel", "nats_per_image", "kl_nats"} <= set(result["metrics"])


def test_evaluate_takes_an_epoch_and_the_samples_of_the_bound(run, capsys):
    assert main(["evaluate", str(run), "--epoch", "0", "--samples", "5", "--binarised", "static", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["epoch"] == 0
    assert "statically binarised; k = 5" in result["about"]["iwae_nats"]["note"]


def test_evaluate_without_json_is_for_people(run, capsys):
    assert main(["evaluate", str(run)]) == 0
    assert "Trustworthiness" in capsys.readouterr().out


def test_export_writes_pictures_and_names_them(run, tmp_path, capsys):
    assert main(["export", str(run), "png", "--out", str(tmp_path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(list(tmp_path.glob("*.png"))) == 4


def test_a_config_of_a_run_gives_the_same_run_again(run, tmp_path):
    assert main(["train", "--config", str(run / "config.json"), "--out", str(tmp_path / "again")]) == 0
    assert (tmp_path / "again" / "metrics.csv").read_text() == (run / "metrics.csv").read_text()


def test_flags_replace_what_the_config_says(run, tmp_path):
    assert main(["train", "--config", str(run / "config.json"), "--epochs", "1", "--out", str(tmp_path / "a")]) == 0
    assert json.loads((tmp_path / "a" / "config.json").read_text())["config"]["epochs"] == 1


def test_resume_goes_on_to_more_epochs(run, tmp_path, capsys):
    import shutil

    copy = shutil.copytree(run, tmp_path / "copy")
    assert main(["train", "--resume", str(copy), "--epochs", "3"]) == 0
    assert (copy / "snapshots" / "0003.safetensors").exists()


def test_resume_goes_on_for_some_epochs_more(run, tmp_path):
    import shutil

    copy = shutil.copytree(run, tmp_path / "copy")
    assert main(["train", "--resume", str(copy), "--more", "1"]) == 0
    record = json.loads((copy / "config.json").read_text())
    before = json.loads((run / "config.json").read_text())["config"]["epochs"]
    assert record["config"]["epochs"] == before + 1


def test_a_branch_is_a_new_run_with_other_values(run, tmp_path, capsys):
    words = ["train", "--branch", str(run), "--at", "1", "--more", "1", "--lr", "0.01", "--out", str(tmp_path / "new")]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"A branch of {run.name}, which goes on behind its epoch 1.")
    assert (tmp_path / "new" / "snapshots" / "0002.safetensors").exists()
    change = json.loads((tmp_path / "new" / "changes.jsonl").read_text())
    assert change["values"] == {"lr": 0.01}


def test_a_branch_without_more_epochs_is_refused(run, tmp_path, capsys):
    assert main(["train", "--branch", str(run), "--out", str(tmp_path / "new")]) == 2
    assert "epochs must be above the" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["train", "--model", "vea"], "unknown model 'vea': did you mean 'vae'?"),
        (["train", "--data", "minst"], "did you mean 'mnist'?"),
        (["train", "--latent-dim", "0"], "latent_dim must be a whole number, 1 to 256, got '0'"),
        (["train", "--lr", "nan"], "lr"),
        (["train", "--epochs", "x"], "epochs must be a whole number, 1 to 100000, got 'x'"),
        (["train", "--batch-size", "2.5"], "batch_size must be a whole number, 1 to 65536, got '2.5'"),
        (["train", "--out", __file__], "is a file; name a new folder"),
        (["train", "--out", "."], "already holds files; name a new folder"),
        (["train", "--set", "beta"], "--set takes name=value, like beta=4, got 'beta'"),
        (["train", "--set", "bata=4"], "unknown setting 'bata': did you mean 'beta'?"),
        (["train", "--set", "beta=-1"], "beta must be a number, 0 to 1000, got '-1'"),
        (["train", "--preset", "tolk"], "did you mean 'talk'?"),
        (["train", "--preset", "the-talk", "--out", "run"], "the-talk trains 2 runs"),
        (["train", "--config", "nowhere.json"], "nowhere.json: cannot be read"),
        (["train", "--resume", "nowhere"], "cannot be read"),
        (
            ["train", "--resume", "a", "--lr", "1"],
            "only --epochs or --more can be given beside it. --branch",
        ),
        (["train", "--resume", "a", "--branch", "b"], "give one of them"),
        (["train", "--branch", "nowhere"], "there is no such run folder"),
        (["train", "--branch", "a", "--config", "b"], "--config and --preset cannot be given beside it"),
        (["train", "--at", "3"], "give --branch RUN with it"),
        (["train", "--more", "3"], "give --resume RUN or --branch RUN with it"),
        (["train", "--resume", "a", "--more", "3", "--epochs", "4"], "give one of them"),
        (["models", "vea"], "did you mean 'vae'?"),
        (["data", "minst"], "did you mean 'mnist'?"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(capsys, arguments, message):
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fly"], "invalid choice: 'fly'"),
        (["train", "--schedule", "never"], "--schedule: invalid choice: 'never'"),
        (["train", "--wings"], "unrecognized arguments: --wings"),
        (["evaluate"], "required: RUN"),
        (["evaluate", "run", "--samples", "0"], "must be a whole number, 1 to 100,000, got '0'"),
        (["evaluate", "run", "--epoch", "last"], "must be a whole number, at least 0, got 'last'"),
    ],
)
def test_words_that_mean_nothing_are_told_in_one_line_too(capsys, arguments, message):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_a_gpu_that_is_not_there_is_wrong_use(capsys, monkeypatch):
    monkeypatch.setattr("ae_studio.training.devices._cuda_works", lambda: False)
    assert main(["train", "--device", "cuda"]) == 2
    assert "device 'cuda' cannot be used" in capsys.readouterr().err


def test_a_run_that_fails_is_exit_code_1(capsys, tmp_path):
    arguments = ["train", "--model", "linear", "--lr", "10", "--out", str(tmp_path / "run")]
    assert main(arguments) == 1
    assert "exploded" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["evaluate", "export"])
def test_a_folder_that_is_no_run_is_exit_code_1(capsys, tmp_path, command):
    assert main([command, str(tmp_path), *(["png"] if command == "export" else [])]) == 1
    assert "config.json: is missing" in capsys.readouterr().err


def test_data_that_are_not_here_name_the_command_that_fetches_them(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path))
    assert main(["train", "--data", "kmnist"]) == 1
    assert "ae-studio data kmnist" in capsys.readouterr().err


def test_models_and_data_are_listed(capsys):
    assert main(["models"]) == 0
    assert main(["data"]) == 0
    out = capsys.readouterr().out
    for name in ("linear", "beta-vae", "digits", "cifar10"):
        assert name in out


def test_a_models_settings_are_explained(capsys):
    assert main(["models", "beta-vae"]) == 0
    out = capsys.readouterr().out
    assert "--set beta=4   KL weight β, 0 to 1000" in out
    assert "L = −E_q[log p(x|z)] + β KL(q(z|x) ‖ p(z))" in out


def test_a_card_and_all_of_them_are_given_as_json(capsys):
    assert main(["models", "vae", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Variational autoencoder"
    assert main(["models", "--json"]) == 0
    assert {"linear", "vae"} <= {card["name"] for card in json.loads(capsys.readouterr().out)}


def environment(tmp_path, **values):
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return kept | {"AE_STUDIO_RUNS": str(tmp_path / "runs")} | values


def test_ctrl_c_stops_and_keeps_the_run(tmp_path):
    command = [sys.executable, "-m", "ae_studio", "train", "--epochs", "100000", "--out", str(tmp_path / "run")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("epoch 1/"):
            process.send_signal(signal.SIGINT)
            break
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.splitlines()[-1] == "Stopped, as asked."
    assert json.loads((tmp_path / "run" / "ended.json").read_text())["outcome"] == "stopped"


def test_without_a_display_the_main_job_is_done_and_its_pictures_are_named(tmp_path, monkeypatch, capsys):
    from ae_studio.training.defaults import complete

    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("AE_STUDIO_RUNS", str(tmp_path))
    small = complete({"epochs": 1, "settings": {"hidden": "16"}})
    monkeypatch.setattr("ae_studio.terminal.default_config", lambda data, model: small)
    assert main([]) == 0
    out = capsys.readouterr().out
    assert "there is no display" in out
    assert "Negative ELBO" in out
    [folder] = tmp_path.iterdir()
    assert len(list((folder / "pictures").glob("*.png"))) == 4


def test_where_qt_lacks_libraries_the_main_job_is_done_and_the_line_that_installs_them_is_said(monkeypatch, capsys):
    line = "to open a window Qt needs: sudo apt-get install libxcb-cursor0"
    monkeypatch.setattr("ae_studio.display.missing_display", lambda: "")
    monkeypatch.setattr("ae_studio.display.draws_on_x", lambda: True)
    monkeypatch.setattr("ae_studio.system_libraries.missing_for_a_window", lambda: line)
    monkeypatch.setattr("ae_studio.terminal.main_job", lambda: 0)
    assert main([]) == 0
    assert line in capsys.readouterr().out


def test_opening_without_a_run_opens_the_window_alone_as_a_menu_entry_asks_for_it(monkeypatch):
    opened = []
    monkeypatch.setattr("ae_studio.commands.window._why_no_window", lambda: "")
    monkeypatch.setattr("ae_studio.gui.app.run_window", lambda run: opened.append(run) or 0)
    assert main(["open"]) == 0
    assert opened == [None]


def test_opening_a_run_without_a_display_is_said_in_one_line(tmp_path):
    command = [sys.executable, "-m", "ae_studio", "open", str(tmp_path)]
    done = subprocess.run(
        command, env=environment(tmp_path, QT_QPA_PLATFORM="xcb"), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "there is no display" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_self_test_without_a_display_says_so_and_fails(tmp_path):
    command = [sys.executable, "-m", "ae_studio", "--self-test"]
    env = environment(tmp_path, QT_QPA_PLATFORM="xcb")
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "no window to test" in done.stderr


# A model of one's own


def test_a_python_file_named_as_the_model_is_trained_and_its_run_goes_on(tmp_path, capsys, monkeypatch):
    written(tmp_path, trusted=False)
    monkeypatch.chdir(tmp_path)
    assert main(["train", "--model", "mine.py", "--epochs", "1", "--out", "run"]) == 0
    assert main(["train", "--resume", "run", "--epochs", "2"]) == 0
    assert main(["train", "--config", "run/config.json", "--epochs", "1", "--out", "again"]) == 0
    capsys.readouterr()
    assert main(["evaluate", "run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["epoch"] == 2


def test_a_run_without_a_name_of_its_own_bears_that_of_the_file(tmp_path, own_places):
    path = written(tmp_path, trusted=False)
    assert main(["train", "--model", str(path), "--epochs", "1"]) == 0
    assert [folder.name.split("_", 2)[2] for folder in (own_places / "runs").iterdir()] == ["mine_digits"]


def test_the_words_of_a_run_from_elsewhere_run_nothing_until_it_is_trusted(tmp_path, capsys, monkeypatch):
    from ae_studio.models import own, trust

    path = written(tmp_path, trusted=False)
    run, new = str(tmp_path / "run"), str(tmp_path / "new")
    assert main(["train", "--model", str(path), "--epochs", "1", "--out", run]) == 0
    path.unlink()
    for words, code in (
        (["evaluate", run], 1),
        (["export", run, "png"], 1),
        (["train", "--resume", run, "--epochs", "2"], 2),
        (["train", "--config", f"{run}/config.json", "--out", new], 2),
    ):
        monkeypatch.setattr(trust, "_trusted_here", {})
        monkeypatch.setattr(own, "_loaded", {})  # as in a process that has never heard of it
        trust.trust_list().unlink(missing_ok=True)
        assert main(words) == code
        assert "has not been run here" in capsys.readouterr().err
        assert main([*words, "--trust"]) == 0, words


def test_a_file_that_a_config_names_is_not_named_by_the_user(tmp_path, capsys):
    path = written(tmp_path, trusted=False)
    (tmp_path / "config.json").write_text(json.dumps({"model": str(path), "epochs": 1}))
    assert main(["train", "--config", str(tmp_path / "config.json"), "--out", str(tmp_path / "run")]) == 2
    assert "has not been run here" in capsys.readouterr().err


def test_a_model_that_does_something_wrong_fails_with_its_own_line(tmp_path, capsys):
    wrong = WHOLE.replace("** 2).mean()", "** 2).mean() if self.epochs_done < 1 else boom")
    for name, text, code, message in (
        ("shape.py", WHOLE.replace("(x.flatten(1))", "(x)"), 1, "(shape.py, line 20: `return self.encoder(x)`)\n"),
        ("later.py", wrong, 1, "NameError: name 'boom' is not defined (later.py, line 29: `return"),
        ("syntax.py", "def f(:", 2, "(syntax.py, line 1: `def f(:`)"),
    ):
        assert main(["train", "--model", str(written(tmp_path, text, name, trusted=False))]) == code
        assert message in capsys.readouterr().err


def test_what_a_model_of_ones_own_is_stands_on_its_card(tmp_path, capsys):
    assert main(["models", str(written(tmp_path, trusted=False))]) == 0
    assert "A linear autoencoder." in capsys.readouterr().out
    assert main(["models"]) == 0
    assert ".py file with a model of your own" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_has_enough_is_no_error_to_tell():
    command = [
        sys.executable,
        "-c",
        "import time; time.sleep(0.5); from ae_studio.cli import main; exit(main(['models', '--json']))",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


# Settings that change on the way


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A run with changes, and what was said of it."""
    folder = tmp_path_factory.mktemp("changed")
    (folder / "changes.jsonl").write_text('{"step": 4, "values": {"beta": 0.5, "lr": 0.01}}\n')
    words = ["train", *SMALL, "--changes", str(folder / "changes.jsonl"), "--out", str(folder / "run")]
    assert main(words) == 0
    return folder / "run"


def test_settings_change_on_the_way_as_a_file_says(tmp_path, capsys):
    (tmp_path / "mine.jsonl").write_text('{"step": 4, "values": {"beta": 0.5, "lr": 0.01}}\n')
    assert main(["train", *SMALL, "--changes", str(tmp_path / "mine.jsonl"), "--out", str(tmp_path / "run")]) == 0
    assert "β 1 → 0.5, lr 0.001 → 0.01 from step 5 on" in capsys.readouterr().out.splitlines()
    assert (tmp_path / "run" / "changes.jsonl").read_text() == (tmp_path / "mine.jsonl").read_text()


def test_a_run_is_repeated_with_its_changes_to_the_byte(changed, tmp_path):
    assert main(["train", "--repeat", str(changed), "--out", str(tmp_path / "again")]) == 0
    for name in ("metrics.csv", "changes.jsonl"):
        assert (tmp_path / "again" / name).read_bytes() == (changed / name).read_bytes()


def test_a_run_is_repeated_for_fewer_epochs_in_a_new_folder(changed):
    from ae_studio.paths import runs_root

    assert main(["train", "--repeat", str(changed), "--epochs", "1"]) == 0
    [again] = runs_root().iterdir()
    rows = (again / "metrics.csv").read_text().splitlines()
    assert rows == (changed / "metrics.csv").read_text().splitlines()[: len(rows)]
    assert json.loads((again / "config.json").read_text())["config"]["epochs"] == 1


def test_the_changes_of_a_run_are_made_in_another_one(changed, tmp_path):
    assert main(["train", *SMALL, "--seed", "7", "--changes", str(changed), "--out", str(tmp_path / "run")]) == 0
    assert (tmp_path / "run" / "changes.jsonl").read_text() == (changed / "changes.jsonl").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--changes", "nowhere"], "nowhere: there is no such file, and no such run"),
        (["--changes", "FILE"], "line 1: must read like"),
        (["--model", "deep", "--changes", "RUN"], "unknown live setting 'beta'"),
        (["--repeat", "RUN", "--lr", "0.1"], "only --epochs and --out can be given beside it"),
        (["--repeat", "RUN", "--set", "beta=1"], "only --epochs and --out can be given beside it"),
        (["--repeat", "RUN", "--changes", "RUN"], "only --epochs and --out can be given beside it"),
        (["--repeat", "nowhere"], "config.json: cannot be read"),
        (["--resume", "RUN", "--changes", "RUN"], "--resume goes on with the run's own settings"),
        (["--resume", "RUN", "--repeat", "RUN"], "--resume goes on with the run's own settings"),
    ],
)
def test_wrong_use_of_changes_is_one_line(changed, tmp_path, capsys, arguments, message):
    (tmp_path / "damaged").write_text("{")
    places = {"RUN": str(changed), "FILE": str(tmp_path / "damaged")}
    assert main(["train", *(places.get(word, word) for word in arguments)]) == 2
    assert message in capsys.readouterr().err


def test_compare_takes_two_to_four_runs_at_an_epoch_each(run, capsys):
    assert main(["compare", f"{run}@0", str(run), "--json"]) == 0
    assert [each["epoch"] for each in json.loads(capsys.readouterr().out)["runs"]] == [0, 2]
    assert main(["compare", str(run)]) == 2
    assert "two to 4 runs" in capsys.readouterr().err
    assert main(["compare", str(run), str(run / "nothing")]) == 1
    assert "there is no such run folder" in capsys.readouterr().err


def test_an_interrupt_that_ends_a_command_at_once_prints_no_traceback(monkeypatch, capsys):
    def interrupted(name):
        raise KeyboardInterrupt

    monkeypatch.setattr("ae_studio.models.card_text.card_values", interrupted)
    assert main(["models", "vae", "--json"]) == 130
    assert "Traceback" not in "".join(capsys.readouterr())
