from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from ae_studio import events
from ae_studio.events import (
    Codebook,
    Encoded,
    Event,
    LatentSpace,
    LayerStep,
    Look,
    LookDone,
    Prior,
    RunEnded,
    StepsDone,
    Switch,
)

CLASSES = [*get_args(Event), LayerStep, Look, Encoded, Prior, LatentSpace, Switch, Codebook]


@pytest.mark.parametrize("event", CLASSES, ids=lambda event: event.__name__)
def test_what_crosses_a_thread_is_frozen_and_takes_no_more_than_its_fields(event):
    assert dataclasses.is_dataclass(event)
    assert event.__dataclass_params__.frozen
    assert hasattr(event, "__slots__")
    assert event.__doc__


def test_a_field_of_an_event_cannot_be_set():
    ended = RunEnded("finished", "20 epochs done", Path("run"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        ended.outcome = "failed"


def test_every_dataclass_of_the_module_is_an_event_or_a_part_of_one():
    defined = {each for each in vars(events).values() if isinstance(each, type) and dataclasses.is_dataclass(each)}
    assert defined == set(CLASSES)


def test_events_are_told_apart_by_matching():
    look = Look(0, 0, np.zeros((1, 2), np.float32), np.zeros((1, 8, 8), np.uint8), decoder=lambda codes: codes)
    steps = StepsDone(1, np.arange(1, 3), {"loss": np.zeros(2, np.float32)}, 100.0)
    for event, name in ((LookDone(look), "look"), (steps, "steps"), (RunEnded("stopped", "", None), "ended")):
        match event:
            case LookDone(look=found):
                assert (name, found) == ("look", look)
            case StepsDone(steps=numbers):
                assert (name, list(numbers)) == ("steps", [1, 2])
            case RunEnded(run=None):
                assert name == "ended"


def test_a_code_has_the_numbers_of_its_slots_and_of_its_switches():
    label = Switch("class", ("a", "b", "c"), given=True)
    assert LatentSpace(2).size == 2
    assert LatentSpace(2, "codebook", slots=16).size == 32
    assert LatentSpace(2, switches=(label, Switch("c", ("1", "2")))).size == 7


def test_perplexity_counts_the_entries_in_use():
    entries = np.zeros((4, 2), np.float32)
    assert Codebook(entries, np.array([0.25] * 4, np.float32)).perplexity == pytest.approx(4)
    assert Codebook(entries, np.array([1, 0, 0, 0], np.float32)).perplexity == pytest.approx(1)
    assert Codebook(entries, np.array([0.5, 0.5, 0, 0], np.float32)).perplexity == pytest.approx(2)
