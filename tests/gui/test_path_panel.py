import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QSlider, QSpinBox, QToolButton

from ae_studio.gui.film_strip import Frames
from ae_studio.gui.path_panel import KINDS, NOTHING, PathPanel
from ae_studio.gui.theme import DARK

IMAGES = np.stack([np.full((8, 8), 50 * index, dtype=np.uint8) for index in range(5)])
FRAMES = Frames(IMAGES, IMAGES, np.linspace(1, 0, 5), (0, 0, 1, 1, 2), tuple("abcde"))
POSSIBLE = dict.fromkeys(KINDS, "")


@pytest.fixture
def panel(qtbot):
    made = PathPanel()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(640, 240)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.player.stop()


@pytest.fixture
def filled(panel):
    panel.offer({0: "zero", 7: "seven"}, 50)
    panel.show_possible(POSSIBLE, "linear")
    panel.show_strip(FRAMES, ("as it goes",))
    return panel


def child(panel, kind, name):
    return panel.findChild(kind, name)


def test_before_there_is_a_run_everything_is_greyed_with_the_reason(panel):
    for kind, name in (
        (QComboBox, "path_kind_box"),
        (QComboBox, "path_a_box"),
        (QToolButton, "path_play_button"),
        (QToolButton, "path_save_button"),
        (QSpinBox, "path_frames_box"),
    ):
        widget = child(panel, kind, name)
        assert not widget.isEnabled()
        assert widget.toolTip() == NOTHING


def test_an_end_is_chosen_from_the_classes_or_by_an_images_number(qtbot, filled):
    filled.show_end("A", "class", 0)
    box = child(filled, QComboBox, "path_a_box")
    assert box.currentText() == "zero (mean)"
    with qtbot.waitSignal(filled.end_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert chosen.args == ["A", "class", 7]
    with qtbot.waitSignal(filled.end_chosen, check_params_cb=lambda *args: args == ("A", "image", 0)):
        qtbot.keyClick(box, Qt.Key.Key_Up)
        qtbot.keyClick(box, Qt.Key.Key_Up)
    number = child(filled, QSpinBox, "path_a_image_box")
    assert number.isVisible()
    with qtbot.waitSignal(filled.end_chosen) as chosen:
        qtbot.keyClick(number, Qt.Key.Key_Up)
    assert chosen.args == ["A", "image", 1]


def test_the_point_seen_last_can_be_chosen_once_there_is_one(qtbot, filled):
    box = child(filled, QComboBox, "path_b_box")
    item = box.model().item(box.findText("Last point seen"))
    filled.allow_focus(False)
    assert not item.isEnabled()
    assert "point at one" in item.toolTip()
    filled.allow_focus(True)
    assert item.isEnabled()


def test_showing_an_end_tells_nobody(qtbot, filled):
    with qtbot.assertNotEmitted(filled.end_chosen):
        filled.show_end("B", "image", 41)
    assert child(filled, QSpinBox, "path_b_image_box").value() == 42


def test_kinds_that_cannot_be_are_greyed_with_the_reason(qtbot, filled):
    filled.show_possible({**POSSIBLE, "slerp": "no arc"}, "linear")
    box = child(filled, QComboBox, "path_kind_box")
    with qtbot.waitSignal(filled.kind_chosen) as chosen:
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert chosen.args == ["geodesic"]  # over the one that is greyed
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == "no arc"


def test_a_stroke_has_its_own_ends(filled):
    filled.show_possible(POSSIBLE, "stroke")
    box = child(filled, QComboBox, "path_a_box")
    assert not box.isEnabled()
    assert "own ends" in box.toolTip()


def test_frames_evenness_and_exchange_are_asked_for(qtbot, filled):
    with qtbot.waitSignal(filled.frames_chosen) as frames:
        qtbot.keyClick(child(filled, QSpinBox, "path_frames_box"), Qt.Key.Key_Up)
    assert frames.args == [13]
    with qtbot.waitSignal(filled.even_chosen) as even:
        qtbot.keyClick(child(filled, QComboBox, "path_even_box"), Qt.Key.Key_Down)
    assert even.args == ["image"]
    with qtbot.waitSignal(filled.swap_requested):
        qtbot.mouseClick(child(filled, QToolButton, "path_swap_button"), Qt.MouseButton.LeftButton)


def test_a_click_on_a_frame_goes_there(qtbot, filled):
    with qtbot.waitSignal(filled.frame_shown) as shown:
        qtbot.mouseClick(filled.strip, Qt.MouseButton.LeftButton, pos=filled.strip.frame_rect(3).center().toPoint())
    assert shown.args == [3]
    assert filled.strip.current == 3


def test_play_goes_through_the_frames_and_the_handle_follows(qtbot, filled):
    child(filled, QSlider, "path_speed_slider").setValue(30)
    shown = []
    filled.frame_shown.connect(shown.append)
    play = child(filled, QToolButton, "path_play_button")
    qtbot.mouseClick(play, Qt.MouseButton.LeftButton)
    assert play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: not filled.player.playing)
    assert shown == [1, 2, 3, 4]
    assert filled.strip.current == 4


