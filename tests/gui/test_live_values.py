"""Live values, with a session that only keeps what it is asked for; the real one is in test_main_window."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from ae_studio.events import ValuesChanged
from ae_studio.gui import live_values
from ae_studio.gui.live_values import LiveValues
from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.runs.library import RunSettings
from ae_studio.training.defaults import complete
from ae_studio.training.live import Change, told

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
BETA = complete({"model": "beta-vae", "settings": {"hidden": "16"}})


class Stage:
    """The form of a training that has just begun, and what is asked of the session."""

    def __init__(self, qtbot, config=BETA):
        self.qtbot = qtbot
        self.session = MagicMock(training=True)
        self.setup = SetupPanel()
        qtbot.addWidget(self.setup)
        self.setup.resize(320, 900)
        self.setup.show()
        qtbot.waitExposed(self.setup)
        self.live = LiveValues(self.session, self.setup, self.setup)
        self.told = []
        self.live.told.connect(self.told.append)
        self.setup.set_config(config)
        self.live.begin(self.setup.config())
        self.setup.lock("fixed", live=True)

    def box(self, name):
        return self.setup.fields.all[name].widget

    def type(self, name, text, key=KEY.Key_Return):
        box = self.box(name)
        box.setFocus()
        box.selectAll()
        self.qtbot.keyClicks(box, text)
        if key:
            self.qtbot.keyClick(box, key)

    @property
    def asked(self):
        return [call.args[0] for call in self.session.change.call_args_list]

    def error(self, name):
        return self.setup.fields.all[name].findChild(QLabel, "field_error").text()


@pytest.fixture
def stage(qtbot):
    return Stage(qtbot)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(live_values, "SETTLE_MS", 30)
    monkeypatch.setattr(live_values, "TYPING_MS", 60)


def test_only_what_can_be_changed_stays_free_and_says_that_it_is_live(stage):
    free = {name for name, field in stage.setup.fields.all.items() if field.widget.isEnabled()}
    assert free == {"lr", "clip", "weight_decay", "beta"}
    assert "takes effect at the next step" in stage.box("beta").toolTip()
    assert stage.box("beta").property("live")
    assert stage.box("epochs").toolTip() == "fixed"
    stage.setup.unlock()
    assert not stage.box("beta").property("live")
    assert "next step" not in stage.box("beta").toolTip()
    assert stage.box("epochs").isEnabled()


def test_return_changes_at_once_and_once(stage, qtbot):
    stage.type("beta", "0.5")
    assert stage.asked == [{"beta": 0.5}]
    stage.box("lr").setFocus()  # leaving the field is no other change
    qtbot.wait(100)
    assert stage.asked == [{"beta": 0.5}]


def test_a_value_that_is_typed_is_no_change_at_each_key(stage, qtbot):
    stage.type("beta", "0.05", key=None)
    assert stage.asked == []
    qtbot.waitUntil(lambda: stage.asked == [{"beta": 0.05}])


def test_leaving_a_field_changes_it(stage):
    stage.type("beta", "2", key=KEY.Key_Tab)
    assert stage.asked == [{"beta": 2.0}]


def test_many_turns_of_the_wheel_are_one_change(stage, qtbot):
    box = stage.box("beta")
    box.setFocus()
    at = QPointF(5, 5)
    for _ in range(3):
        event = QWheelEvent(
            *(at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(box, event)
    assert stage.asked == []
    qtbot.waitUntil(lambda: stage.asked == [{"beta": 20.0}])  # 5, 10, 20


def test_ctrl_and_an_arrow_double_and_halve(stage, qtbot):
    box = stage.box("lr")
    box.setFocus()
    for key, value in ((KEY.Key_Up, 2e-3), (KEY.Key_Up, 4e-3), (KEY.Key_Down, 2e-3)):
        qtbot.keyClick(box, key, CTRL)
        assert box.value() == pytest.approx(value)
    qtbot.waitUntil(lambda: stage.asked == [{"lr": 2e-3}])


def test_two_fields_that_are_changed_together_are_one_change(stage, qtbot):
    for name in ("lr", "beta"):
        qtbot.keyClick(stage.box(name), KEY.Key_Up, CTRL)
    qtbot.waitUntil(lambda: stage.asked == [{"lr": 2e-3, "beta": 8.0}])


def test_back_before_it_was_asked_for_is_no_change(stage, qtbot):
    for key in (KEY.Key_Up, KEY.Key_Down):
        qtbot.keyClick(stage.box("beta"), key, CTRL)
    qtbot.waitUntil(lambda: not stage.live._timer.isActive())
    assert stage.asked == []


def test_a_number_out_of_range_is_said_and_changes_nothing(stage, qtbot):
    stage.type("beta", "5000", key=None)
    assert stage.error("beta") == "Not taken: it must be 0 to 1000"
    assert stage.setup.fields.own["beta"].findChild(QLabel, "field_advice").isHidden()  # of the 500 on the way
    qtbot.keyClick(stage.box("beta"), KEY.Key_Return)
    assert stage.box("beta").value() == 4.0
    assert stage.error("beta") == ""
    assert stage.asked == []
    stage.type("beta", "5000", key=None)
    qtbot.waitUntil(lambda: not stage.live._timer.isActive())
    assert stage.asked == []
    stage.type("beta", "500")
    assert stage.asked == [{"beta": 500.0}]


def test_what_does_not_go_together_is_said_beside_its_field_and_changes_nothing_until_it_does(qtbot):
    stage = Stage(qtbot, complete({"model": "info-vae", "settings": {"weight": 1.0}}))
    stage.type("alpha", "-5")
    assert "weight must be at least 1 - alpha, here 6" in stage.error("weight")
    assert stage.asked == []
    stage.type("weight", "7")
    assert stage.asked == [{"alpha": -5.0, "weight": 7.0}]
    assert stage.error("weight") == ""


def test_a_change_that_took_effect_is_told(stage):
    stage.type("beta", "1")
    stage.live.take(ValuesChanged(3, 1199, {"beta": 1.0}, {"beta": 4.0}))
    assert stage.told == ["β 4 → 1 from step 1,200 on"]


def test_an_answer_on_its_way_does_not_put_back_what_was_asked_for_since(stage):
    stage.type("beta", "1")
    stage.type("beta", "2")
    stage.live.take(ValuesChanged(3, 10, {"beta": 1.0}, {"beta": 4.0}))
    assert stage.box("beta").value() == 2.0


def test_changes_of_a_run_that_is_repeated_show_in_the_form(stage):
    stage.live.take(ValuesChanged(0, 10, {"beta": 0.5, "lr": 0.01}, {"beta": 4.0, "lr": 0.001}))
    assert (stage.box("beta").value(), stage.box("lr").value()) == (0.5, 0.01)
    stage.type("beta", "0.5")  # holds already
    assert stage.asked == []


def test_at_its_end_the_form_keeps_the_values_and_offers_those_it_began_with(stage, qtbot):
    stage.type("beta", "1")
    stage.setup.unlock()
    stage.live.end()
    note = stage.setup.changes_note
    assert note.text == "Changed while it trained: β 4 → 1. These are the last values."
    assert stage.setup.config().settings["beta"] == 1.0
    qtbot.mouseClick(note.findChild(QPushButton, "changes_note_button"), Qt.MouseButton.LeftButton)
    assert stage.setup.config() == BETA
    assert note.text == ""


def test_a_run_without_changes_ends_without_a_note(stage):
    stage.live.end()
    assert stage.setup.changes_note.text == ""
    stage.setup.unlock()
    stage.type("beta", "1")
    assert stage.asked == []


def test_a_note_can_be_closed_and_another_training_closes_it_too(stage, qtbot):
    for close in (stage.setup.changes_note.findChild(QToolButton, "changes_note_close_button").click, None):
        stage.type("beta", "1")
        stage.live.end()
        assert stage.setup.changes_note.text
        close() if close else stage.live.begin(BETA)
        assert stage.setup.changes_note.text == ""
        stage.setup.set_config(BETA)
        stage.live.begin(BETA)


CHANGES = (Change(4, {"beta": 2.0}), Change(9, {"beta": 0.5, "lr": 0.01}))


@pytest.mark.parametrize("kind", ["opened", "library"])
def test_a_run_with_changes_fills_the_form_as_it_began_and_offers_its_last_values(stage, qtbot, kind):
    stage.session.training = False
    stage.setup.unlock()
    stage.setup.set_config(BETA)
    if kind == "opened":
        stage.live.show_opened(SimpleNamespace(config=BETA, changes=tuple(told(BETA, CHANGES, 4))))
    else:
        stage.live.show_settings(RunSettings(Path("run"), BETA, CHANGES))
    note = stage.setup.changes_note
    assert note.text.splitlines()[1:] == ["step 5: β 4 → 2", "step 10: β 2 → 0.5, lr 0.001 → 0.01"]
    assert stage.setup.config() == BETA
    qtbot.mouseClick(note.findChild(QPushButton, "changes_note_button"), Qt.MouseButton.LeftButton)
    config = stage.setup.config()
    assert (config.settings["beta"], config.lr) == (0.5, 0.01)


def test_a_run_without_changes_leaves_no_note(stage):
    stage.live.show_opened(SimpleNamespace(config=BETA, changes=()))
    stage.live.show_settings(RunSettings(Path("run"), BETA))
    assert stage.setup.changes_note.text == ""


def test_of_many_changes_the_first_are_told_and_how_many_more_there_are(stage):
    changes = tuple(Change(step, {"beta": float(step)}) for step in range(1, 9))
    stage.live.show_settings(RunSettings(Path("run"), BETA, changes))
    assert stage.setup.changes_note.text.splitlines()[-1] == "and 4 more"
