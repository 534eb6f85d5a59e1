import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from ae_studio.gui.decoded_panel import DecodedPanel, parse_code

IMAGE = np.full((8, 8), 255, dtype=np.uint8)


@pytest.fixture
def panel(qtbot):
    made = DecodedPanel()
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    qtbot.waitExposed(made)
    made.start(2, lambda code: f"7, {abs(float(code[0])):.2f} away")
    return made


def edit(panel):
    return panel.findChild(QLineEdit, "code_edit")


def typed(panel, qtbot, text):
    edit(panel).setFocus()
    edit(panel).selectAll()
    qtbot.keyClicks(edit(panel), text)
    qtbot.keyClick(edit(panel), Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.15, -0.55", (1.15, -0.55)),
        ("1,2", (1, 2)),
        (" 1  2 ", (1, 2)),
        ("−3;4e-1", (-3, 0.4)),
        ("0.5\t-0", (0.5, 0)),
    ],
)
def test_a_code_can_be_typed_in_many_ways(text, code):
    np.testing.assert_allclose(parse_code(text, 2), code, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1", "z has 2 numbers, got 1"),
        ("1 2 3", "got 3"),
        ("a b", "2 numbers"),
        ("inf 0", "from −1,000,000 to 1,000,000"),
        ("nan 0", "from −1,000,000"),
        ("1e30 0", "from −1,000,000"),
        ("", "got 0"),
    ],
)
def test_what_is_no_code_says_what_would_be(text, words):
    with pytest.raises(ValueError, match=words):
        parse_code(text, 2)


def test_a_typed_code_is_told(panel, qtbot):
    with qtbot.waitSignal(panel.code_typed) as told:
        typed(panel, qtbot, "1.5, -2")
    np.testing.assert_allclose(told.args[0], [1.5, -2])


def test_a_wrong_code_is_said_below_and_not_told(panel, qtbot):
    with qtbot.assertNotEmitted(panel.code_typed):
        typed(panel, qtbot, "1.5")
    assert panel._code_error.isVisible()
    assert "2 numbers" in panel._code_error.text()
    typed(panel, qtbot, "1.5 1")
    assert not panel._code_error.isVisible()


def test_the_image_comes_at_once_and_its_numbers_soon_after(panel, qtbot):
    panel.show_decoded(np.array([-1.234, 2.0]), IMAGE, 0.87)
    assert panel.digit_view._image is IMAGE
    qtbot.waitUntil(lambda: edit(panel).text() == "−1.23, 2.00")
    assert panel.findChild(QLabel, "nearest_label").text() == "7, 1.23 away"
    assert panel.findChild(QLabel, "decode_time_label").text() == "0.9 ms"


def test_what_is_being_typed_is_not_overwritten(panel, qtbot):
    edit(panel).setFocus()
    edit(panel).selectAll()
    qtbot.keyClicks(edit(panel), "3.3")
    panel.show_decoded(np.array([1.0, 2.0]), IMAGE, 0.9)
    qtbot.waitUntil(lambda: panel._decoded is None)
    assert edit(panel).text() == "3.3"


def test_another_run_shows_its_own_code(panel, qtbot):
    panel.findChild(QPushButton, "centre_button").setFocus()
    panel.show_decoded(np.array([1.0, 2.0]), IMAGE, 0.9)
    qtbot.waitUntil(lambda: edit(panel).text() == "1.00, 2.00")
    panel.start(2, lambda code: "")
    panel.show_decoded(np.array([0.0, 0.0]), IMAGE, 0.9)
    qtbot.waitUntil(lambda: edit(panel).text() == "0.00, 0.00")


def test_a_wrong_code_stays_to_be_mended_until_the_handle_moves(panel, qtbot):
    panel.show_decoded(np.array([1.0, 2.0]), IMAGE, 0.9)
    qtbot.waitUntil(lambda: edit(panel).text() == "1.00, 2.00")
    typed(panel, qtbot, "1.5")
    panel.show_decoded(np.array([1.0, 2.0]), IMAGE, 0.9)  # the model has learned, the handle has not moved
    qtbot.waitUntil(lambda: panel._decoded is None)
    assert edit(panel).text() == "1.5"
    assert panel._code_error.isVisible()
    panel.show_decoded(np.array([1.0, 3.0]), IMAGE, 0.9)
    qtbot.waitUntil(lambda: edit(panel).text() == "1.00, 3.00")
    assert not panel._code_error.isVisible()


def test_buttons_ask_for_samples_and_for_the_centre(panel, qtbot):
    for name, signal in (("sample_button", panel.sample_requested), ("centre_button", panel.centre_requested)):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(panel.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_samples_go_with_the_run_and_move_nothing_when_they_come(panel, qtbot):
    before = panel.digit_view.geometry()
    panel.show_samples(np.zeros((36, 8, 8), dtype=np.uint8))
    qtbot.wait(1)
    assert panel.samples.images.shape == (36, 8, 8)
    assert panel.digit_view.geometry() == before
    panel.start(3, lambda code: "")
    assert panel.samples.images is None


def test_before_a_run_the_controls_say_what_is_missing(qtbot):
    panel = DecodedPanel()
    qtbot.addWidget(panel)
    for widget in (edit(panel), panel.findChild(QPushButton, "sample_button")):
        assert not widget.isEnabled()
        assert "Train a model" in widget.toolTip()


def support(panel):
    return panel.findChild(QLabel, "support_label")


def test_support_is_said_in_as_many_words_as_have_room(panel, qtbot):
    panel.follow_support(lambda code: (("at the edge of the data (4 codes near)", "at the edge"), "3 % of the codes"))
    panel.show_decoded(np.zeros(2, dtype=np.float32), IMAGE, 0.4)
    qtbot.waitUntil(lambda: support(panel).text().startswith("at the edge"))
    assert support(panel).toolTip() == "at the edge of the data (4 codes near)\n3 % of the codes"
    panel.resize(190, 700)
    qtbot.waitUntil(lambda: support(panel).text() == "at the edge")
    panel.resize(600, 700)
    qtbot.waitUntil(lambda: support(panel).text() == "at the edge of the data (4 codes near)")


def test_support_is_said_anew_when_the_codes_have_moved(panel, qtbot):
    assert support(panel).text() == "–"
    panel.show_decoded(np.zeros(2, dtype=np.float32), IMAGE, 0.4)
    panel.follow_support(lambda code: (("on the data",), "all"))
    qtbot.waitUntil(lambda: support(panel).text() == "on the data")
    panel.follow_support(lambda code: (("off the data",), "none"))
    assert support(panel).text() == "off the data"
    panel.clear()
    assert (support(panel).text(), support(panel).toolTip()) == ("–", "")
