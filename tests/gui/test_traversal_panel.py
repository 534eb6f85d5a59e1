import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ae_studio.events import LatentSpace
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.traversal_panel import CENTRES, RANGES, TraversalPanel
from ae_studio.latent.traversal import RANGES as LIBRARY_RANGES
from ae_studio.latent.traversal import Sample, traversal

ROWS = traversal(Sample(np.eye(4, dtype=np.float32), LatentSpace(4)), np.zeros(4, np.float32))


@pytest.fixture
def panel(qtbot):
    made = TraversalPanel()
    qtbot.addWidget(made)
    made.resize(460, 200)
    made.show()
    return made


def box(panel, name):
    return panel.header.findChild(QComboBox, f"traversal_{name}_box")


def test_every_range_of_the_library_can_be_chosen():
    assert set(RANGES) == set(LIBRARY_RANGES)


def test_centre_and_range_are_chosen_by_keys_and_say_what_they_mean(qtbot, panel):
    assert (panel.centre, panel.range) == ("image", "two")
    for name, items in (("centre", CENTRES), ("range", RANGES)):
        for _, hint in list(items.values())[1:]:
            with qtbot.waitSignal(panel.wanted):
                qtbot.keyClick(box(panel, name), Qt.Key.Key_Down)
            assert hint in box(panel, name).toolTip()
    assert (panel.centre, panel.range) == ("mean", "aggregate")


def test_a_range_that_cannot_be_is_grey_and_given_up(qtbot, panel):
    box(panel, "range").setCurrentIndex(2)
    panel.show_reasons({"aggregate": "There is no posterior"})
    assert panel.range == "two"
    assert not box(panel, "range").model().item(2).isEnabled()
    assert box(panel, "range").itemData(2, Qt.ItemDataRole.ToolTipRole) == "There is no posterior"
    panel.show_reasons({})
    assert box(panel, "range").model().item(2).isEnabled()


def test_the_value_of_the_marked_cell_is_read_out(qtbot, panel):
    panel.show_rows(ROWS, {})
    read_out = panel.findChild(FittingLabel)
    with qtbot.waitSignal(panel.cell_marked) as marked:
        qtbot.mouseMove(panel.table.viewport(), panel.table.cell_rect(1, 2).center().toPoint())
    assert marked.args == [1, 2]
    assert read_out.longest == f"{ROWS[1].name} = −1.00, {ROWS[1].importance}"
    panel.table._mark(None)
    assert read_out.longest == ""


def test_coming_into_sight_it_asks_for_its_rows(qtbot, panel):
    panel.hide()
    with qtbot.waitSignal(panel.wanted):
        panel.show()
