import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ae_studio.gui.loss_legend import LossLegend
from ae_studio.gui.loss_lines import BATCH, TRAIN, VALIDATION, LossLines
from ae_studio.gui.theme import DARK


@pytest.fixture
def legend(qtbot):
    made = LossLegend()
    qtbot.addWidget(made)
    made.add_term("loss")
    made.add_term("kl")
    made.show()
    return made


def chip(legend, name):
    return legend.findChild(QToolButton, f"{name}_chip")


def texts(legend):
    return [each.text() for each in legend._chips]


def test_the_loss_has_a_chip_for_training_and_one_for_validation(legend):
    assert texts(legend) == ["train", "validation", "KL"]


@pytest.mark.parametrize(
    ("name", "curves"),
    [
        ("kl", {("kl", BATCH), ("kl", TRAIN), ("kl", VALIDATION)}),
        ("loss_train", {("loss", BATCH), ("loss", TRAIN)}),
        ("loss_validation", {("loss", VALIDATION)}),
    ],
)
def test_a_click_names_the_curves_that_the_chip_stands_for(legend, qtbot, name, curves):
    with qtbot.waitSignal(legend.curves_toggled) as toggled:
        qtbot.mouseClick(chip(legend, name), Qt.MouseButton.LeftButton)
    assert toggled.args == [curves]


def test_a_hidden_term_is_pale_with_a_ring_and_a_shown_one_has_a_dot(legend):
    lines = LossLines(DARK, ("loss", "kl"))
    legend.paint_chips(lines, set())
    dot = chip(legend, "kl").icon().pixmap(10, 10).toImage()
    assert dot.pixelColor(5, 5).alpha() == 255
    legend.paint_chips(lines, {("kl", split) for split in (BATCH, TRAIN, VALIDATION)})
    ring = chip(legend, "kl").icon().pixmap(10, 10).toImage()
    assert ring.pixelColor(5, 5).alpha() == 0
    assert not chip(legend, "kl").isChecked()
    assert DARK.dim in chip(legend, "kl").styleSheet()
    assert chip(legend, "loss_train").isChecked()


def test_the_two_dots_of_the_loss_have_its_two_colours(legend):
    lines = LossLines(DARK, ("loss", "kl"))
    legend.paint_chips(lines, set())
    for split in (TRAIN, VALIDATION):
        dot = chip(legend, f"loss_{split}").icon().pixmap(10, 10).toImage()
        assert dot.pixelColor(5, 5).name() == lines.colour("loss", split).name()


def test_another_run_starts_without_chips(legend):
    legend.clear()
    assert texts(legend) == []