def test_there_and_back_it_goes_on_until_it_is_stopped_by_the_space_bar(qtbot, filled):
    child(filled, QSlider, "path_speed_slider").setValue(30)
    qtbot.mouseClick(child(filled, QToolButton, "path_loop_button"), Qt.MouseButton.LeftButton)
    shown = []
    filled.frame_shown.connect(shown.append)
    filled.strip.setFocus()
    qtbot.keyClick(filled.strip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(shown) > 6)
    qtbot.keyClick(filled.strip, Qt.Key.Key_Space)
    assert shown[:7] == [1, 2, 3, 4, 3, 2, 1]
    assert not filled.player.playing


def test_it_stops_and_says_so_when_nobody_sees_it(qtbot, filled):
    qtbot.mouseClick(child(filled, QToolButton, "path_play_button"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(filled.active_changed) as active:
        filled.set_seen(False)
    assert active.args == [False]
    assert not filled.player.playing


def test_a_new_strip_keeps_its_place_while_it_plays(filled):
    filled.player.go(3)
    filled.show_strip(FRAMES)
    assert filled.strip.current == 3
    filled.show_strip(None, ("None now",))
    assert child(filled, QToolButton, "path_play_button").toolTip() == "None now"


def test_saving_asks_where_and_tells_how(qtbot, filled, tmp_path):
    child(filled, QSlider, "path_speed_slider").setValue(10)
    qtbot.mouseClick(child(filled, QToolButton, "path_save_button"), Qt.MouseButton.LeftButton)
    dialog = child(filled, QFileDialog, "film_dialog")
    qtbot.waitUntil(dialog.isVisible)
    with qtbot.waitSignal(filled.save_requested) as asked:
        dialog.fileSelected.emit(str(tmp_path / "way.gif"))
    assert asked.args == [str(tmp_path / "way.gif"), 10.0, False]
    dialog.close()


def test_scrubbing_keeps_the_frame_in_sight(qtbot, filled):
    many = np.zeros((60, 8, 8), dtype=np.uint8)
    filled.show_strip(Frames(many, many, np.zeros(60), (0,) * 60, ("",) * 60))
    qtbot.waitUntil(lambda: filled.strip.width() > filled.width())
    filled.player.go(59)
    place = filled.strip.mapTo(filled, filled.strip.frame_rect(59).center().toPoint())
    assert filled.rect().contains(QPoint(place.x(), 10))


def test_all_that_can_act_says_what_it_does(filled):
    for kind in (QComboBox, QSpinBox, QToolButton, QSlider):
        for widget in filled.findChildren(kind):
            if widget.objectName().startswith("path_"):
                assert widget.accessibleName()
                assert widget.toolTip()
