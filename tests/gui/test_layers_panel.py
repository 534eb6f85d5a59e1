"""The panel with the layers that there really are; how drawings come about is in test_layer_board."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.layer_board import LayerBoard
from ae_studio.gui.layers.catalog import LAYERS, PRESETS
from ae_studio.gui.layers_panel import LayersPanel


@pytest.fixture
def world(qtbot):
    hand = Hand()
    laboratory = Laboratory(hand)
    board = LayerBoard(laboratory)
    panel = LayersPanel(board)
    qtbot.addWidget(panel)
    panel.show()
    yield hand, laboratory, board, panel
    laboratory.end()
    hand.end()


def box(panel, key):
    return panel.findChild(QCheckBox, f"{key}_layer_box")


def test_every_layer_has_a_box_with_its_hint(world):
    for layer in LAYERS:
        found = box(world[3], layer.key)
        assert found.isChecked() == layer.on_at_first
        assert found.toolTip() == layer.hint
        assert len(layer.hint) > 15


def test_a_click_switches_a_layer(qtbot, world):
    _, _, board, panel = world
    qtbot.mouseClick(box(panel, "grid"), Qt.MouseButton.LeftButton)
    assert not board.is_on("grid")


def test_a_preset_is_seen_in_the_boxes(qtbot, world):
    panel = world[3]
    qtbot.mouseClick(panel.findChild(QPushButton, "map_preset_button"), Qt.MouseButton.LeftButton)
    assert [layer.key for layer in LAYERS if box(panel, layer.key).isChecked()] == [
        layer.key for layer in LAYERS if layer.key in PRESETS["map"].keys
    ]


def test_a_layer_that_is_not_possible_is_grey_and_says_why(world):
    hand, laboratory, _, panel = world
    hand.begin(LatentSpace(2), np.zeros(3, dtype=np.int64))
    laboratory.begin(None)
    codes = np.zeros((3, 2), dtype=np.float32)
    look = Look(1, 10, codes, np.zeros((1, 8, 8), dtype=np.uint8), lambda z: np.zeros((len(z), 8, 8), dtype=np.uint8))
    hand.show(look)
    laboratory.show(look)
    assert not box(panel, "prior").isEnabled()
    assert "no prior" in box(panel, "prior").toolTip()
