"""What the laboratory forgets and keeps from run to run; what each part does is tested with it."""

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox

from ae_studio.events import LatentSpace
from ae_studio.gui.laboratory_window import LaboratoryWindow
from tests.gui.laboratories import look


@pytest.fixture
def window(qtbot):
    QSettings().clear()
    made = LaboratoryWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.end_exploring()


def begin(window, moment):
    labels = np.zeros(len(moment.codes), dtype=np.int64)
    window.hand.begin(LatentSpace(moment.codes.shape[1]), labels, ("a",))
    window.laboratory.begin(None)
    window.begin_exploring(None)
    window.hand.show(moment)
    window.laboratory.show(moment)


def test_what_was_picked_of_one_run_is_not_marked_in_the_next(window):
    begin(window, look())
    explorer = window.hand.explorer
    x, y = explorer.plane.project(explorer.codes[[3]])[0]
    window.planes.pick_at(float(x), float(y), 0.01)
    assert "corners" in window.latent_panel.canvas._overlays
    begin(window, look())
    assert "corners" not in window.latent_panel.canvas._overlays


def test_another_run_leaves_nothing_to_undo_or_selected(window):
    begin(window, look())
    window.laboratory.select([1, 2])
    window.undo.did("Something", lambda: None, lambda: None)
    begin(window, look())
    assert window.undo.count() == 0
    assert window.laboratory.marks.selected == ()


def test_layers_and_colours_can_be_taken_back(window, qtbot):
    box = window.layers_panel.findChild(QCheckBox, "density_layer_box")
    window.layers.set_on("density", True)
    assert box.isChecked()
    window.latent_panel.colour_button.chosen.emit("move")
    assert (window.colouring.key, window.undo.undoText()) == ("move", "Colour the points")
    window.undo.undo()
    window.undo.undo()
    assert (window.colouring.key, box.isChecked()) == ("class", False)
    window.undo.redo()
    assert box.isChecked()
