"""The comparison as it is used: real runs, real mouse and keys."""

import shutil

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QPushButton, QSlider, QToolButton

from ae_studio.gui.compare_tab import run_colour
from ae_studio.gui.compare_window import CompareWindow
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.training.defaults import complete
from ae_studio.training.train import train
from tests.gui.compared_runs import compared
from tests.gui.mouse import move

LOADED = 60_000  # ms: the first test of a process loads torch
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Two runs of digits, of 3 epochs each."""
    root = tmp_path_factory.mktemp("runs")
    folders = []
    for seed in (0, 1):
        folders.append(root / f"run-{seed}")
        config = complete({"epochs": 3, "seed": seed, "settings": {"hidden": "16"}})
        train(config, lambda event: None, out=folders[-1])
    return folders


@pytest.fixture
def window(qtbot):
    QSettings().clear()
    made = CompareWindow()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    yield made
    made.close()
    made.end()


@pytest.fixture
def opened(window, qtbot, trained):
    compare(qtbot, window, [(folder, None) for folder in trained])
    window.open_window()
    qtbot.waitExposed(window)
    return window


def compare(qtbot, window, entries):
    with qtbot.waitSignal(window.comparer.loaded, timeout=LOADED):
        window.compare(entries)


def epochs(window):
    return [run.epoch for run in window.runs]


def names(window):
    return [run.name for run in window.runs]


def press(qtbot, window, chip, name):
    with qtbot.waitSignal(window.comparer.loaded, timeout=LOADED):
        qtbot.mouseClick(window._chips[chip].findChild(QToolButton, name), LEFT)


def test_every_run_has_a_chip_and_the_tab_in_sight_shows_them(opened, qtbot):
    assert epochs(opened) == [3, 3]
    assert [chip.isVisible() for chip in opened._chips] == [True, True, False, False]
    assert opened._chips[1]._name.text() == "run-1"
    assert not opened.findChild(QPushButton, "reload_button").hasFocus()
    tab = opened.tabs.currentWidget()
    qtbot.waitUntil(lambda: tab._shown is not None, timeout=LOADED)
    assert len(tab._shown.decoded) == 2


def test_the_keys_of_an_epoch_box_take_that_run_alone(opened, qtbot):
    with qtbot.waitSignal(opened.comparer.loaded):
        qtbot.keyClick(opened._chips[1].epoch_box, Qt.Key.Key_Down)
    assert epochs(opened) == [3, 2]
    assert opened.common_epoch._read_out.text() == "each at its own"


def test_one_slider_takes_all_of_them(opened, qtbot):
    with qtbot.waitSignal(opened.comparer.loaded):
        qtbot.keyClick(opened.findChild(QSlider, "common_epoch_slider"), Qt.Key.Key_Home)
    assert epochs(opened) == [0, 0]
    assert [chip.epoch_box.value() for chip in opened._chips[:2]] == [0, 0]


def test_runs_change_places_and_leave(opened, qtbot):
    assert not opened._chips[0].findChild(QToolButton, "move_left_button").isEnabled()
    press(qtbot, opened, 0, "move_right_button")
    assert names(opened) == ["run-1", "run-0"]
    press(qtbot, opened, 0, "remove_run_button")
    assert names(opened) == ["run-0"]
    press(qtbot, opened, 0, "remove_run_button")
    assert names(opened) == []
    assert opened._empty.isVisible()
    assert "Choose two to four runs" in opened._empty.text()


def test_a_chip_is_dragged_past_another_and_keeps_its_epoch(opened, qtbot):
    with qtbot.waitSignal(opened.comparer.loaded):
        qtbot.keyClick(opened._chips[0].epoch_box, Qt.Key.Key_Down)
    first, other = opened._chips[0], opened._chips[1]
    target = first.mapFromGlobal(other.mapToGlobal(other.rect().center())) + QPoint(20, 0)
    marker = opened.findChild(QFrame, "chip_marker")
    QTest.mousePress(first, LEFT, pos=QPoint(40, 10))
    move(first, QPoint(60, 10), LEFT)
    move(first, target, LEFT)
    assert marker.isVisible()
    assert marker.x() > other.geometry().right()
    with qtbot.waitSignal(opened.comparer.loaded, timeout=LOADED):
        QTest.mouseRelease(first, LEFT, pos=target)
    assert (names(opened), epochs(opened)) == (["run-1", "run-0"], [3, 2])
    assert not marker.isVisible()


def test_a_run_beside_itself_at_two_epochs(window, qtbot, trained):
    compare(qtbot, window, [(trained[0], 1), (trained[0], 3)])
    assert epochs(window) == [1, 3]
    assert names(window) == ["run-0", "run-0"]


def test_every_tab_is_told_when_it_comes_into_sight(opened, qtbot):
    titles = [opened.tabs.tabText(index) for index in range(opened.tabs.count())]
    for title in ("Curves", "Settings", "Metrics"):
        opened.tabs.setCurrentIndex(titles.index(title))
    settings = opened.tabs.widget(titles.index("Settings"))
    assert settings.table.item(0, 0).text() == "Seed"
    metrics = opened.tabs.widget(titles.index("Metrics"))
    qtbot.waitUntil(lambda: "not measured" in metrics._note.text())


def test_a_click_in_the_curves_sets_the_epoch(opened, qtbot):
    curves = next(tab for tab in opened._tabs() if tab.TITLE == "Curves")
    with qtbot.waitSignal(opened.comparer.loaded):
        curves.epoch_wanted.emit(0, 1)
    assert epochs(opened) == [1, 3]


def test_reload_takes_what_was_trained_meanwhile(window, qtbot, trained, tmp_path):
    run = shutil.copytree(trained[0], tmp_path / "run")
    later = {}
    for folder in ("looks", "snapshots"):
        file = next((run / folder).glob("0003.*"))
        later[file] = file.read_bytes()
        file.unlink()
    (run / "ended.json").unlink()
    compare(qtbot, window, [(run, None), (run, 1)])
    window.open_window()
    assert epochs(window) == [2, 1]
    assert "has no end yet" in window._chips[0].epoch_box.toolTip()
    for file, content in later.items():
        file.write_bytes(content)
    with qtbot.waitSignal(window.comparer.loaded):
        qtbot.mouseClick(window.findChild(QPushButton, "reload_button"), LEFT)
    assert epochs(window) == [3, 1]  # one that was not at its last epoch stays


def test_what_cannot_be_read_is_said_inside_the_window(window, qtbot, trained, tmp_path):
    compare(qtbot, window, [(tmp_path / "gone", None), (trained[0], None)])
    assert names(window) == ["run-0"]
    assert "there is no such run folder" in window.bar.text
    compare(qtbot, window, [(trained[1], None)])
    assert window.bar.text == ""


def test_the_size_is_kept(qtbot, window):
    assert window.width() <= 1200
    window.resize(760, 640)  # the screen of the tests is small
    window.open_window()
    qtbot.waitExposed(window)
    window.close()
    other = CompareWindow()
    qtbot.addWidget(other)
    assert (other.width(), other.height()) == (760, 640)
    other.end()


def test_where_four_names_have_no_room_side_by_side_the_chips_stand_two_by_two(opened, qtbot):
    opened._runs = tuple(compared(name) for name in "abcd")
    opened._show_runs()
    opened.resize(1200, 600)
    qtbot.waitUntil(lambda: opened._chips[2].y() > opened._chips[0].y())
    opened.resize(1400, 600)
    qtbot.waitUntil(lambda: opened._chips[3].y() == opened._chips[0].y())


def test_letters_are_readable_in_either_theme(opened):
    for theme in (DARK, LIGHT):
        opened.set_theme(theme)
        assert run_colour(theme, 1) in opened._chips[1]._letter.styleSheet()
        opened.grab()
