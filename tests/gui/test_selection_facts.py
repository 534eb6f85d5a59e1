import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from ae_studio.events import LatentSpace
from ae_studio.gui.selection_facts import SelectionFacts, classes_in_words, columns_for
from ae_studio.latent.scene import Scene
from tests.gui.small_run import ERRORS, IMAGES, LABELS, NAMES, look


def scene(images=IMAGES):
    return Scene(LatentSpace(2), LABELS, NAMES, images, look())


@pytest.fixture
def facts(qtbot):
    made = SelectionFacts()
    qtbot.addWidget(made)
    made.resize(276, 300)
    made.show_scene(scene())
    made.show()
    return made


def texts(facts):
    return [label.text() for label in facts.findChildren(QLabel)]


def test_how_many_of_which_classes_and_what_they_look_like(facts):
    facts.show_errors(ERRORS)
    facts.show_selection((0, 4, 5))
    mine, of_all = ERRORS[[0, 4, 5]].mean(), ERRORS.mean()
    assert texts(facts) == ["3 of 40 images", "ant: 2, bee: 1", f"Mean error {mine:.4f}, of all {of_all:.4f}"]
    np.testing.assert_array_equal(facts._sheet.images, IMAGES[[0, 4, 5]])


def test_nothing_below_jumps_when_something_is_selected(facts):
    before = facts._sheet.y()
    facts.show_selection(tuple(range(40)))
    facts.layout().activate()
    assert facts._sheet.y() == before


def test_without_images_or_errors_the_rest_is_told(facts):
    facts.show_scene(scene(images=None))
    facts.show_selection((1,))
    assert texts(facts) == ["1 of 40 images", "bee: 1", "Mean error –"]
    assert facts._sheet.images is None


def test_classes_without_a_name_are_numbers():
    nameless = Scene(LatentSpace(2), LABELS, (), None, look())
    assert classes_in_words(nameless, [1, 2, 6]) == "2: 2, 1: 1"


@pytest.mark.parametrize(("count", "room", "columns"), [(1, 2.6, 1), (3, 2.6, 3), (59, 2.6, 12), (60, 2.6, 12)])
def test_images_are_shown_as_large_as_there_is_room(count, room, columns):
    assert columns_for(count, room) == columns
