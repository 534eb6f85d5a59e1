import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QPushButton, QToolButton

from ae_studio.events import Switch
from ae_studio.gui.drawing_panel import DrawingPanel
from ae_studio.gui.theme import DARK
from ae_studio.latent.drawn import Drawn

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot):
    made = DrawingPanel()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(300, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


def find(panel, kind, name):
    return panel.findChild(kind, name)


def drawn():
    image = np.full((8, 8), 255, np.uint8)
    code = np.zeros(2, dtype=np.float32)
    return Drawn(image, code, None, image // 2, 0.25, np.array([4, 2]), np.array([0.1, 0.2], dtype=np.float32))


def show_drawn(panel):
    panel.show_drawn(drawn(), np.zeros((2, 8, 8), np.uint8), ["seven", "one"])


def dot(qtbot, panel):
    qtbot.mouseClick(panel.pad, LEFT, pos=QPoint(100, 100))


def test_before_a_model_is_there_nothing_can_be_drawn(panel):
    assert not panel.pad.isEnabled()
    assert panel.pad.toolTip() == panel.tools.toolTip() == "Train a model or open a run first"
    assert not find(panel, QPushButton, "drawing_go_button").isEnabled()
    panel.allow("")
    assert panel.pad.isEnabled()


def test_everything_fits_in_300_pixels(panel):
    panel.allow("")
    panel.show_classes(Switch("class", ("0", "1"), given=True))
    show_drawn(panel)
    assert panel.minimumSizeHint().width() <= 300
    for part in (panel.pad, panel.tools, panel.images, panel.neighbours):
        assert 0 < part.width() <= 300 - 2 * 12
    assert panel.pad.height() == pytest.approx(panel.pad.width(), abs=2)


def test_what_the_model_makes_of_it_is_shown(panel):
    show_drawn(panel)
    assert find(panel, QLabel, "drawn_facts_label").text() == "Squared error 0.2500 per pixel"
    assert panel.images.images[1].max() == 127
    assert find(panel, QToolButton, "neighbour_1_button").text() == "seven"
    assert find(panel, QPushButton, "drawing_go_button").isEnabled()
    panel.show_nothing()
    assert panel.images.images is None
    assert not find(panel, QPushButton, "drawing_go_button").isEnabled()


def test_neighbours_without_images_say_so(panel):
    panel.show_drawn(drawn(), None, [])
    assert any("not kept with this run" in label.text() for label in panel.findChildren(QLabel))
    assert panel.neighbours.images is None


def test_buttons_ask_for_the_handle(qtbot, panel):
    panel.allow("")
    show_drawn(panel)
    with qtbot.waitSignal(panel.go_requested):
        qtbot.mouseClick(find(panel, QPushButton, "drawing_go_button"), LEFT)
    with qtbot.waitSignal(panel.follow_toggled) as told:
        qtbot.keyClick(find(panel, QCheckBox, "handle_follows_box"), Qt.Key.Key_Space)
    assert told.args == [True]
    assert panel.following
    with qtbot.waitSignal(panel.neighbour_chosen) as told:
        qtbot.mouseClick(find(panel, QToolButton, "neighbour_2_button"), LEFT)
    assert told.args == [2]


def test_the_class_is_asked_for_where_the_model_is_told_it(qtbot, panel):
    box = find(panel, QComboBox, "drawn_class_box")
    assert not box.isVisible()
    panel.show_classes(Switch("class", ("zero", "one", "two"), given=True))
    assert box.isVisible()
    box.setFocus()
    with qtbot.waitSignal(panel.class_chosen) as told:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert told.args == [1]
    panel.show_class(2)
    assert box.currentText() == "two"


def test_tools_reach_the_pad(qtbot, panel):
    panel.allow("")
    panel.set_kind(False, 30.0)
    assert panel.pad.pen_width == pytest.approx(30)
    qtbot.mouseClick(find(panel, QToolButton, "drawing_eraser_button"), LEFT)
    assert panel.pad.erasing
    qtbot.mouseClick(find(panel, QToolButton, "drawing_pen_button"), LEFT)
    dot(qtbot, panel)
    clear = find(panel, QToolButton, "drawing_clear_button")
    assert clear.isEnabled()
    qtbot.mouseClick(clear, LEFT)
    assert panel.pad.is_empty
    assert not clear.isEnabled()


def test_colours_are_for_data_that_has_some(panel):
    panel.set_kind(True, 20.0)
    assert panel.pad.sheet.coloured
    panel.set_kind(False, 20.0)
    assert not panel.pad.sheet.coloured


def paste(qtbot, panel, data):
    QGuiApplication.clipboard().setMimeData(data)
    panel.pad.setFocus()
    qtbot.keyClick(panel.pad, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_picture_is_pasted_by_its_keys(qtbot, panel):
    panel.allow("")
    data = QMimeData()
    data.setImageData(QImage(5, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(panel.picture_given) as told:
        paste(qtbot, panel, data)
    assert told.args[0].width() == 5


def test_a_file_that_was_copied_is_pasted(qtbot, panel, tmp_path):
    panel.allow("")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "7.png"))])
    with qtbot.waitSignal(panel.picture_given) as told:
        paste(qtbot, panel, data)
    assert told.args[0] == tmp_path / "7.png"


def test_without_a_picture_to_paste_it_says_so_until_something_is_drawn(qtbot, panel):
    panel.allow("")
    data = QMimeData()
    data.setText("seven")
    paste(qtbot, panel, data)
    wrong = find(panel, QLabel, "field_error")
    assert wrong.isVisible()
    assert wrong.text() == "There is no picture to paste"
    dot(qtbot, panel)
    assert not wrong.isVisible()


def test_a_file_is_chosen(qtbot, panel, tmp_path):
    panel.allow("")
    qtbot.mouseClick(find(panel, QToolButton, "drawing_open_button"), LEFT)
    dialog = find(panel, QFileDialog, "picture_dialog")
    with qtbot.waitSignal(panel.picture_given) as told:
        dialog.urlSelected.emit(QUrl.fromLocalFile(str(tmp_path / "7.png")))
    assert told.args[0] == tmp_path / "7.png"
    dialog.close()
