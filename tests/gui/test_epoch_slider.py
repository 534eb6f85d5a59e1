import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from ae_studio.gui.epoch_slider import EpochSlider, Marks
from ae_studio.gui.theme import DARK


@pytest.fixture
def slider(qtbot):
    made = EpochSlider()
    qtbot.addWidget(made)
    made.setRange(0, 100)
    made.stops = [0, 4, 10, *range(20, 101, 10)]
    made.resize(420, 38)
    made.show()
    return made


def turn(slider, eighths):
    at = QPointF(100, 19)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, at, QPoint(), QPoint(0, eighths), none, Qt.KeyboardModifier.NoModifier, phase, False)
    QApplication.sendEvent(slider, event)


@pytest.mark.parametrize(
    ("start", "key", "goal"),
    [
        (4, Qt.Key.Key_Right, 10),
        (4, Qt.Key.Key_Left, 0),
        (0, Qt.Key.Key_Left, 0),
        (100, Qt.Key.Key_Right, 100),
        (50, Qt.Key.Key_Home, 0),
        (50, Qt.Key.Key_End, 100),
        (50, Qt.Key.Key_PageUp, 60),
        (50, Qt.Key.Key_PageDown, 40),
    ],
)
def test_keys_go_from_stop_to_stop(slider, qtbot, start, key, goal):
    slider.setValue(start)
    qtbot.keyClick(slider, key)
    assert slider.value() == goal


def test_between_two_stops_a_key_goes_to_the_next_one_on_its_side(slider):
    slider.setValue(6)
    assert (slider.stop_beside(-1), slider.stop_beside(1)) == (4, 10)


def test_a_notch_of_the_wheel_is_a_stop_and_parts_of_it_add_up(slider):
    slider.setValue(20)
    turn(slider, 120)
    assert slider.value() == 30
    for _ in range(3):
        turn(slider, -40)
    assert slider.value() == 20


def test_other_keys_belong_to_the_window(slider, qtbot):
    slider.setValue(50)
    qtbot.keyClick(slider, Qt.Key.Key_K)
    assert slider.value() == 50


def test_marks_are_painted_where_the_handle_would_stand(slider, qtbot):
    slider.set_theme(DARK)
    slider.setValue(100)
    bare = slider.grab().toImage()
    slider.show_marks(Marks(a=20, b=60, best=40))
    marked = slider.grab().toImage()
    changed = [x for x in range(420) if any(bare.pixel(x, y) != marked.pixel(x, y) for y in range(38))]
    places = [min(changed, key=lambda x, at=at: abs(x - at)) for at in (slider._x_of(e) for e in (20, 40, 60))]
    assert [round(slider._x_of(epoch)) for epoch in (20, 40, 60)] == pytest.approx(places, abs=3)
    assert not any(abs(x - slider._x_of(80)) < 10 for x in changed)


def test_a_drag_goes_on_where_no_stop_is_under_the_mouse(slider, qtbot):
    slider.valueChanged.connect(lambda value: slider.setValue(slider.nearest(value)))  # as the bar does
    x = [round(slider._x_of(epoch)) for epoch in (46, 64)]
    with qtbot.waitSignal(slider.sliderPressed):
        qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(x[0], 19))
    assert slider.value() == 50
    qtbot.mouseMove(slider, QPoint(x[1], 19))
    assert (slider.value(), slider.isSliderDown()) == (60, True)
    with qtbot.waitSignal(slider.sliderReleased):
        qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(x[1], 19))


def test_taking_the_handle_beside_its_middle_does_not_move_it(slider, qtbot):
    slider.setValue(50)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider._x_of(50)) + 4, 19))
    assert slider.value() == 50
