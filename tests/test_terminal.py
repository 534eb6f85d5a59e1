import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ae_studio.data.download import DownloadProgress
from ae_studio.events import EpochDone, LatentSpace, Look, RunEnded, RunStarted, StepsDone, ValuesChanged
from ae_studio.terminal import DownloadLines, TrainingLines, _stopped_by_interrupt, train_on_terminal
from ae_studio.training.control import RunControl, TrainingStopped
from ae_studio.training.defaults import complete

IMAGES = np.zeros((1, 8, 8), dtype=np.uint8)
SPACE = LatentSpace(2)
STARTED = RunStarted(
    Path("run"), 10, 0, 4, SPACE, 1234, 100, 10, "CPU", "float32", IMAGES, np.zeros(1, np.int64), ("a",)
)


def on_a_terminal(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)


def steps(epoch, first, losses):
    numbers = np.arange(first, first + len(losses))
    return StepsDone(epoch, numbers, {"loss": np.array(losses, dtype=np.float32)}, 5000.0)


def test_a_line_moves_on_a_terminal(capsys, monkeypatch):
    on_a_terminal(monkeypatch)
    lines = TrainingLines()
    lines(STARTED)
    lines(steps(2, 5, [30.0, 20.0]))
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "CPU, float32; 1,234 parameters; run run"
    assert "epoch 2/10   50%  loss 20  5,000 images/s" in out
    assert out.rpartition("\n")[2].startswith("\r")


def test_the_moving_line_is_wiped_before_the_end_is_said(capsys, monkeypatch):
    on_a_terminal(monkeypatch)
    lines = TrainingLines()
    lines(STARTED)
    lines(steps(1, 1, [30.0]))
    lines(RunEnded("stopped", "Stopped in epoch 1.", Path("run")))
    assert capsys.readouterr().out.endswith("\r\x1b[KStopped in epoch 1.\n")


def test_a_change_has_a_line_of_its_own(capsys, monkeypatch):
    on_a_terminal(monkeypatch)
    lines = TrainingLines()
    lines(STARTED)
    lines(steps(1, 1, [30.0]))
    lines(ValuesChanged(300, 1199, {"beta": 1.0}, {"beta": 4.0}))
    assert capsys.readouterr().out.endswith("\r\x1b[Kβ 4 → 1 from step 1,200 on\n")


def test_a_failure_goes_to_the_errors(capsys):
    TrainingLines()(RunEnded("failed", "The disk is full.", None))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "The disk is full.\n"


def test_nothing_moves_in_a_pipe(capsys):
    lines = TrainingLines()
    lines(STARTED)
    lines(steps(1, 1, [30.0]))
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_download_is_one_moving_line_on_a_terminal(capsys, monkeypatch):
    on_a_terminal(monkeypatch)
    lines = DownloadLines()
    for done in (500_000, 1_500_000, 2_000_000):
        lines(DownloadProgress("train-images", done, 2_000_000, 0, 4))
    out = capsys.readouterr().out
    assert "train-images  1.5 of 2.0 MB" in out
    assert out.count("\n") == 1
    assert out.endswith("\n")


def test_a_download_is_a_line_a_file_in_a_pipe(capsys):
    lines = DownloadLines()
    for file, index in (("images", 0), ("images", 0), ("labels", 1)):
        lines(DownloadProgress(file, 10, 100, index, 2))
    assert capsys.readouterr().out.splitlines() == ["images (1 of 2)", "labels (2 of 2)"]


def test_ctrl_c_asks_the_run_to_stop_and_its_old_meaning_returns(capsys):
    before, control = signal.getsignal(signal.SIGINT), RunControl()
    with _stopped_by_interrupt(control):
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(TrainingStopped):
            control.check()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    assert "the run is kept" in capsys.readouterr().err


def test_nothing_of_the_terminal_loads_torch_before_it_is_needed():
    code = "import sys, ae_studio.terminal; print(sorted({'torch', 'pytorch_lightning', 'PySide6'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\[\]\s*", done.stdout)


def epoch(number, kl):
    look = Look(number, 0, np.zeros((6, 2), dtype=np.float32), IMAGES, lambda codes: codes)
    validation = {"loss": 30.0, "kl": kl, "mse_per_pixel": 0.05}
    return EpochDone(number, {"loss": 31.0}, validation, 1e-3, 0.1, 1000.0, Path("snapshot"), look)


def test_what_a_run_suffers_from_is_said_once_before_its_last_line(capsys):
    lines = TrainingLines()
    lines(STARTED)
    for number in range(15):
        lines(epoch(number, 0.01))
    lines(RunEnded("finished", "Finished all 14 epochs.", Path("run")))
    told = capsys.readouterr()
    assert told.err.count("warning: The codes say next to nothing") == 1
    assert told.out.splitlines()[-1] == "Finished all 14 epochs."


def test_what_the_settings_give_away_is_said_before_training(capsys, tmp_path):
    config = complete({"epochs": 1, "settings": {"hidden": "16", "beta": 64}})
    assert train_on_terminal(config, out=tmp_path / "run") == 0
    assert "warning: The error is summed here over all 64 pixels" in capsys.readouterr().err
