"""What can be done, with a session that only says how things stand; the real one is in test_main_window."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.gui.steering import Steering
from ae_studio.runs.library import RunSettings
from ae_studio.training.defaults import complete, preset_values
from ae_studio.training.live import Change


@pytest.fixture
def session():
    made = MagicMock(training=False, paused=False, watched=None, own_process=None, run_path=None)
    made.pause.side_effect = lambda: setattr(made, "paused", True)
    made.resume.side_effect = lambda: setattr(made, "paused", False)
    made.train.side_effect = lambda config, changes=(), first="all": setattr(made, "training", True)
    return made


@pytest.fixture
def setup(qtbot):
    made = SetupPanel()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def steering(session, setup):
    made = Steering(session, setup, setup)
    made.take_engine()
    made.told = []
    for name in ("begun", "asked", "noted", "refused", "paused_changed", "command_made", "possible_changed"):
        getattr(made, name).connect(lambda *told, name=name: made.told.append((name, *told)))
    return made


def run_in(setup, where):
    setup.run_in.box.setCurrentIndex(setup.run_in.box.findData(where))


def names(steering):
    return [name for name, *_ in steering.told]


def test_nothing_can_be_done_before_there_is_an_engine_and_never_without(session, setup):
    steering = Steering(session, setup, setup)
    assert steering.possible().train == steering.possible().evaluate == "Loading the engine…"
    steering.train()
    session.train.assert_not_called()
    steering.take_failure("engine", "no torch", "")
    assert steering.possible().train == "The engine could not be loaded"
    steering.take_engine()
    assert steering.possible().train == ""


def test_another_failure_leaves_the_engine_alone(steering):
    steering.take_failure("open", "no run", "")
    assert steering.possible().train == ""


@pytest.mark.parametrize(
    ("state", "train", "steer", "stop", "keep"),
    [
        ({}, "", "Nothing is being trained", "Nothing is being trained", "There is no finished run to save from"),
        ({"run_path": "run"}, "", "Nothing is being trained", "Nothing is being trained", ""),
        (
            {"run_path": "run", "training": True},
            "A training is running",
            "",
            "",
            "There is no finished run to save from",
        ),
        (
            {"run_path": "run", "watched": "run"},
            "",
            "This run belongs to another process: steer it there",
            "This run belongs to another process: steer it there",
            "",
        ),
        (
            {"run_path": "run", "watched": "run", "own_process": SimpleNamespace()},
            "A training runs in its own process: stop it first",
            "This run belongs to another process: steer it there",
            "",
            "",
        ),
    ],
    ids=["nothing", "a run", "a training", "another's", "its own process"],
)
def test_every_state_says_what_can_be_done_and_why_not_the_rest(steering, session, state, train, steer, stop, keep):
    session.configure_mock(**state)
    possible = steering.possible()
    assert (possible.train, possible.steer, possible.stop, possible.keep) == (train, steer, stop, keep)
    assert possible.evaluate == ("" if "run_path" in state else "There is no run yet")


def test_a_wrong_setting_is_why_not(steering, setup, session):
    setup.fields.own["hidden"].widget.setText("5-x")
    assert "hidden" in steering.possible().train
    steering.train()
    session.train.assert_not_called()
    steering.make_command()
    assert names(steering) == ["refused"]


def test_training_locks_the_settings_until_it_ends(steering, session, setup):
    steering.train()
    session.train.assert_called_once_with(setup.config(), ())
    assert names(steering) == ["asked", "begun", "possible_changed"]
    assert not setup.fields.common["epochs"].widget.isEnabled()
    assert setup.fields.common["lr"].widget.isEnabled()  # can be changed meanwhile
    steering.end(None)
    assert setup.fields.common["epochs"].widget.isEnabled()


def test_a_process_of_its_own_leaves_the_settings_free(steering, session, setup):
    run_in(setup, "process")
    steering.train()
    session.train_apart.assert_called_once_with(setup.config(), None)
    session.train.assert_not_called()
    assert ("noted", "Starting a process of its own…") in steering.told
    assert setup.fields.common["lr"].widget.isEnabled()


def test_a_process_that_cannot_be_started_is_said(steering, session, setup):
    run_in(setup, "process")
    session.train_apart.side_effect = OSError("no memory")
    steering.train()
    assert ("refused", "No process could be started: no memory") in steering.told
    assert "noted" not in names(steering)


def test_a_command_is_made_instead_of_a_training(steering, session, setup):
    setup.set_config(complete({"epochs": 3}))
    run_in(setup, "command")
    steering.train()
    [(_, command)] = steering.told
    assert command.startswith("ae-studio train --epochs 3")
    session.train.assert_not_called()


def test_the_queue_takes_the_settings_also_while_a_process_of_its_own_trains(steering, session, setup):
    run_in(setup, "queue")
    session.own_process = MagicMock()
    assert steering.possible().queues
    assert steering.possible().train == ""
    told = []
    steering.queue_requested.connect(told.append)
    steering.train()
    assert told == [setup.config()]
    session.train.assert_not_called()


def test_a_sweep_is_of_the_forms_settings_and_not_of_wrong_ones(steering, setup):
    told = []
    steering.sweep_requested.connect(told.append)
    steering.sweep()
    assert told == [setup.config()]
    setup.fields.own["hidden"].widget.setText("x")
    steering.sweep()
    assert len(told) == 1
    assert "hidden" in next(words[1] for words in steering.told if words[0] == "refused")


def test_a_preset_keeps_the_data_and_is_trained(steering, session, setup):
    setup.set_config(complete({"data": "mnist"}))
    setup.set_on_disk({"digits": True, "mnist": True})
    steering.train_preset("talk-linear")
    expected = complete(preset_values("talk-linear") | {"data": "mnist"})
    session.train.assert_called_once_with(expected, ())


def test_pause_and_step_say_so(steering, session):
    session.training = True
    steering.toggle_pause()
    steering.toggle_pause()
    steering.step()
    assert [told for told in steering.told if told[0] == "paused_changed"] == [
        ("paused_changed", True),
        ("paused_changed", False),
        ("paused_changed", False),
    ]
    session.step.assert_called_once_with()
    steering.stop()
    session.stop.assert_called_once_with()
    assert steering.told[-1] == ("noted", "Stopping…")


def test_a_loaded_model_is_chosen_unless_a_training_was_begun_meanwhile(steering, session, setup):
    session.training = True
    steering.choose_model("deep")
    assert setup.model == "vae"
    session.training = False
    steering.choose_model("deep")
    assert setup.model == "deep"
    assert names(steering) == ["asked"]


@pytest.mark.parametrize(("ask", "first"), [("step", "step"), ("seen_step", "seen step"), ("epoch", "epoch")])
def test_where_nothing_is_trained_a_step_begins_the_run(steering, session, setup, ask, first):
    assert steering.possible().step == ""
    getattr(steering, ask)()
    session.train.assert_called_once_with(setup.config(), (), first=first)
    session.step.assert_not_called()
    session.train_epoch.assert_not_called()
    assert not setup.fields.common["epochs"].widget.isEnabled()


def test_in_a_training_each_asks_for_its_own(steering, session):
    session.training = True
    steering.seen_step()
    session.step.assert_called_once_with(seen=True)
    steering.epoch()
    session.train_epoch.assert_called_once_with()
    session.train.assert_not_called()


@pytest.mark.parametrize("where", ["process", "command"])
def test_a_run_elsewhere_cannot_be_begun_by_a_step(steering, session, setup, where):
    run_in(setup, where)
    assert steering.possible().step == "Only a run in this window can be stepped: see Run in"
    steering.step()
    session.train.assert_not_called()
    session.train_apart.assert_not_called()


def test_behind_an_epoch_that_was_asked_for_the_pause_is_told(steering, session):
    steering.tell_epoch()
    assert "paused_changed" not in names(steering)
    session.paused = True
    steering.tell_epoch()
    assert ("paused_changed", True) in steering.told


CHANGES = (Change(4, {"beta": 2.0}),)


def found(run="somewhere/a run"):
    return RunSettings(Path(run), complete({"epochs": 3, "settings": {"beta": 0.5}}), CHANGES)


def test_a_run_is_repeated_with_its_changes_and_its_settings_fill_the_form(steering, session, setup):
    steering.repeat(found())
    session.train.assert_called_once_with(found().config, CHANGES)
    assert setup.config() == found().config
    assert [name for name in names(steering) if name != "possible_changed"] == ["asked", "begun"]


def test_a_run_is_repeated_in_a_process_of_its_own_or_by_a_command(steering, session, setup):
    run_in(setup, "process")
    steering.repeat(found())
    session.train_apart.assert_called_once_with(found().config, Path("somewhere/a run"))
    run_in(setup, "command")
    steering.repeat(found())
    assert steering.told[-1] == ("command_made", "ae-studio train --repeat 'somewhere/a run'")
    session.train.assert_not_called()


def test_what_cannot_be_repeated_says_why(steering, session):
    session.training = True
    steering.repeat(found())
    assert steering.told[-1] == ("refused", "It cannot be repeated: A training is running")
    assert steering._setup.config() != found().config
    session.train.assert_not_called()
