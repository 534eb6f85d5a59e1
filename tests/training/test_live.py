"""Settings that change while a training runs: which can, to what, and how they are kept; whole runs are below."""

import copy
import json
import math

import pytest
import torch

from ae_studio.config import ConfigError, check, field_specs
from ae_studio.data.batches import Armful
from ae_studio.events import EpochDone, ValuesChanged
from ae_studio.models.build import build_model
from ae_studio.models.catalog import MODELS
from ae_studio.runs.recorded import RecordedRun
from ae_studio.training.checkpoint import epochs_in, read_checkpoint
from ae_studio.training.control import RunControl
from ae_studio.training.defaults import complete
from ae_studio.training.live import (
    ALL,
    Change,
    as_text,
    changed,
    config_at,
    in_words,
    live_specs,
    plain,
    read_changes,
    short_name,
    told,
    value_of,
)
from ae_studio.training.module import TrainingModule, make_scheduler
from ae_studio.training.observer import RunObserver
from ae_studio.training.train import train

CLASSES = tuple("0123456789")
SMALL = {"hidden": "16", "width": 16, "discriminator_width": 16}
BETA = {"data": "digits", "model": "beta-vae", "epochs": 3, "batch_size": 256, "settings": {"hidden": "16"}}


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


# What can be changed, and to what


def test_learning_rate_clipping_and_decay_can_be_changed_in_every_family_and_nothing_that_shapes_a_network():
    for name in MODELS:
        specs = live_specs(name)
        assert {"lr", "clip", "weight_decay"} <= set(specs)
        assert not {"latent_dim", "hidden", "network", "batch_size", "seed", "epochs", "reconstruction"} & set(specs)


def test_another_value_of_either_kind_of_setting():
    config = changed(complete(BETA), {"lr": 0.01, "beta": 1.5})
    assert (config.lr, config.settings["beta"], config.settings["hidden"]) == (0.01, 1.5, "16")
    assert (value_of(config, "lr"), value_of(config, "beta")) == (0.01, 1.5)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"betta": 1}, "unknown live setting 'betta': did you mean 'beta'?"),
        ({"hidden": "32"}, "unknown live setting 'hidden'"),
        ({"beta": -1}, "beta must be a number, 0 to 1000, got -1"),
        ({"beta": math.nan}, "beta"),
        ({"lr": 0}, "lr must be a number, above 0 to 10, got 0"),
        ({"clip": "much"}, "clip must be a number"),
    ],
)
def test_what_cannot_be_changed_or_not_to_this_is_said(values, message):
    with pytest.raises(ConfigError) as raised:
        changed(complete(BETA), values)
    assert message in str(raised.value)


def test_two_weights_that_do_not_go_together_are_refused_as_at_the_start_of_a_run():
    config = complete({"model": "info-vae"})
    with pytest.raises(ConfigError, match="weight must be at least 1 - alpha"):
        changed(config, {"alpha": -9.0, "weight": 1.0})
    assert changed(config, {"alpha": -9.0, "weight": 10.0}).settings["alpha"] == -9


def test_a_family_that_needs_classes_is_not_asked_for_them_anew():
    assert changed(complete({"model": "conditional-vae"}), {"beta": 2.0}).settings["beta"] == 2


def test_the_settings_at_a_step_are_those_of_all_changes_up_to_it():
    changes = [Change(10, {"beta": 1.0}), Change(20, {"beta": 2.0, "lr": 0.5})]
    config = complete(BETA)
    betas = [config_at(config, changes, step).settings["beta"] for step in (0, 9, 10, 19, 20, ALL)]
    assert betas == [4.0, 4.0, 1.0, 1.0, 2.0, 2.0]
    assert config_at(config, changes, 19).lr == config.lr


# In words


@pytest.mark.parametrize(
    ("name", "short"),
    [("beta", "β"), ("lambda_d", "λd"), ("weight_decay", "weight decay"), ("lr", "lr"), ("capacity_z", "capacity z")],
)
def test_a_short_name(name, short):
    assert short_name(name) == short


def test_no_two_live_settings_of_a_family_have_the_same_short_name():
    for name in MODELS:
        names = list(map(short_name, live_specs(name)))
        assert len(set(names)) == len(names)


