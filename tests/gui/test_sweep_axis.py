import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from ae_studio.config import ConfigError
from ae_studio.gui.sweep_axis import SweepAxis
from ae_studio.sweeps.plan import specs_of

SPECS = specs_of("vae")


@pytest.fixture
def axis(qtbot):
    """The first one, on β."""
    made = SweepAxis(1, optional=False)
    qtbot.addWidget(made)
    made.offer(SPECS, "beta")
    made.resize(500, 80)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def second(qtbot):
    """One that may be left out."""
    made = SweepAxis(2, optional=True)
    qtbot.addWidget(made)
    made.offer(SPECS)
    made.show()
    qtbot.waitExposed(made)
    return made


def line(axis):
    return axis.findChild(QLineEdit)


def type_in(axis, text):
    line(axis).clear()
    QTest.keyClicks(line(axis), text)


def choose(axis, name):
    box = axis.findChild(QComboBox)
    box.setCurrentIndex(box.findData(name))


def preview(axis):
    return axis.findChild(QLabel, "dim_label").text().strip()


def error(axis):
    label = axis.findChild(QLabel, "field_error")
    return label.text() if label.isVisible() else ""


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("beta", "1,4,16", "3 values: 1, 4, 16"),
        ("beta", "4", "1 value: 4"),
        ("beta", "1:100:3:log", "3 values: 1, 10, 100"),
        ("beta", "1:20:20", "20 values: 1, 2, 3, 4, 5, 6, 7, …, 20"),
        ("latent_dim", "2:32:5:log", "5 values: 2, 4, 8, 16, 32"),
        ("network", "mlp,conv", "2 values: mlp, conv"),
        ("batch_size", "32,64", "2 values: 32, 64 images"),
    ],
)
def test_what_is_typed_is_seen_as_the_values_that_it_comes_to(axis, name, text, told):
    choose(axis, name)
    type_in(axis, text)
    assert preview(axis) == told
    assert error(axis) == ""
    assert not axis.wrong


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,2000", "beta must be a number, 0 to 1000, got 2000"),
        ("1,,4", "there is nothing between two commas of '1,,4'"),
        ("1:4", "'1:4' is no range"),
        ("1:4:²", "a range has 2 to 1,000 values, got '²' in '1:4:²'"),
    ],
)
def test_what_is_wrong_is_said_below_the_field_and_goes_when_it_is_mended(axis, text, told):
    type_in(axis, text)
    assert error(axis).startswith(told)
    assert axis.wrong
    with pytest.raises(ConfigError):
        axis.axis()
    type_in(axis, "1,4")
    assert error(axis) == ""
    assert axis.axis().values == (1, 4)


def test_nothing_typed_yet_is_no_error_but_lacks_something(axis):
    assert error(axis) == ""
    assert axis.lacks == SPECS["beta"].label
    type_in(axis, "  ")
    assert axis.lacks == SPECS["beta"].label
    type_in(axis, "1,4")
    assert axis.lacks == ""


def test_every_letter_is_told(axis, qtbot):
    told = []
    axis.changed.connect(lambda: told.append(line(axis).text()))
    type_in(axis, "1,4")
    assert told[-3:] == ["1", "1,", "1,4"]


def test_the_field_says_what_may_be_typed_for_the_setting(axis):
    choose(axis, "lr")
    assert line(axis).placeholderText() == "1,4,16 or 1:16:4 or 1:100:3:log"
    assert "Range: above 0 to 10" in line(axis).toolTip()
    choose(axis, "network")
    assert line(axis).placeholderText() == ",".join(SPECS["network"].choices[:3])
    assert axis.findChild(QComboBox).toolTip().lower() == SPECS["network"].help.lower()


def test_a_second_setting_may_be_left_out(second):
    assert second.axis() is None
    assert second.lacks == ""
    assert not line(second).isEnabled()
    choose(second, "lr")
    assert line(second).isEnabled()
    assert second.lacks == SPECS["lr"].label


def test_what_is_chosen_stays_where_another_model_has_it_too(axis):
    type_in(axis, "1,4")
    axis.offer(specs_of("beta-vae"))
    assert (axis.name, axis.axis().values) == ("beta", (1, 4))
    axis.offer(specs_of("deep"))
    assert axis.name == next(iter(specs_of("deep")))


def test_offering_settings_is_no_change_of_the_users(axis, qtbot):
    with qtbot.assertNotEmitted(axis.changed):
        axis.offer(specs_of("deep"))


def test_the_keys_go_where_values_are_typed(axis):
    axis.activateWindow()
    axis.take_keys()
    QTest.keyClicks(axis.focusWidget(), "1,4")
    assert line(axis).text() == "1,4"
