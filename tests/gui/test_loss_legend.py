import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ae_studio.gui.loss_legend import LossLegend
from ae_studio.gui.loss_lines import LossLines
from ae_studio.gui.theme import DARK


@pytest.fixture
def legend(qtbot):
    made = LossLegend()
    qtbot.addWidget(made)
    made.add_term("loss")
    made.add_term("kl")
    made.show()
    return made


def texts(legend):
    return [chip.text() for chip in legend._chips]


def test_the_loss_has_a_chip_for_training_and_one_for_validation(legend):
    assert texts(legend) == ["train", "validation", "KL"]


def test_a_click_names_the_term(legend, qtbot):
    with qtbot.waitSignal(legend.term_toggled) as toggled:
        qtbot.mouseClick(legend.findChild(QToolButton, "kl_chip"), Qt.MouseButton.LeftButton)
    assert toggled.args == ["kl"]


def test_a_hidden_term_is_pale_and_unchecked(legend):
    legend.paint_chips(LossLines(DARK, ("loss", "kl")), {"kl"})
    chip = legend.findChild(QToolButton, "kl_chip")
    assert not chip.isChecked()
    assert DARK.dim in chip.styleSheet()
    assert legend.findChild(QToolButton, "loss_train_chip").isChecked()


def test_another_run_starts_without_chips(legend):
    legend.clear()
    assert texts(legend) == []
