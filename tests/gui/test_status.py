from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar

from ae_studio.events import RunEnded
from ae_studio.gui.status import StatusBar, in_words


@pytest.fixture
def bar(qtbot):
    made = StatusBar()
    qtbot.addWidget(made)
    made.show()
    return made


def text(bar, name):
    return bar.findChild(QLabel, f"{name}_label").text()


def progress(bar, name):
    return bar.findChild(QProgressBar, f"{name}_progress").value()


def test_speed_time_left_and_progress_are_told(bar, told, qtbot):
    bar.start(told.start(epochs=4))  # four epochs of four steps, 400 images each
    assert text(bar, "device") == "CPU, 32 bit"
    bar.show_steps(told.steps(2, images_per_second=100.0, loss=1.0))
    qtbot.waitUntil(lambda: text(bar, "speed") != "")
    assert text(bar, "speed") == "100 images/s"
    assert text(bar, "time_left") == "8 s left"  # two epochs of 400 images at 100 a second
    assert progress(bar, "run") == 500
    assert progress(bar, "epoch") == 1000


def test_the_speed_is_a_running_mean_to_three_digits(bar, told, qtbot):
    bar.start(told.start())
    bar.show_steps(told.steps(1, images_per_second=10_000.0, loss=1.0))
    bar.show_steps(told.steps(1, images_per_second=12_344.0, loss=1.0))
    qtbot.waitUntil(lambda: text(bar, "speed") != "")
    assert text(bar, "speed") == "10,200 images/s"


def test_the_time_of_a_decode_is_told(bar, qtbot):
    bar.show_decode(1.26)
    qtbot.waitUntil(lambda: text(bar, "decode") == "Decode 1.3 ms")


def test_what_is_not_known_takes_no_room(bar, told, qtbot):
    bar.show_decode(1.26)
    qtbot.waitUntil(lambda: text(bar, "decode") != "")
    decode, device = (bar.findChild(QLabel, f"{name}_label") for name in ("decode", "device"))
    at_first = decode.mapTo(bar, decode.rect().topLeft()).x()
    assert at_first < 12
    assert not device.isVisible()
    bar.start(told.start())
    qtbot.waitUntil(lambda: decode.mapTo(bar, decode.rect().topLeft()).x() > device.width())


def test_another_speed_is_nothing_to_the_window_around(bar, told, qtbot):
    bar.start(told.start())
    bar.show_steps(told.steps(1, images_per_second=10.0, loss=1.0))
    qtbot.waitUntil(lambda: text(bar, "speed") != "")
    before = bar.minimumSizeHint()
    bar.show_steps(told.steps(2, images_per_second=1e9, loss=1.0))
    qtbot.waitUntil(lambda: text(bar, "speed") != "10 images/s")
    assert bar.minimumSizeHint() == before


def test_a_pause_is_said(bar):
    bar.show_paused(True)
    assert text(bar, "time_left") == "paused"
    bar.show_paused(False)
    assert text(bar, "time_left") == ""


def test_the_end_takes_the_bars_away_and_says_how_it_was(bar, told):
    bar.start(told.start())
    assert bar.findChild(QProgressBar, "run_progress").isVisible()
    bar.end(RunEnded("finished", "Finished all 4 epochs.", Path("run")))
    assert not bar.findChild(QProgressBar, "run_progress").isVisible()
    assert bar.findChild(QLabel, "status_note").text() == "Finished all 4 epochs."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (8.4, "8 s"), (89, "89 s"), (95, "2 min"), (5_390, "1 h 30 min"), (7_800, "2 h 10 min")],
)
def test_seconds_are_said_as_a_person_says_them(seconds, words):
    assert in_words(seconds) == words


def test_a_speed_that_is_not_known_yet_is_not_shown(bar, told, qtbot):
    bar.start(told.start())
    bar.show_steps(told.steps(1, images_per_second=0.0, loss=1.0))
    bar._show_newest()
    assert bar.findChild(QLabel, "speed_label").text() == ""
    assert bar.findChild(QLabel, "time_left_label").text() == ""
