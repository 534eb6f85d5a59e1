from pathlib import Path

import pytest

from ae_studio.events import RunEnded
from ae_studio.gui import tour_guide
from ae_studio.gui.layers.catalog import PRESETS as LAYER_PRESETS
from ae_studio.gui.loss_views import KINDS
from ae_studio.gui.panel_window import PanelWindow
from ae_studio.gui.tour_guide import TourGuide
from ae_studio.training.tours import TOURS, Stop, Tour

FIRST = RunEnded("finished", "Done", Path("first"))
ENDED = "<ended>"


@pytest.fixture
def guide(qapp, monkeypatch):
    monkeypatch.setattr(tour_guide, "EPOCH_MS", 1)
    made = TourGuide()
    made.asked = []
    for name in ("train", "epoch", "sample", "panel", "loss_view", "layers", "evaluate", "comparison"):
        signal = getattr(made, f"{name}_requested")
        signal.connect(lambda *values, name=name: made.asked.append((name, *values)))
    made.told.connect(lambda tour, number, why_not: made.asked.append((number, bool(why_not))))
    made.ended.connect(lambda: made.asked.append(ENDED))
    yield made
    made.end()


def lead(guide, monkeypatch, *stops):
    monkeypatch.setitem(TOURS, "tried", Tour("Tried", "", stops))
    guide.begin("tried")


def taken(guide):
    asked, guide.asked[:] = list(guide.asked), []
    return asked


def test_a_run_is_trained_before_it_goes_on(guide, monkeypatch):
    lead(guide, monkeypatch, Stop("One", "train", "talk"), Stop("Two", "panel", "loss"))
    assert taken(guide) == [(0, True), ("train", "talk")]
    guide.take_start(None)
    guide.go_on()  # a click on a button that says why not
    assert taken(guide) == []
    guide.take_end(FIRST)
    assert taken(guide) == [(1, False), ("panel", "loss")]
    guide.go_on()
    assert taken(guide) == [ENDED]
    assert not guide.leading


def test_epochs_follow_one_another_and_then_it_goes_on(guide, monkeypatch, qtbot):
    lead(guide, monkeypatch, Stop("Watch", "epochs", (0, 10, 20)), Stop("Two", "sample"))
    qtbot.waitUntil(lambda: ("sample",) in guide.asked)
    assert [each for each in taken(guide) if each[0] == "epoch"] == [("epoch", 0), ("epoch", 10), ("epoch", 20)]


def test_who_has_seen_enough_of_the_epochs_goes_on_at_once(guide, monkeypatch):
    lead(guide, monkeypatch, Stop("Watch", "epochs", (0, 10, 20)), Stop("Two", "sample"))
    guide.go_on()
    assert taken(guide) == [(0, False), ("epoch", 0), (1, False), ("panel", "decoded"), ("sample",)]
    assert not guide._timer.isActive()


@pytest.mark.parametrize("outcome", ["stopped", "failed"])
def test_a_run_that_comes_to_nothing_ends_the_tour(guide, monkeypatch, outcome):
    lead(guide, monkeypatch, Stop("One", "train", "talk"), Stop("Two"))
    guide.take_end(RunEnded(outcome, "", None))
    assert taken(guide)[-1] == ENDED


def test_another_run_ends_the_tour(guide, monkeypatch):
    lead(guide, monkeypatch, Stop("One"), Stop("Two"))
    guide.take_start(None)
    assert taken(guide) == [(0, False), ENDED]
    guide.take_end(FIRST)
    assert taken(guide) == []


def test_a_run_that_begins_gets_the_name_of_its_preset_and_the_tours_as_a_tag(guide, monkeypatch, qtbot, told):
    lead(guide, monkeypatch, Stop("", "train", "beta-4"), Stop("Two"))
    started = told.start()
    with qtbot.waitSignal(guide.run_named) as named:
        guide.take_start(started)
    assert named.args == [started.run, "β = 4", "Tried"]
    guide.take_end(FIRST)
    with qtbot.assertNotEmitted(guide.run_named):
        guide.take_start(started)  # another's


def test_all_its_runs_are_compared(guide, monkeypatch):
    lead(guide, monkeypatch, Stop("", "train", "a"), Stop("", "train", "b"), Stop("", "compare"))
    guide.take_end(FIRST)
    guide.take_end(RunEnded("finished", "", Path("second")))
    assert taken(guide)[-1] == ("comparison", [(Path("first"), None), (Path("second"), None)])


def test_every_kind_of_stop_is_asked_for(guide, monkeypatch):
    lead(guide, monkeypatch, Stop("", "loss", "kl"), Stop("", "layers", "map"), Stop("", "evaluate"), Stop("", "read"))
    for _ in range(4):
        guide.go_on()
    assert [each for each in taken(guide) if isinstance(each[0], str) and each != ENDED] == [
        ("panel", "loss"),
        ("loss_view", "kl"),
        ("layers", "map"),
        ("panel", "metrics"),
        ("evaluate",),
    ]


@pytest.mark.parametrize("name", TOURS)
def test_what_stops_ask_for_is_there(name, qtbot):
    window = PanelWindow()
    qtbot.addWidget(window)
    known = {"loss": KINDS, "panel": window._docks, "layers": LAYER_PRESETS}
    assert all(stop.value in known[stop.act] for stop in TOURS[name].stops if stop.act in known)
    window.laboratory.end()
    window.hand.end()
