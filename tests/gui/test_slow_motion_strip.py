import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ae_studio.gui.column import Column
from ae_studio.gui.slow_motion_strip import WAITING, SlowMotionStrip
from ae_studio.gui.step_words import ENCODE, LOSS, SAMPLE, STAGES
from ae_studio.gui.theme import DARK
from tests.gui.seen_step import deterministic, seen_step


@pytest.fixture
def strip(qtbot, told):
    host = Column()  # as in the window
    qtbot.addWidget(host)
    made = SlowMotionStrip(host)
    host.add(made)
    made.set_theme(DARK)
    made.start_run(told.start())
    host.resize(900, 190)
    host.show()
    made.open()
    qtbot.waitExposed(host)
    yield made
    host.hide()


def button(strip, name):
    return strip.findChild(QToolButton, name)


def stage_buttons(strip):
    return [button(strip, f"{name.lower()}_stage_button") for name in STAGES]


def caption(strip):
    return strip.findChild(object, "stage_caption").text()


def test_while_a_step_is_waited_for_no_stage_can_be_gone_to(strip):
    assert caption(strip) == WAITING
    assert not any(each.isEnabled() for each in stage_buttons(strip))
    assert all(each.toolTip() for each in stage_buttons(strip))
    assert button(strip, "close_slow_motion_button").isEnabled()


def test_the_stage_that_is_played_is_marked_and_told_in_words(strip):
    strip.show_step(seen_step())
    strip.show_stage(LOSS, 0.0)
    assert [each.isChecked() for each in stage_buttons(strip)].index(True) == LOSS
    assert "32.0 nats per image" in caption(strip)


def test_a_step_without_a_sample_says_why(strip):
    strip.show_step(deterministic())
    sample = stage_buttons(strip)[SAMPLE]
    assert not sample.isEnabled()
    assert "decodes the code itself" in sample.toolTip()
    strip.show_step(seen_step())
    assert sample.isEnabled()


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("encode_stage_button", "stage_chosen"),
        ("previous_stage_button", "previous_requested"),
        ("next_stage_button", "next_requested"),
        ("play_stages_button", "play_toggled"),
        ("close_slow_motion_button", "close_requested"),
    ],
)
def test_every_button_asks_for_its_own_thing(strip, qtbot, name, signal):
    strip.show_step(seen_step())
    strip.show_stage(0, 0.0)
    with qtbot.waitSignal(getattr(strip, signal)) as asked:
        qtbot.mouseClick(button(strip, name), Qt.MouseButton.LeftButton)
    assert asked.args == ([ENCODE] if signal == "stage_chosen" else [])


def test_the_speed_goes_round(strip, qtbot):
    speed, told = button(strip, "slow_motion_speed_button"), []
    strip.speed_chosen.connect(told.append)
    assert speed.text() == "1×"
    for _ in range(4):
        speed.click()
    assert told == [2.0, 4.0, 0.5, 1.0]
    assert speed.text() == "1×"


def test_arrow_keys_go_through_the_stages(strip, qtbot):
    strip.show_step(seen_step())
    with qtbot.waitSignal(strip.next_requested):
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    with qtbot.waitSignal(strip.previous_requested):
        qtbot.keyClick(strip, Qt.Key.Key_Left)


@pytest.mark.parametrize(("width", "named"), [(900, 7), (420, 0)])
def test_names_of_stages_give_way_where_there_is_no_room(strip, qtbot, width, named):
    strip.show_step(seen_step())
    strip.show_stage(ENCODE, 0.0)
    strip.parentWidget().resize(width, 190)
    qtbot.waitUntil(lambda: strip.width() == width)
    texts = [each.text() for each in stage_buttons(strip)]
    assert sum(len(text) > 1 for text in texts) >= named
    assert all(text.startswith(str(number)) for number, text in enumerate(texts, 1))
    right = max(each.geometry().right() for each in strip.findChildren(QToolButton))
    assert right <= width
    assert strip.minimumSizeHint().width() <= 420


def test_all_that_is_pressed_has_a_name_that_is_read_out(strip):
    assert all(each.accessibleName() and each.objectName() for each in strip.findChildren(QToolButton))
    strip.show_playing(False)
    assert button(strip, "play_stages_button").accessibleName() == "Play slow motion"


def test_its_height_is_the_same_at_every_stage(strip):
    strip.show_step(seen_step())
    heights = set()
    for stage in range(len(STAGES)):
        strip.show_stage(stage, 0.0)
        heights.add(strip.sizeHint().height())
    assert len(heights) == 1
