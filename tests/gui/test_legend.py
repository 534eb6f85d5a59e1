import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ae_studio.gui.legend import Legend
from ae_studio.gui.theme import LIGHT, ordered_colours


@pytest.fixture
def legend(qtbot):
    made = Legend()
    qtbot.addWidget(made)
    made.resize(400, 40)
    made.show_classes(("cat", "dog", "owl"))
    made.show()
    return made


def click(qtbot, legend, index):
    qtbot.mouseClick(legend._chips[index], Qt.MouseButton.LeftButton)


def double_click(qtbot, legend, index):
    """As the mouse does it: a click first, then the double click."""
    click(qtbot, legend, index)
    qtbot.mouseDClick(legend._chips[index], Qt.MouseButton.LeftButton)


def test_a_click_hides_a_class_and_another_shows_it_again(legend, qtbot):
    with qtbot.waitSignal(legend.hidden_changed) as changed:
        click(qtbot, legend, 1)
    assert changed.args == [{1}]
    assert [chip.isChecked() for chip in legend._chips] == [True, False, True]
    with qtbot.waitSignal(legend.hidden_changed) as changed:
        click(qtbot, legend, 1)
    assert changed.args == [frozenset()]


def test_a_double_click_shows_a_class_alone_and_another_all_of_them(legend, qtbot):
    double_click(qtbot, legend, 2)
    assert legend._hidden == {0, 1}
    double_click(qtbot, legend, 2)
    assert legend._hidden == frozenset()


def test_another_run_shows_every_class(legend, qtbot):
    click(qtbot, legend, 0)
    legend.show_classes(("a", "b"))
    assert [chip.text() for chip in legend._chips] == ["a", "b"]
    assert all(chip.isChecked() for chip in legend._chips)


def test_the_dots_are_repainted_with_the_theme(legend):
    before = legend._chips[0].icon().pixmap(10, 10).toImage()
    legend.set_theme(LIGHT)
    assert legend._chips[0].icon().pixmap(10, 10).toImage() != before


def test_a_chips_menu_selects_its_class(qtbot, legend):
    legend.show_classes(("ant", "bee"))
    chip = legend.findChild(QWidget, "legend_chip_1")
    position = chip.rect().center()
    QApplication.sendEvent(
        chip, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, chip.mapToGlobal(position))
    )
    menu = legend.findChild(QMenu, "legend_menu")
    assert menu.actions()[0].text() == "Select class bee"
    with qtbot.waitSignal(legend.select_requested) as told:
        menu.actions()[1].trigger()
    assert told.args == [1, "add"]
    menu.close()


def test_the_levels_of_a_codebook_cannot_be_selected(legend):
    legend.show_classes(("unused", "usual"), ordered_colours)
    chip = legend.findChild(QWidget, "legend_chip_1")
    position = chip.rect().center()
    QApplication.sendEvent(
        chip, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, chip.mapToGlobal(position))
    )
    assert legend.findChild(QMenu, "legend_menu") is None
