import time

import numpy as np
import pytest

from ae_studio.events import LatentSpace, Look
from ae_studio.gui import layer_board
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.layer_board import LayerBoard
from ae_studio.gui.layers.built_in import Points
from ae_studio.gui.layers.catalog import PRESETS, Preset
from ae_studio.gui.layers.layer import Amount, Layer
from ae_studio.gui.view_window import PixelMap, ViewWindow


class Counting(Layer):
    """Draws how often it was computed."""

    key, title, hint = "counting", "Counting", "How often it was computed"
    follows = frozenset({"look", "window"})
    options = (Amount("opacity", "Opacity", 0, 1, 0.5),)

    def __init__(self):
        self.seen = []

    def why_not(self, scene):
        return scene.why_no_spread

    def compute(self, scene, view, marks, values):
        self.seen.append(dict(values))
        return len(self.seen)


@pytest.fixture
def layer(monkeypatch):
    made = Counting()
    monkeypatch.setattr(layer_board, "LAYERS", (Points(), made))
    monkeypatch.setattr(layer_board, "BY_KEY", {"points": Points(), "counting": made})
    monkeypatch.setitem(PRESETS, "mine", Preset("Mine", "", "counting"))
    return made


@pytest.fixture
def world(qtbot, layer):
    hand = Hand()
    laboratory = Laboratory(hand)
    hand.begin(LatentSpace(2), np.arange(3))
    laboratory.begin(None)
    laboratory.show_window(PixelMap(ViewWindow(), 100, 100))
    yield hand, laboratory, LayerBoard(laboratory)
    laboratory.end()
    hand.end()


def show(world, spread=True):
    hand, laboratory, _ = world
    codes = np.zeros((3, 2), dtype=np.float32)
    look = Look(1, 10, codes, np.zeros((1, 8, 8), dtype=np.uint8), lambda z: z, spread=codes if spread else None)
    hand.show(look)
    laboratory.show(look)


def drawn(board):
    found = []
    board.drawing_changed.connect(lambda key, drawing: found.append((key, drawing)))
    return found


def test_a_layer_is_computed_when_it_is_switched_on_and_taken_away_when_off(qtbot, world, layer):
    board, found = world[2], drawn(world[2])
    show(world)
    assert not layer.seen
    board.set_on("counting", True)
    qtbot.waitUntil(lambda: ("counting", 1) in found)
    board.set_on("counting", False)
    assert found[-1] == ("counting", None)


def test_it_is_computed_again_for_what_it_follows_and_nothing_else(qtbot, world, layer):
    _hand, laboratory, board = world
    show(world)
    board.set_on("counting", True)
    qtbot.waitUntil(lambda: len(layer.seen) == 1)
    laboratory.select([1])
    laboratory.focus(2)
    laboratory.show_window(PixelMap(ViewWindow(1, 1), 100, 100))
    qtbot.waitUntil(lambda: len(layer.seen) == 2)
    show(world)
    qtbot.waitUntil(lambda: len(layer.seen) == 3)


def test_an_option_is_given_to_the_next_drawing(qtbot, world, layer):
    board = world[2]
    show(world)
    board.set_on("counting", True)
    board.set_value("counting", "opacity", 0.25)
    qtbot.waitUntil(lambda: {"opacity": 0.25} in layer.seen[-1:])


def test_a_layer_that_is_not_possible_says_why_and_comes_back_when_it_is(qtbot, world, layer):
    board, found = world[2], drawn(world[2])
    board.set_on("counting", True)
    show(world, spread=False)
    assert "posterior" in board.reason("counting")
    assert "counting" not in board.shown
    assert not layer.seen
    show(world)
    qtbot.waitUntil(lambda: ("counting", 1) in found)


def test_a_preset_switches_its_layers_on_and_all_others_off(qtbot, world):
    board = world[2]
    show(world)
    with qtbot.waitSignal(board.shown_changed) as told:
        board.apply("mine")
    assert told.args[0] == {"counting"}


class Rough(Counting):
    """Draws roughly first."""

    class Drawn:
        def __init__(self, number, finer=None):
            self.number, self.finer = number, finer

    def compute(self, scene, view, marks, values):
        number = super().compute(scene, view, marks, values)
        return self.Drawn(number, lambda: self.Drawn(f"{number}, finer"))


def test_a_rough_drawing_is_shown_and_then_a_finer_one(qtbot, world, layer, monkeypatch):
    rough = Rough()
    monkeypatch.setitem(layer_board.BY_KEY, "counting", rough)
    show(world)
    found = drawn(world[2])
    world[2].set_on("counting", True)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert [drawing.number for _, drawing in found] == [1, "1, finer"]


def test_what_is_old_already_is_made_no_finer(qtbot, world, layer, monkeypatch):
    rough = Rough()
    monkeypatch.setitem(layer_board.BY_KEY, "counting", rough)
    show(world)
    found = drawn(world[2])
    world[2].set_on("counting", True)
    while not rough.seen:  # computed, and not taken yet: no event is handled here
        time.sleep(0.001)
    world[2].set_value("counting", "opacity", 0.2)
    qtbot.waitUntil(lambda: bool(found) and str(found[-1][1].number).endswith("finer"))
    assert [drawing.number for _, drawing in found] == [1, 2, "2, finer"]


def test_what_the_user_changes_is_told_with_how_it_was(world, layer):
    board, told = world[2], []
    board.did.connect(lambda *step: told.append(step))
    board.set_on("counting", True)
    board.set_value("counting", "opacity", 0.9)
    board.apply("mine")
    assert [(text, merge) for text, _, _, merge in told] == [
        ("Show Counting", ""),
        ("Change Counting", "counting opacity"),
        ("Show Mine", ""),
    ]
    assert told[0][1].on == {"points"}
    assert told[1][1].values["counting"] == {"opacity": 0.5}
    assert told[2][2].on == {"counting"}


def test_it_can_be_as_it_was(world, layer, qtbot):
    board, shown = world[2], []
    show(world)
    first = board.chosen
    board.set_on("counting", True)
    board.set_value("counting", "opacity", 0.9)
    later = board.chosen
    board.shown_changed.connect(shown.append)
    board.choose_again(first)
    assert (board.is_on("counting"), board.values("counting")["opacity"]) == (False, 0.5)
    board.choose_again(later)
    assert shown == [{"points"}, {"points", "counting"}]
    qtbot.waitUntil(lambda: bool(layer.seen) and layer.seen[-1] == {"opacity": 0.9})
