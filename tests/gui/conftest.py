"""What the window's tests share: events of a run that never happened, told as the engine tells them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings

from ae_studio.events import EpochDone, LatentSpace, Look, RunStarted, StepsDone
from tests.gui.staged import Stage

LOADED = 60_000  # ms: the first test of a process loads torch


class Told:
    """Makes events of one run of ``steps_per_epoch`` steps an epoch."""

    def __init__(self, epochs=10, steps_per_epoch=4, classes=3):
        self.epochs = epochs
        self.steps_per_epoch = steps_per_epoch
        self.classes = classes
        self.probes = np.zeros((4, 8, 8), dtype=np.uint8)

    def start(self, **changes):
        values = {
            "run": Path("run"),
            "epochs": self.epochs,
            "first_epoch": 0,
            "steps_per_epoch": self.steps_per_epoch,
            "space": LatentSpace(2),
            "parameters": 12_345,
            "train_images": 400,
            "validation_images": 40,
            "device": "CPU",
            "precision": "32 bit",
            "probes": self.probes,
            "sample_labels": np.arange(6) % self.classes,
            "class_names": tuple("abcdefgh"[: self.classes]),
            "loss_unit": "nats per image",
        }
        return RunStarted(**(values | changes))

    def steps(self, epoch, images_per_second=1000.0, **terms):
        first = (epoch - 1) * self.steps_per_epoch + 1
        steps = np.arange(first, first + self.steps_per_epoch)
        values = {name: np.full(len(steps), value, dtype=np.float32) for name, value in terms.items()}
        return StepsDone(epoch, steps, values, images_per_second)

    def look(self, epoch=0):
        return Look(epoch, 0, np.zeros((6, 2), dtype=np.float32), self.probes, lambda codes: codes)

    def epoch(self, number, **terms):
        train = terms if number else {}
        return EpochDone(number, train, terms, 1e-3, 0.1, 1000.0, Path("snapshot"), self.look(number))


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def stage(qtbot):
    """Makes stages (:class:`tests.gui.staged.Stage`), and ends them."""
    made = []

    def make(**settings):
        made.append(Stage(qtbot, **settings))
        return made[-1]

    yield make
    for each in made:
        each.end()


@pytest.fixture
def window(qtbot):
    """The whole window with its engine; a training that still runs is stopped."""
    from ae_studio.gui.main_window import MainWindow

    QSettings().clear()
    made = MainWindow()
    made.show()
    qtbot.waitExposed(made)
    with qtbot.waitSignal(made.session.engine_ready, timeout=LOADED):
        made.load()
    yield made
    made.leaving.agreed = True
    if made.session.training:
        with qtbot.waitSignal(made.session.run_ended, timeout=LOADED):
            made.session.stop()
    made.close()
    made.deleteLater()
