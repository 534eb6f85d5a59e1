from itertools import pairwise

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ae_studio.events import ValuesChanged
from ae_studio.gui.change_marks import ChangeMarks
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def plot(qtbot):
    made = pg.PlotWidget()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.hideButtons()
    made.setXRange(0, 10, padding=0)
    made.setYRange(0, 100, padding=0)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def marks(plot):
    made = ChangeMarks(plot)
    made.set_theme(DARK)
    return made


def change(step, value, before=4.0, name="beta"):
    return ValuesChanged(step // 100, step, {name: value}, {name: before})


def test_a_change_stands_at_its_steps_epoch_with_what_it_was_changed_to(marks):
    marks.add(change(250, 1.0), 100)
    assert marks.positions == [2.5]
    assert marks.labels == ["β → 1"]


def test_changes_that_are_far_apart_have_a_label_each(marks):
    marks.add(change(800, 0.5), 100)
    marks.add(change(200, 0.01, name="lr"), 100)
    assert marks.labels == ["lr → 0.01", "β → 0.5"]


def test_labels_never_lie_over_each_other_however_the_plot_is_zoomed(marks, plot):
    for step in (100, 105, 110, 300, 310, 700, 990, 995, 999):
        marks.add(change(step, step / 7), 100)
    for left, right in ((0, 10), (0.9, 1.2), (9.8, 10.1), (0, 1000)):
        plot.setXRange(left, right, padding=0)
        QApplication.processEvents()
        shown = [mark.label for mark in marks._marks if mark.label.isVisible()]
        spans = [label.mapRectToScene(label.boundingRect()) for label in shown]
        assert spans
        assert all(one.right() <= other.left() for one, other in pairwise(spans))
        inside = plot.getViewBox().sceneBoundingRect()
        assert all(inside.left() - 1 <= span.left() and span.right() <= inside.right() + 1 for span in spans)


def test_neighbours_share_a_label_that_counts_them_until_there_is_room(marks, plot):
    for step in (500, 501, 502):
        marks.add(change(step, 1.0), 100)
    assert marks.labels == ["3 changes"]
    plot.setXRange(4.99, 5.03, padding=0)
    assert marks.labels == ["β → 1"] * 3


def test_marks_out_of_sight_have_no_label(marks, plot):
    marks.add(change(500, 1.0), 100)
    plot.setXRange(6, 8, padding=0)
    assert marks.labels == []


def hover(plot, x, y=50):
    """What the tool tip says where the mouse rests, x in epochs."""
    at = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y)))
    QToolTip.hideText()
    QApplication.sendEvent(plot.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, plot.viewport().mapToGlobal(at)))
    return QToolTip.text()


def test_the_mouse_on_a_line_is_told_what_was_changed_from_what_to_what(marks, plot):
    marks.add(change(250, 1.0), 100)
    assert hover(plot, 3.5) == ""
    assert hover(plot, 2.5) == hover(plot, 2.54) == "From step 251 on: β 4 → 1"


def test_the_mouse_on_a_shared_label_is_told_all_of_its_changes(marks, plot):
    marks.add(change(500, 1.0), 100)
    marks.add(change(501, 0.5, before=1.0), 100)
    assert hover(plot, 5.3, 98) == "From step 501 on: β 4 → 1\nFrom step 502 on: β 1 → 0.5"


def test_clearing_takes_all_away_or_those_behind_an_epoch(marks, plot):
    items = len(plot.getPlotItem().items)
    for step in (100, 300, 500):
        marks.add(change(step, 1.0), 100)
    marks.clear(3)
    assert marks.positions == [1.0]
    marks.clear()
    assert marks.positions == marks.labels == []
    assert len(plot.getPlotItem().items) == items


def test_a_theme_reaches_those_that_are_there(marks):
    marks.add(change(100, 1.0), 100)
    dark = marks._marks[0].line.pen.color()
    marks.set_theme(LIGHT)
    assert marks._marks[0].line.pen.color() != dark
    assert marks._marks[0].label.color.name() == LIGHT.warning
