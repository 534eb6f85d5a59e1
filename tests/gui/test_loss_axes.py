import pytest

from ae_studio.gui.loss_axes import LossAxes


@pytest.fixture
def axes(qtbot):
    made = LossAxes()
    qtbot.addWidget(made)
    made.resize(400, 200)
    return made


def seen(axes):
    return axes.getViewBox().viewRange()[1]


def test_the_range_rests_while_it_is_about_right(axes):
    axes.fit((0.0, 10.0))
    before = seen(axes)
    axes.fit((0.5, 9.5))
    assert seen(axes) == before
    axes.fit((0.0, 20.0))
    assert seen(axes)[1] > 20


def test_a_logarithmic_range_is_one_of_powers(axes):
    axes.show_logarithm(True)
    axes.fit((10.0, 1000.0))
    low, high = seen(axes)
    assert 0.8 < low < 1 < 3 < high < 3.2


def test_one_value_alone_has_a_range(axes):
    axes.fit((2.0, 2.0))
    low, high = seen(axes)
    assert low < 2 < high


def test_the_users_range_stays(axes):
    axes.setYRange(3, 4, padding=0)
    axes.getViewBox().sigRangeChangedManually.emit([True, True])
    axes.fit((0.0, 10.0))
    assert seen(axes) == [3, 4]
    axes.follow()
    axes.fit((0.0, 10.0))
    assert seen(axes)[1] > 9
