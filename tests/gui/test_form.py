import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from ae_studio.config import FieldSpec
from ae_studio.gui.form import Field

LR = FieldSpec("lr", "Learning rate", "size of the steps", "float", 1e-3, low=0.0, high=10.0, low_open=True)
CLIP = FieldSpec("clip", "Clipping", "largest gradient", "float", 0.0, low=0.0, high=1e6)
EPOCHS = FieldSpec("epochs", "Epochs", "passes", "int", 20, low=1, high=100_000)
STOP = FieldSpec("early_stopping", "Stop early", "patience", "int", 0, low=0, high=1000, unit="epochs")
SCHEDULE = FieldSpec("schedule", "Schedule", "how lr falls", "choice", "none", choices=("none", "step", "cosine"))
HIDDEN = FieldSpec("hidden", "Hidden", "widths", "text", "512-256")
FLAG = FieldSpec("warm", "Warm", "or cold", "bool", False)


@pytest.fixture
def field(qtbot):
    def make(spec):
        made = Field(spec)
        qtbot.addWidget(made)
        made.set_value(spec.default)
        made.show()
        return made

    return make


def typed(qtbot, field, text):
    edit = field.widget.lineEdit() if hasattr(field.widget, "lineEdit") else field.widget
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("spec", "value"),
    [(LR, 3e-4), (EPOCHS, 7), (STOP, 0), (STOP, 5), (SCHEDULE, "cosine"), (HIDDEN, "16-8"), (FLAG, True)],
)
def test_a_value_that_is_set_is_the_value_that_is_read_and_nobody_is_told(field, qtbot, spec, value):
    made = field(spec)
    with qtbot.assertNotEmitted(made.value_changed):
        made.set_value(value)
    assert made.value() == value


@pytest.mark.parametrize(("text", "value"), [("0.0005", 5e-4), ("2e-5", 2e-5), ("0,01", 0.01)])
def test_a_small_number_can_be_typed_in_any_notation(field, qtbot, text, value):
    made = field(LR)
    with qtbot.waitSignal(made.value_changed):
        typed(qtbot, made, text)
    assert made.value() == pytest.approx(value)


def test_a_number_out_of_range_or_no_number_is_not_taken(field, qtbot):
    made = field(LR)
    box = made.widget
    assert box.validate("0.5", 0)[0] == QValidator.State.Acceptable
    for text in ("0", "-1", "11", "abc", "1e"):
        assert box.validate(text, 0)[0] == QValidator.State.Intermediate
    typed(qtbot, made, "abc")
    assert made.value() == 1e-3


def test_arrows_go_through_one_two_and_five_of_each_decade(field):
    made = field(LR)
    box = made.widget
    seen = []
    for _ in range(4):
        box.stepBy(1)
        seen.append(box.value())
    assert seen == pytest.approx([2e-3, 5e-3, 1e-2, 2e-2])
    box.stepBy(-5)
    assert box.value() == pytest.approx(5e-4)


def test_arrows_do_not_reach_a_bound_that_is_left_out_but_do_reach_zero_where_it_means_off(field):
    fields = [field(LR), field(CLIP)]
    open_box, closed_box = (each.widget for each in fields)
    for box in (open_box, closed_box):
        box.setValue(1e-4)
        box.stepBy(-3)
    assert open_box.value() == pytest.approx(1e-4)
    assert closed_box.value() == 0
    assert closed_box.text() == "Off"


def test_an_error_stands_under_its_field_and_goes_away(field):
    made = field(HIDDEN)
    made.show_error("hidden must be widths, got 5-x")
    assert made._error.isVisible()
    assert made.widget.property("wrong")
    made.show_error("")
    assert not made._error.isVisible()
    assert not made.widget.property("wrong")


def test_a_locked_field_says_why_and_unlocking_brings_its_hint_back(field):
    made = field(EPOCHS)
    hint = made.widget.toolTip()
    assert "Range: 1 to 100,000" in hint or "Range: 1 to 100000" in hint
    made.lock("A training is running")
    assert not made.widget.isEnabled()
    assert made.widget.toolTip() == "A training is running"
    made.lock("")
    assert made.widget.isEnabled()
    assert made.widget.toolTip() == hint


def test_a_choice_that_cannot_be_taken_says_why(field):
    made = field(SCHEDULE)
    made.disable_choices({"cosine": "not here"})
    item = made.widget.model().item(2)
    assert not item.isEnabled()
    assert item.toolTip() == "not here"
    assert made.widget.model().item(1).isEnabled()


def test_the_wheel_does_not_turn_a_number_that_has_no_focus(field):
    made = field(EPOCHS)
    made.widget.clearFocus()
    at = QPointF(5, 5)
    event = QWheelEvent(
        *(at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(made.widget, event)
    assert made.value() == 20


def test_advice_stands_below_a_value_that_can_be_used(field):
    made = field(LR)
    made.show_advice("Is that meant?")
    assert made.findChild(QLabel, "field_advice").isVisible()
    assert not made.widget.property("wrong")
    made.show_advice("")
    assert not made.findChild(QLabel, "field_advice").isVisible()
