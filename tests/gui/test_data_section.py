import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from ae_studio.data.catalog import DATASETS
from ae_studio.gui.data_section import DataSection


@pytest.fixture
def section(qtbot):
    made = DataSection()
    qtbot.addWidget(made)
    made.show()
    made.set_on_disk({"digits": True, "mnist": False})
    return made


def button(section, name):
    return section.findChild(QPushButton, name)


def text(section):
    return section.findChild(QLabel, "data_state").text()


def test_every_data_set_of_the_catalog_can_be_chosen(section):
    box = section._box
    assert [box.itemData(row) for row in range(box.count())] == list(DATASETS)


def test_what_is_here_can_be_previewed_and_needs_no_download(section, qtbot):
    section.choose("digits")
    assert section.why_missing() == ""
    assert not button(section, "download_button").isVisible()
    with qtbot.waitSignal(section.preview_requested) as asked:
        qtbot.mouseClick(button(section, "preview_button"), Qt.MouseButton.LeftButton)
    assert asked.args == ["digits"]


def test_what_is_missing_says_its_size_and_offers_a_download(section):
    section.choose("mnist")
    assert "download it first" in section.why_missing()
    assert "MB" in text(section)
    assert button(section, "download_button").isVisible()
    assert not button(section, "preview_button").isVisible()


def test_a_download_shows_how_far_it_is_and_can_be_cancelled(section, qtbot):
    section.choose("mnist")
    with qtbot.waitSignal(section.download_requested) as asked:
        qtbot.mouseClick(button(section, "download_button"), Qt.MouseButton.LeftButton)
    assert asked.args == ["mnist"]
    section.show_download(2_500_000, 10_000_000, "train-images")
    assert text(section) == "train-images: 2.5 of 10.0 MB"
    assert section.findChild(QProgressBar, "download_progress").value() == 250
    with qtbot.waitSignal(section.download_cancelled):
        qtbot.mouseClick(button(section, "cancel_download_button"), Qt.MouseButton.LeftButton)


def test_a_download_of_unknown_size_is_shown_too(section):
    section.choose("mnist")
    section.show_download(2_500_000, 0, "train-images")
    assert text(section) == "train-images: 2.5 MB"


def test_a_download_that_failed_says_why_and_can_be_tried_again(section, qtbot):
    section.choose("mnist")
    qtbot.mouseClick(button(section, "download_button"), Qt.MouseButton.LeftButton)
    section.end_download("No connection to the server")
    assert text(section) == "No connection to the server"
    assert section.findChild(QLabel, "data_state").isVisible()
    assert button(section, "download_button").isVisible()
    assert not button(section, "cancel_download_button").isVisible()


def test_a_locked_section_says_why(section):
    section.lock("A training is running")
    assert not section._box.isEnabled()
    assert section._box.toolTip() == "A training is running"
    section.lock("")
    assert section._box.isEnabled()


def test_choosing_by_hand_is_told_and_by_program_is_not(section, qtbot):
    with qtbot.assertNotEmitted(section.chosen):
        section.choose("mnist")
    with qtbot.waitSignal(section.chosen):
        section._box.setCurrentIndex(section._box.findData("digits"))
