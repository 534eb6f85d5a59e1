import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from ae_studio.gui.plane_boxes import PLANES, PlaneBoxes


@pytest.fixture
def boxes(qtbot):
    made = PlaneBoxes()
    qtbot.addWidget(made)
    made.start(5)
    made.show_plane((0, 1))
    made.show()
    return made


def box(boxes, name="plane_box"):
    return boxes.findChild(QComboBox, name)


def visible(boxes):
    return [name for name in ("plane_box", "x_dimension_box", "y_dimension_box") if box(boxes, name).isVisible()]


def axes(boxes):
    return boxes.findChild(QLabel, "dim_label").text()


def test_every_kind_of_plane_can_be_chosen_with_the_keys(qtbot, boxes):
    chosen = []
    boxes.plane_chosen.connect(chosen.append)
    box(boxes).setFocus()
    for _ in range(len(PLANES) - 1):
        qtbot.keyClick(box(boxes), Qt.Key.Key_Down)
    assert chosen == ["pca", "kl", "lda", "points"]
    assert visible(boxes) == ["plane_box"]
    for _ in range(len(PLANES) - 1):
        qtbot.keyClick(box(boxes), Qt.Key.Key_Up)
    assert chosen[-1] == (0, 1)
    assert visible(boxes) == ["plane_box", "x_dimension_box", "y_dimension_box"]


def test_what_cannot_be_is_grey_says_why_and_is_passed_over(qtbot, boxes):
    boxes.show_reasons({"pca": "", "kl": "There is no KL", "lda": "There are no classes", "points": ""})
    assert box(boxes).itemData(2, Qt.ItemDataRole.ToolTipRole) == "There is no KL"
    assert not box(boxes).model().item(3).isEnabled()
    chosen = []
    boxes.plane_chosen.connect(chosen.append)
    for _ in range(2):
        qtbot.keyClick(box(boxes), Qt.Key.Key_Down)
    assert chosen == ["pca", "points"]
    boxes.show_reasons({})
    assert box(boxes).model().item(2).isEnabled()
    assert box(boxes).itemData(2, Qt.ItemDataRole.ToolTipRole) == PLANES["kl"][1]


def test_the_plane_that_is_seen_is_shown_with_the_names_of_its_axes(boxes):
    boxes.show_plane("kl", ("z₂", "z₅"))
    assert box(boxes).currentText() == "Largest KL"
    assert axes(boxes) == "z₂ × z₅"
    assert visible(boxes) == ["plane_box"]
    boxes.show_plane((3, 1), ("z₄", "z₂"))
    assert box(boxes).currentText() == "Axes"
    assert box(boxes, "x_dimension_box").currentText() == "z4"
    assert box(boxes, "y_dimension_box").currentText() == "z2"
    assert axes(boxes) == ""  # the boxes say it


@pytest.mark.parametrize(("dim", "text"), [(0, ""), (1, "z₁"), (2, "z₁ × z₂")])
def test_without_a_choice_there_is_only_a_name(boxes, dim, text):
    boxes.start(dim)
    boxes.show_plane("pca" if not dim else (0, dim - 1), ("PC₁", "PC₂"))
    assert visible(boxes) == []
    assert axes(boxes) == text
