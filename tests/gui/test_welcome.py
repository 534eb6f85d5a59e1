import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ae_studio.gui.welcome import NO_RUNS, Welcome
from ae_studio.runs.listed import ListedRun

RUNS = (
    ListedRun("b", model="vae", data="digits", latent_dim=2, epochs_done=1, started="2026-11-29 10:37:33"),
    ListedRun("a", model="linear", data="mnist", latent_dim=8, epochs_done=3, title="My first"),
)


@pytest.fixture
def welcome(qtbot):
    made = Welcome({"the-talk": ("The talk", "Linear, then not.")})
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def button(welcome, name):
    return welcome.findChild(QPushButton, name)


def click(qtbot, welcome, name):
    qtbot.mouseClick(button(welcome, name), Qt.MouseButton.LeftButton)


def test_train_and_the_tours_are_one_click_away(welcome, qtbot):
    with qtbot.waitSignal(welcome.train_requested):
        click(qtbot, welcome, "welcome_train_button")
    with qtbot.waitSignal(welcome.tour_chosen) as chosen:
        click(qtbot, welcome, "tour_the_talk_button")
    assert chosen.args == ["the-talk"]


def test_while_nothing_can_begin_the_buttons_say_why(welcome):
    names = ("welcome_train_button", "tour_the_talk_button")
    welcome.allow_training("Loading the engine…")
    assert all(not button(welcome, name).isEnabled() for name in names)
    assert {button(welcome, name).toolTip() for name in names} == {"Loading the engine…"}
    welcome.allow_training("")
    assert all(button(welcome, name).isEnabled() for name in names)
    assert button(welcome, "welcome_train_button").toolTip() == "Train with the settings on the left"


def test_recent_runs_are_opened_with_one_click(welcome, qtbot):
    welcome.show_recent(RUNS)
    qtbot.waitUntil(lambda: button(welcome, "recent_run_1_button").isVisible())
    assert [label.text() for label in button(welcome, "recent_run_0_button").findChildren(QLabel)] == [
        "vae on digits",
        "d = 2 · 1 epoch · 11-29 10:37",
    ]
    assert button(welcome, "recent_run_1_button").accessibleName() == "My first"
    with qtbot.waitSignal(welcome.run_chosen) as chosen:
        click(qtbot, welcome, "recent_run_1_button")
    assert chosen.args == ["a"]
    with qtbot.waitSignal(welcome.runs_requested):
        click(qtbot, welcome, "welcome_runs_button")


def test_without_a_run_it_says_where_they_will_be(welcome):
    texts = {label.text(): label for label in welcome.findChildren(QLabel)}
    assert texts[NO_RUNS].isVisible()
    welcome.show_recent(RUNS)
    assert not texts[NO_RUNS].isVisible()


def test_while_a_run_is_trained_no_other_is_opened(welcome):
    welcome.allow_opening("A training is running")
    welcome.show_recent(RUNS)
    assert not button(welcome, "recent_run_0_button").isEnabled()
    assert button(welcome, "recent_run_0_button").toolTip() == "A training is running"
    welcome.allow_opening("")
    assert button(welcome, "recent_run_0_button").toolTip() == "Open b"


def test_everything_fits_in_a_narrow_canvas(welcome, qtbot):
    welcome.show_recent(RUNS)
    welcome.resize(430, 270)
    qtbot.waitUntil(lambda: welcome.widget().width() <= 430)
    assert welcome.horizontalScrollBar().maximum() == 0


def test_it_comes_back_from_its_top(welcome, qtbot):
    welcome.resize(700, 120)
    bar = welcome.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    welcome.hide()
    welcome.show()
    assert bar.value() == 0