def test_a_change_in_words_says_from_what_to_what():
    changes = [Change(10, {"beta": 1.0}), Change(25, {"beta": 2.0, "lr": 0.01})]
    first, second = told(complete(BETA), changes, 8)
    assert in_words(first) == "β 4 → 1"
    assert in_words(second) == "β 1 → 2, lr 0.001 → 0.01"
    assert (first.epoch, first.step, second.epoch) == (1, 10, 3)
    assert in_words(ValuesChanged(0, 0, {"beta": 2.0})) == "β → 2"
    assert plain(1e-7) == "1e-07"


# The file


def test_changes_are_read_as_they_were_written_and_in_order(tmp_path):
    changes = [Change(5, {"beta": 1.5}), Change(2, {"lr": 1e-4, "clip": 0.0})]
    (tmp_path / "changes.jsonl").write_text(as_text(changes) + "\n")
    assert read_changes(tmp_path) == read_changes(tmp_path / "changes.jsonl") == [changes[1], changes[0]]


def test_a_run_without_changes_has_none(tmp_path):
    assert read_changes(tmp_path) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", 'must read like {"step": 1200, "values": {"beta": 4.0}}'),
        ("[1, 2]", "must read like"),
        ('{"step": 3}', "must read like"),
        ('{"step": -1, "values": {}}', "step must be a whole number, at least 0, got -1"),
        ('{"step": 1.5, "values": {}}', "step must be a whole number"),
        ('{"step": true, "values": {}}', "step must be a whole number"),
        ('{"step": 1, "values": [1]}', "values must map names of settings to values"),
        ('{"step": 1, "values": {"beta": null}}', "values must map names of settings to values"),
        ("[" * 100_000, "must read like"),
    ],
)
def test_a_damaged_line_is_said_with_its_number(tmp_path, line, message):
    (tmp_path / "changes.jsonl").write_text(as_text([Change(1, {"beta": 1.0})]) + line)
    with pytest.raises(ConfigError) as raised:
        read_changes(tmp_path)
    assert f"{tmp_path / 'changes.jsonl'}, line 2: {message}" in str(raised.value)


