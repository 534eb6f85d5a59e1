import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ae_studio.gui.run_details import SAVE_MS, RunDetails
from ae_studio.gui.theme import LIGHT
from ae_studio.runs.details import Details, Pictures
from ae_studio.runs.listed import ListedRun

RUN = ListedRun("a", model="vae", best=20.5, loss_unit="nats", tags=("talk",), notes="Look", reason="All done.")


@pytest.fixture
def details(qtbot):
    made = RunDetails()
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    yield made
    made.hide()


def text(details, name):
    return details.findChild(QLabel, name).text().replace("\u200b", "")  # where a line may end


def test_without_a_run_it_invites(details):
    assert "Choose a run" in text(details, "run_title")
    assert not details.tags.isVisible()


def test_it_shows_a_run_and_then_its_settings_and_pictures(details):
    details.show_run(RUN)
    assert (text(details, "run_title"), text(details, "run_state")) == ("a", "All done.")
    assert (details.tags.text(), details.notes.toPlainText()) == ("talk", "Look")
    images = np.zeros((6, 8, 8), dtype=np.uint8)
    details.show_details(Details(RUN, (("Rate <b>", "1 & 2"),), Pictures(images, images)))
    assert "Rate &lt;b&gt;" in text(details, "run_settings")
    assert "1 &amp; 2" in text(details, "run_settings")
    assert details._grid.images.shape == (12, 8, 8)
    details.set_theme(LIGHT)
    assert LIGHT.dim in text(details, "run_settings")


@pytest.mark.parametrize("name", ["x" * 250, "2026-11-23_14-05-09_beta-vae_mnist_" * 5, "/a/long/path" * 20])
def test_no_name_makes_it_wider_than_it_is(details, qtbot, name):
    details.resize(240, 600)
    details.show_run(ListedRun(name, title=name, model=name, problems=(f"{name}: is damaged",)))
    qtbot.wait(1)
    assert details.widget().width() <= details.viewport().width()


def test_details_that_come_late_are_of_another_run(details):
    details.show_run(ListedRun("b"))
    details.show_details(Details(RUN, (("Rate", "1"),), None))
    assert "Rate" not in text(details, "run_settings")


def test_what_is_typed_is_told_after_a_pause(details, qtbot):
    details.show_run(RUN)
    with qtbot.waitSignal(details.notes_edited, timeout=10 * SAVE_MS) as told:
        qtbot.keyClicks(details.notes, "!")
    assert told.args == ["a", "!Look"]


def test_what_is_typed_is_told_when_another_run_is_chosen(details, qtbot):
    details.show_run(RUN)
    qtbot.keyClicks(details.tags, ", beta , talk")
    with qtbot.waitSignal(details.tags_edited) as told:
        details.show_run(ListedRun("b"))
    assert told.args == ["a", ("talk", "beta")]
    assert details.tags.text() == ""


def test_what_is_typed_is_told_when_it_is_closed(details, qtbot):
    details.show_run(RUN)
    qtbot.keyClicks(details.notes, "!")
    with qtbot.waitSignal(details.notes_edited):
        details.hide()


def test_return_in_the_tags_keeps_them(details, qtbot):
    details.show_run(RUN)
    qtbot.keyClicks(details.tags, ", two")
    with qtbot.waitSignal(details.tags_edited) as told:
        qtbot.keyClick(details.tags, Qt.Key.Key_Return)
    assert told.args == ["a", ("talk", "two")]


def test_nothing_is_told_where_nothing_was_changed(details, qtbot):
    details.show_run(RUN)
    with qtbot.assertNotEmitted(details.tags_edited), qtbot.assertNotEmitted(details.notes_edited):
        details.show_run(ListedRun("b"))
        details.show_run(None)


def test_what_is_being_typed_is_not_replaced_by_what_was_kept(details, qtbot):
    details.show_run(RUN)
    qtbot.keyClicks(details.notes, "!")
    details.show_run(ListedRun("a", notes="Look", tags=("talk",), epochs_done=5))
    assert details.notes.toPlainText() == "!Look"
    details.keep_words()


def test_words_from_elsewhere_are_shown(details):
    details.show_run(RUN)
    details.show_run(ListedRun("a", notes="From another window", tags=("other",)))
    assert (details.tags.text(), details.notes.toPlainText()) == ("other", "From another window")
