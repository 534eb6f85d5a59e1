import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from ae_studio.gui.class_errors import ClassErrors
from ae_studio.gui.theme import DARK, class_colours
from ae_studio.latent.errors import ClassError

ROWS = (ClassError(2, 0.08, 10), ClassError(0, 0.02, 30))


@pytest.fixture
def bars(qtbot):
    made = ClassErrors()
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.set_theme(DARK)
    made.show_errors(ROWS, ("cat", "dog", "owl"))
    made.show()
    return made


def test_bars_are_as_long_as_their_errors_and_have_their_classes_colours(bars):
    picture, colours = bars.grab().toImage(), class_colours(DARK, 3)
    lengths = [
        sum(picture.pixelColor(x, int((row + 0.5) * bars.row_height())) == QColor(colours[label]) for x in range(200))
        for row, label in enumerate((2, 0))
    ]
    assert lengths[1] == pytest.approx(lengths[0] / 4, abs=2)
    assert "owl 0.0800, cat 0.0200" in bars.accessibleDescription()


def test_a_click_asks_for_the_images_of_the_class(qtbot, bars):
    with qtbot.waitSignal(bars.class_picked) as picked:
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, int(bars.row_height()) + 5))
    assert picked.args == [0]
    with qtbot.assertNotEmitted(bars.class_picked):
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, int(3 * bars.row_height())))


def test_keys_choose_a_row(qtbot, bars):
    with qtbot.waitSignal(bars.class_picked) as picked:
        qtbot.keyClick(bars, Qt.Key.Key_Down)
        qtbot.keyClick(bars, Qt.Key.Key_Down)
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert picked.args == [0]


def test_a_row_says_how_many_images_it_is_of(bars):
    assert bars._words(1) == "cat: squared error 0.0200 per pixel, mean of 30 images; click selects"
    assert bars._words(5) == ""


def test_classes_without_a_name_are_numbers(bars):
    bars.show_errors((ClassError(7, 0.1, 1),), ())
    bars.grab()
    assert bars.accessibleDescription() == "7 0.1000"