def test_a_file_that_is_no_text_is_said(tmp_path):
    (tmp_path / "changes.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_changes(tmp_path)


# Every family: a model that is changed is the model that was made so


def other(spec, value):
    """Another value that may be set."""
    candidates = [value * 0.5 + 0.1, value * 2 + 0.3, spec.low, spec.high]
    return next(float(each) for each in candidates if each != value and spec.low <= each <= (spec.high or math.inf))


def every_live_setting():
    for name in MODELS:
        for setting in live_specs(name):
            spec = live_specs(name)[setting]
            if setting in field_specs(MODELS[name].settings):
                yield pytest.param(name, setting, {spec.only_if[0]: spec.only_if[1]} if spec.only_if else {})


def configured(name, settings):
    known = field_specs(MODELS[name].settings)
    small = {key: value for key, value in SMALL.items() if key in known}
    return complete({"model": name, "settings": {**small, **settings}})


@pytest.mark.parametrize(("name", "setting", "condition"), list(every_live_setting()))
def test_a_changed_model_has_the_terms_of_one_that_was_made_with_the_value(name, setting, condition):
    config = configured(name, condition)
    value = other(live_specs(name)[setting], config.settings[setting])
    wanted = changed(config, {setting: value})
    x, y = torch.rand(24, 1, 8, 8), torch.arange(24) % 10
    model = build_model(config, (1, 8, 8), CLASSES)
    model.begin(x)
    fresh = build_model(wanted, (1, 8, 8), CLASSES)
    fresh.load_state_dict(copy.deepcopy(model.state_dict()))
    before = terms_of(copy.deepcopy(model), x, y)
    model.settings = check(type(model.settings), wanted.settings)
    after, made = terms_of(model, x, y), terms_of(fresh, x, y)
    assert after == made
    assert model.weights() == fresh.weights()
    groups = [model.parameter_groups(1e-3, 0.1), fresh.parameter_groups(1e-3, 0.1)]
    plainly = [[{k: v for k, v in group.items() if k != "params"} for group in each] for each in groups]
    assert plainly[0] == plainly[1]
    if setting != "discriminator_pace":  # of the optimizer alone
        assert after != before


def terms_of(model, x, y):
    torch.manual_seed(3)
    model.epochs_done = 5.0
    return {name: value.item() for name, value in model.terms_given(x, y).items()}


# Learning rates


class Quiet:
    stop_requested = inspecting = False

    def before_step(self):
        pass

    def after_step(self, step, terms, images):
        pass


def trained_module(config):
    """With its optimizer and its schedule, on sixteen images."""
    module = TrainingModule(build_model(config, (1, 4, 4)), config, 2, Quiet())
    adam = torch.optim.Adam(module.model.parameter_groups(config.lr, config.weight_decay), lr=config.lr)
    scheduler = make_scheduler(adam, config)
    module.optimizers = lambda use_pl_optimizer=False: adam
    module.lr_schedulers = lambda: scheduler
    module.manual_backward = lambda loss: loss.backward()
    return module, adam


def chunk():
    torch.manual_seed(0)
    return (torch.randint(0, 256, (16, 1, 4, 4), dtype=torch.uint8), torch.zeros(16, dtype=torch.int64), 16)


def rates(config, epochs, changes, losses=None):
    """The learning rates of all groups in each epoch; ``changes`` come as these begin."""
    module, adam = trained_module(config)
    seen = []
    for epoch in range(epochs):
        if epoch in changes:
            module.change(changes[epoch])
        seen.append([group["lr"] for group in adam.param_groups])
        module.training_step(Armful(iter([chunk()])), 0)
        module.validation = {"loss": losses[epoch] if losses else 1.0}
        module.step_schedule()
    return seen


SHARES = {  # of the base, in each epoch: the schedules by their formulas
    "none": lambda epoch: 1.0,
    "step": lambda epoch: 0.5 ** (epoch // 2),
    "cosine": lambda epoch: (1 + math.cos(math.pi * epoch / 6)) / 2,
    "plateau": lambda epoch: 1.0 if epoch < 3 else 0.5 if epoch < 5 else 0.25,
}


@pytest.mark.parametrize("schedule", SHARES)
@pytest.mark.parametrize("model", ["linear", "adversarial", "factor-vae"])
def test_another_learning_rate_is_the_base_of_its_schedule_from_there_on(schedule, model):
    settings = configured(model, {}).settings
    values = {"model": model, "settings": settings, "lr": 0.01, "batch_size": 16, "epochs": 6, "latent_dim": 2}
    config = complete({**values, "schedule": schedule, "schedule_epochs": 1 if schedule == "plateau" else 2})
    got = rates(config, 6, {4: {"lr": 0.05}})
    pace = {"linear": [], "adversarial": [3.0 * 0.01], "factor-vae": [1e-4]}[model]
    for epoch, groups in enumerate(got):
        raised = 5.0 if epoch >= 4 else 1.0
        wanted = [0.01 * raised, *(base * (raised if model == "adversarial" else 1.0) for base in pace)]
        assert groups == pytest.approx([rate * SHARES[schedule](epoch) for rate in wanted], rel=1e-9)


def test_an_opponents_pace_changes_its_learning_rate_alone():
    config = complete(
        {"model": "adversarial", "lr": 0.01, "batch_size": 16, "settings": configured("adversarial", {}).settings}
    )
    assert rates(config, 2, {1: {"discriminator_pace": 0.5}}) == [[0.01, 0.03], [0.01, pytest.approx(0.005)]]


def test_clipping_and_decay_hold_in_the_very_next_step():
    config = complete({"model": "linear", "batch_size": 16, "lr": 0.01, "settings": {}})
    module, adam = trained_module(config)
    module.change({"clip": 1e-3, "weight_decay": 0.25})
    module.training_step(Armful(iter([chunk()])), 0)
    norm = math.sqrt(sum(float(p.grad.square().sum()) for p in module.model.parameters()))
    assert norm == pytest.approx(1e-3, rel=1e-3)
    assert [group["weight_decay"] for group in adam.param_groups] == [0.25]


def test_a_plateau_is_not_measured_by_another_loss():
    config = complete({**BETA, "schedule": "plateau", "schedule_epochs": 1, "batch_size": 16})
    losses = [5.0, 90.0, 90.0, 90.0, 90.0]
    steady = rates(config, 5, {}, losses)
    other_loss = rates(config, 5, {1: {"beta": 50.0}}, losses)
    assert steady[-1][0] < config.lr
    assert steady[3][0] < other_loss[3][0] == config.lr


def test_an_opponents_decay_stays_off():
    config = complete({"model": "adversarial", "batch_size": 16, "settings": configured("adversarial", {}).settings})
    module, adam = trained_module(config)
    module.change({"weight_decay": 0.5})
    assert [group["weight_decay"] for group in adam.param_groups] == [0.5, 0.0]


# Whole runs


def run(folder, control=None, changes=(), on_event=lambda event: None, resume=None, **values):
    events = []

    def tell(event):
        events.append(event)
        on_event(event)

    config = complete({**BETA, **values})
    train(config, tell, control, out=None if resume else folder, resume=resume, changes=changes)
    return events


def test_a_run_that_was_changed_by_hand_is_repeated_to_the_byte(tmp_path):
    control = RunControl()

    def steer(event):
        if isinstance(event, EpochDone) and event.epoch == 1:
            control.change({"beta": 0.25, "lr": 5e-3, "clip": 1.0})
        if isinstance(event, EpochDone) and event.epoch == 2:
            control.change({"weight_decay": 0.01, "beta": 2.0})

    first = run(tmp_path / "a", control, on_event=steer, schedule="cosine")
    changes = read_changes(tmp_path / "a")
    assert [change.step for change in changes] == [5, 10]
    second = run(tmp_path / "b", changes=changes, schedule="cosine")
    for name in ("metrics.csv", "changes.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    plain_run = run(tmp_path / "c", schedule="cosine")
    assert of(EpochDone, plain_run)[-1].validation != of(EpochDone, first)[-1].validation
    assert of(ValuesChanged, second) == of(ValuesChanged, first)
    assert of(ValuesChanged, first)[1].before == {"weight_decay": 0.0, "beta": 0.25}


def test_a_change_in_the_middle_of_an_epoch_holds_from_the_next_step(tmp_path):
    events = run(
        tmp_path / "a", changes=[Change(7, {"beta": 0.0})], model="vae", settings={"hidden": "16", "beta": 1.0}
    )
    rows = [line.split(",") for line in (tmp_path / "a" / "metrics.csv").read_text().splitlines()]
    batch = {(int(step), term): float(value) for _, step, split, term, value in rows[1:] if split == "batch"}
    for step in range(1, 15):
        kl = batch[step, "kl"] if step <= 7 else 0.0
        assert batch[step, "loss"] == pytest.approx(batch[step, "reconstruction"] + kl, rel=1e-5)
    assert [event.step for event in of(ValuesChanged, events)] == [7]


def test_the_record_keeps_the_settings_it_began_with(tmp_path):
    run(tmp_path / "a", changes=[Change(7, {"beta": 0.5})])
    record = json.loads((tmp_path / "a" / "config.json").read_text())
    assert record["config"]["settings"]["beta"] == 4.0
    opened = RecordedRun(tmp_path / "a")
    assert [opened.config_at(epoch).settings["beta"] for epoch in (0, 1, 2, 3)] == [4.0, 4.0, 0.5, 0.5]


def test_a_wrong_change_is_said_before_anything_is_trained(tmp_path):
    [ended] = run(tmp_path / "a", changes=[Change(10**6, {"beta": -3.0})])
    assert ended.outcome == "failed"
    assert "beta must be a number, 0 to 1000, got -3.0" in ended.reason
    assert not (tmp_path / "a").exists()


def test_a_change_that_cannot_be_is_no_reason_to_lose_a_run(tmp_path):
    control = RunControl()
    control.change({"beta": -3.0})
    events = run(tmp_path / "a", control, epochs=1)
    assert events[-1].outcome == "finished"
    assert not (tmp_path / "a" / "changes.jsonl").exists()


@pytest.mark.parametrize("step", [3, 5, 7], ids=["within an epoch", "between two", "in the unfinished one"])
@pytest.mark.parametrize("schedule", ["none", "cosine"])
def test_a_run_that_goes_on_keeps_its_changes(tmp_path, step, schedule):
    changes = [Change(step, {"beta": 0.5, "lr": 0.02})]
    whole = run(tmp_path / "whole", changes=changes, schedule=schedule)
    control = RunControl()
    stopping = stopped_at(9, control)
    run(tmp_path / "parts", control, changes=changes, on_event=stopping, schedule=schedule)
    assert epochs_in(read_checkpoint(tmp_path / "parts" / "last.ckpt")) == 1
    again = changes if step > 5 else []
    run(None, resume=tmp_path / "parts", changes=again, schedule=schedule)
    for name in ("metrics.csv", "changes.jsonl"):
        assert (tmp_path / "parts" / name).read_text() == (tmp_path / "whole" / name).read_text()
    optimizer = read_checkpoint(tmp_path / "parts" / "last.ckpt")["optimizer_states"][0]
    assert optimizer["param_groups"][0]["lr"] == pytest.approx(0.02 if schedule == "none" else 0.0)
    assert of(EpochDone, whole)[-1].epoch == 3


def stopped_at(step, control):
    """Stops once so many steps are done."""

    def tell(event):
        if type(event).__name__ == "StepsDone" and event.steps[-1] >= step:
            control.stop()

    return tell


def test_early_stopping_counts_from_a_change_of_the_loss_on(tmp_path, monkeypatch):
    keep = RunObserver.on_validation_end
    losses = iter([9.0, 1.0, 5.0, 5.0, 4.0, 6.0, 6.0, 6.0, 6.0])

    def pretend(self, trainer, module):
        module.validation["loss"] = next(losses)
        trainer.callback_metrics["validation_loss"] = torch.tensor(module.validation["loss"])
        keep(self, trainer, module)

    monkeypatch.setattr(RunObserver, "on_validation_end", pretend)
    events = run(tmp_path / "a", changes=[Change(11, {"beta": 2.0})], early_stopping=2, epochs=9)
    # Without the change: the second epoch without a better loss than 1 is the third.
    assert "Stopped early, after 6 epochs" in events[-1].reason


def test_the_best_checkpoint_is_the_best_since_the_loss_became_another(tmp_path, monkeypatch):
    keep = RunObserver._keep_checkpoints
    losses = (9.0, 1.0, 8.0, 7.0)

    def pretend(self, trainer):
        self.module.validation["loss"] = losses[self.epochs_done]
        keep(self, trainer)

    monkeypatch.setattr(RunObserver, "_keep_checkpoints", pretend)
    run(tmp_path / "a", changes=[Change(5, {"lr": 0.1})])
    run(tmp_path / "b", changes=[Change(5, {"beta": 1.0})])
    assert epochs_in(read_checkpoint(tmp_path / "a" / "best.ckpt")) == 1
    assert epochs_in(read_checkpoint(tmp_path / "b" / "best.ckpt")) == 3


def test_a_damaged_file_of_changes_is_said_and_the_run_is_opened_as_it_began(tmp_path):
    run(tmp_path / "a", changes=[Change(7, {"beta": 0.5})])
    (tmp_path / "a" / "changes.jsonl").write_text('{"step": 7, "values"')
    opened = RecordedRun(tmp_path / "a")
    assert opened.changes == []
    assert opened.config_at(3).settings["beta"] == 4.0
    [problem] = opened.problems
    assert "line 1: must read like" in problem
    assert problem.endswith("the run is shown with the settings that it began with")


def test_a_large_jump_of_a_weight_is_no_explosion(tmp_path, monkeypatch):
    monkeypatch.setattr("ae_studio.training.steps.EXPLODED", 2.0)
    free = {"settings": {"hidden": "16", "beta": 0.0}, "lr": 0.01}  # the KL is free to grow, and then costs a lot
    assert run(tmp_path / "a", changes=[Change(8, {"beta": 1000.0})], **free)[-1].outcome == "finished"
