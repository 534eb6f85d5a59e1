import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QSlider, QToolButton

from ae_studio.gui.play_row import PlayRow
from ae_studio.gui.theme import DARK


@pytest.fixture
def row(qtbot):
    made = PlayRow()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(600, 40)
    made.show()
    yield made
    made.player.stop()


def test_the_pace_is_told_and_kept(qtbot, row):
    row.show_notes(3, ("a note", "short"))
    slider = row.findChild(QSlider, "path_speed_slider")
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert slider.toolTip() == "30 frames a second"
    assert row.player._timer.interval() == 33


def test_the_note_is_as_long_as_there_is_room(qtbot, row):
    row.show_notes(3, ("a note that is rather long", "short"))
    note = row.findChild(QLabel, "dim_label")
    assert note.text() == "a note that is rather long"
    row.resize(270, 40)
    qtbot.waitUntil(lambda: note.text() == "short")
    assert note.toolTip() == "a note that is rather long"


def test_it_stops_when_it_is_hidden(qtbot, row):
    row.show_notes(3, ())
    qtbot.mouseClick(row.findChild(QToolButton, "path_play_button"), Qt.MouseButton.LeftButton)
    assert row.player.playing
    row.hide()
    assert not row.player.playing


def test_a_picture_is_saved_as_png_where_that_is_chosen(qtbot, row):
    row.show_notes(3, ())
    qtbot.mouseClick(row.findChild(QToolButton, "path_save_button"), Qt.MouseButton.LeftButton)
    dialog = row.findChild(QFileDialog, "film_dialog")
    assert dialog.defaultSuffix() == "gif"
    dialog.filterSelected.emit("Picture (*.png)")
    assert dialog.defaultSuffix() == "png"
    dialog.close()
