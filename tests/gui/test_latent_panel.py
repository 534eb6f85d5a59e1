import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox

from ae_studio.events import Codebook, LatentSpace, Switch
from ae_studio.gui.latent_panel import LatentPanel

LABELS = np.arange(10) % 3


@pytest.fixture
def panel(qtbot):
    made = LatentPanel()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def box(panel, name):
    return panel.findChild(QComboBox, name)


def visible(panel):
    return [name for name in ("plane_box", "x_dimension_box", "y_dimension_box") if box(panel, name).isVisible()]


def test_two_dimensions_need_no_choice(panel):
    panel.start(LatentSpace(2), LABELS, ("a", "b", "c"), (0, 1))
    assert visible(panel) == []
    assert panel.planes._axes.text() == "z₁ × z₂"


def test_of_more_dimensions_two_are_chosen(panel, qtbot):
    panel.start(LatentSpace(5), LABELS, ("a", "b", "c"), (0, 1))
    assert visible(panel) == ["plane_box", "x_dimension_box", "y_dimension_box"]
    with qtbot.waitSignal(panel.plane_chosen) as chosen:
        qtbot.keyClick(box(panel, "y_dimension_box"), Qt.Key.Key_Down)
    assert chosen.args == [(0, 2)]


def test_the_same_dimension_twice_is_no_plane_so_the_other_steps_aside(panel, qtbot):
    panel.start(LatentSpace(5), LABELS, ("a", "b", "c"), (0, 1))
    with qtbot.waitSignal(panel.plane_chosen) as chosen:
        qtbot.keyClick(box(panel, "x_dimension_box"), Qt.Key.Key_Down)
    assert chosen.args == [(1, 2)]


def test_the_plane_of_the_principal_components_hides_the_dimensions(panel, qtbot):
    panel.start(LatentSpace(5), LABELS, ("a", "b", "c"), (0, 1))
    with qtbot.waitSignal(panel.plane_chosen) as chosen:
        qtbot.keyClick(box(panel, "plane_box"), Qt.Key.Key_Down)
    assert chosen.args == ["pca"]
    assert visible(panel) == ["plane_box"]


def test_another_run_of_the_same_size_keeps_the_plane(panel):
    panel.start(LatentSpace(5), LABELS, ("a", "b", "c"), (3, 4))
    assert box(panel, "x_dimension_box").currentIndex() == 3
    panel.start(LatentSpace(5), LABELS, ("a", "b", "c"), "pca")
    assert box(panel, "plane_box").currentText() == "PCA"
    assert visible(panel) == ["plane_box"]


def test_hiding_a_class_in_the_legend_hides_its_points(panel, qtbot):
    panel.start(LatentSpace(2), LABELS, ("a", "b", "c"), (0, 1))
    qtbot.mouseClick(panel.legend._chips[1], Qt.MouseButton.LeftButton)
    assert panel.canvas.points.hidden == {1}


def test_classes_that_have_no_room_beside_the_title_stand_below_it(panel, qtbot):
    names = tuple(f"class {number}" for number in range(6))
    panel.start(LatentSpace(5), LABELS, names, (0, 1))
    panel.resize(1200, 400)
    qtbot.waitUntil(lambda: panel.legend.y() < panel._reset_button.geometry().bottom())
    panel.resize(500, 400)
    qtbot.waitUntil(lambda: panel.legend.y() > panel._reset_button.geometry().bottom())
    assert panel.legend.width() > 450
    panel.resize(1200, 400)
    qtbot.waitUntil(lambda: panel.legend.y() < panel._reset_button.geometry().bottom())


def test_a_codebook_has_a_slot_to_choose_and_says_how_much_of_it_is_in_use(panel, qtbot):
    panel.start(LatentSpace(2, "codebook", slots=4), LABELS, ("a", "b", "c"), (0, 1))
    entries = np.zeros((8, 2), np.float32)
    panel.show_codebook(Codebook(entries, np.array([0.5, 0.5, 0, 0, 0, 0, 0, 0], np.float32)))
    assert panel.findChild(QLabel, "codebook_label").text() == "perplexity 2 of 8 entries"
    slots = panel.findChild(QSpinBox, "slot_box")
    assert slots.isVisible()
    assert slots.maximum() == 4
    with qtbot.waitSignal(panel.slot_chosen) as chosen:
        slots.setValue(3)
    assert chosen.args == [2]
    panel.start(LatentSpace(2), LABELS, ("a", "b", "c"), (0, 1))
    assert not slots.isVisible()


def test_switches_are_there_only_where_a_code_has_some(panel):
    label = Switch("class", ("a", "b", "c"), given=True)
    panel.start(LatentSpace(2, switches=(label,)), LABELS, ("a", "b", "c"), (0, 1))
    assert panel.switches.isVisible()
    assert panel.planes._axes.text() == "z₁ × z₂"
    panel.start(LatentSpace(2), LABELS, ("a", "b", "c"), (0, 1))
    assert not panel.switches.isVisible()


def test_a_globe_has_no_dimensions_to_choose(panel):
    panel.start(LatentSpace(3, "sphere"), LABELS, ("a", "b", "c"), (0, 1))
    assert visible(panel) == []
    assert panel.planes._axes.text() == ""


def test_before_there_is_a_run_no_family_has_asked_for_a_slot(panel):
    assert not panel.findChild(QSpinBox, "slot_box").isVisible()


def test_a_codebook_comes_behind_a_run_of_many_classes_without_its_points(panel):
    labels, names = np.arange(10), tuple("0123456789")
    panel.start(LatentSpace(2), labels, names, (0, 1))
    panel.canvas.show_points(np.random.default_rng(0).standard_normal((10, 2)).astype(np.float32), glide=False)
    panel.start(LatentSpace(2, "codebook", slots=4), labels, names, (0, 1))
    panel.canvas.grab()  # an error while painting fails the test
