import pytest
from PySide6.QtCore import Qt

from ae_studio.gui.legend import Legend
from ae_studio.gui.theme import LIGHT


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
