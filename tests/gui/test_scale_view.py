import pytest
from PySide6.QtWidgets import QWidget

from ae_studio.gui.colour_scale import NumberScale, in_figures
from ae_studio.gui.scale_view import ScaleView
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


def test_it_stands_in_the_upper_right_corner_whatever_the_size(parent):
    view = ScaleView(parent)
    assert not view.isVisible()
    view.show_scale(NumberScale(0, 1, False), "Error", "MSE")
    for size in ((500, 300), (800, 400)):
        parent.resize(*size)
        assert view.geometry().right() == pytest.approx(size[0] - 9, abs=1)
        assert view.y() == 8


def test_long_words_make_it_wider(parent):
    view = ScaleView(parent)
    view.show_scale(NumberScale(0, 1, False), "Error", "MSE")
    width = view.width()
    view.show_scale(NumberScale(0, 1, False), "The distance to the nearest other code of the sample", "units")
    assert view.width() > width


def test_the_numbers_have_signs_where_some_lie_beyond(parent):
    view = ScaleView(parent)
    view.show_scale(NumberScale(-1, 3, True), "Error", "")
    assert view.numbers() == ("≤ −1.00", "1.00", "≥ 3.00")
    assert view.accessibleName() == "Colours: Error, from ≤ −1.00 to ≥ 3.00"
    view.show_scale(NumberScale(0, 4, False), "Error", "")
    assert view.numbers() == ("0.00", "2.00", "4.00")


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_bar_has_the_colours_of_the_theme(parent, theme):
    view = ScaleView(parent)
    view.set_theme(theme)
    view.show_scale(NumberScale(0, 1, False), "Error", "")
    picture = view.grab().toImage()
    ends = [picture.pixelColor(x, 24) for x in (12, view.width() - 12)]
    assert ends[0].lightness() < ends[1].lightness()


def test_numbers_have_as_many_figures_as_tell_them_apart():
    assert in_figures(0.01234, 0.04) == "0.0123"
    assert in_figures(12.34, 40) == "12.3"
    assert in_figures(1234.5, 4000) == "1,234"
    assert in_figures(-0.5, 2) == "−0.50"
    assert in_figures(3, 0) == "3"
    assert in_figures(1e-7, 1e-6) == "1.0e−07"
