import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from ae_studio.gui.reconstruction_panel import MODES, ReconstructionPanel
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.latent.errors import ClassError, Reconstructed, squared_errors
from ae_studio.latent.groups import read_only

BLACK = np.zeros((6, 8, 8), dtype=np.uint8)
GREYS = np.broadcast_to(np.array([10, 200, 30, 90, 0, 50], dtype=np.uint8)[:, None, None], (6, 8, 8)).copy()


@pytest.fixture
def panel(qtbot):
    made = ReconstructionPanel()
    qtbot.addWidget(made)
    made.resize(420, 220)
    made.set_theme(DARK)
    made.header.setParent(None)
    qtbot.addWidget(made.header)
    made.header.show()
    made.show()
    qtbot.waitExposed(made)
    made.allow("")
    made.set_seen(True)
    return made


def control(panel, name):
    return panel.header.findChild(QWidget, name)


def choose(qtbot, panel, mode):
    """With the keys, as a person would."""
    box = panel.header.findChild(QComboBox, "grid_mode_box")
    for _ in range(len(MODES)):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    while panel.mode != mode:
        qtbot.keyClick(box, Qt.Key.Key_Down)


def some(indices):
    return Reconstructed(read_only(indices), BLACK[: len(indices)], BLACK[: len(indices)], np.zeros(len(indices)))


def test_the_fixed_images_are_shown_at_every_look(panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(GREYS)
    assert panel.grid.shown.indices.tolist() == [0, 1, 2, 3, 4, 5]
    np.testing.assert_array_equal(panel.grid.shown.decoded, GREYS)
    assert panel.wish() is None


def test_other_originals_take_the_old_reconstructions_away(panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(GREYS)
    panel.set_originals(np.zeros((4, 28, 28), dtype=np.uint8))
    assert panel.grid.shown is None


def test_sort_puts_the_largest_error_first(qtbot, panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(GREYS)
    qtbot.mouseClick(control(panel, "sort_grid_button"), Qt.MouseButton.LeftButton)
    assert panel.grid.shown.indices.tolist() == [1, 3, 5, 2, 0, 4]
    np.testing.assert_array_equal(panel.grid.shown.errors, np.sort(squared_errors(BLACK, GREYS))[::-1])


def test_a_mode_is_a_wish_for_as_many_images_as_have_room(qtbot, panel):
    with qtbot.waitSignal(panel.wish_changed):
        choose(qtbot, panel, "random")
    wish = panel.wish()
    assert (wish.mode, wish.count) == ("random", panel.grid.capacity())
    qtbot.mouseClick(control(panel, "new_images_button"), Qt.MouseButton.LeftButton)
    assert panel.wish().seed != wish.seed
    choose(qtbot, panel, "worst")
    assert not control(panel, "new_images_button").isVisible()


def test_nothing_is_wished_for_while_nobody_looks(qtbot, panel):
    choose(qtbot, panel, "worst")
    assert panel.wish() is not None
    panel.set_seen(False)
    assert panel.wish() is None
    with qtbot.waitSignal(panel.wish_changed):
        panel.set_seen(True)
    assert panel.wish() is not None


def test_what_was_wished_for_is_shown_until_the_fixed_ones_are_wanted_again(qtbot, panel):
    panel.set_originals(BLACK)
    panel.show_reconstructions(GREYS)
    choose(qtbot, panel, "random")
    panel.show_images(some([4, 2]))
    panel.show_reconstructions(GREYS)  # another look
    assert panel.grid.shown.indices.tolist() == [4, 2]
    choose(qtbot, panel, "fixed")
    assert panel.grid.shown.indices.tolist() == [0, 1, 2, 3, 4, 5]
    panel.show_images(some([4, 2]))  # a late answer
    assert panel.grid.shown.indices.tolist() == [0, 1, 2, 3, 4, 5]


def test_a_selection_that_is_empty_says_what_to_do(qtbot, panel):
    choose(qtbot, panel, "selected")
    panel.show_images(some([]))
    assert "Select points" in panel.grid._invitation


def test_a_drawn_image_is_wished_for_where_it_is_to_be_seen(qtbot, panel):
    with qtbot.assertNotEmitted(panel.wish_changed):
        panel.show_drawn(GREYS[0])
    choose(qtbot, panel, "drawn")
    with qtbot.waitSignal(panel.wish_changed):
        panel.show_drawn(GREYS[1])
    assert panel.drawn is not None
    assert panel.wish().mode == "drawn"


def test_modes_that_are_impossible_are_greyed_with_the_reason(qtbot, panel):
    choose(qtbot, panel, "worst")
    panel.allow("There are no images", "There is no encoder")
    box = control(panel, "grid_mode_box")
    assert panel.mode == "fixed"
    enabled = {box.itemData(row): box.model().item(row).isEnabled() for row in range(box.count())}
    assert enabled == {"fixed": True, "random": False, "worst": False, "selected": False, "drawn": False}
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == "There are no images"
    assert box.itemData(4, Qt.ItemDataRole.ToolTipRole) == "There is no encoder"
    assert not control(panel, "class_errors_button").isEnabled()


def test_the_errors_of_all_are_of_use_only_while_their_bars_are_seen(qtbot, panel):
    told = []
    panel.classes_looked_at.connect(told.append)
    qtbot.mouseClick(control(panel, "class_errors_button"), Qt.MouseButton.LeftButton)
    assert panel.class_errors.isVisible()
    panel.set_seen(False)
    panel.set_seen(True)
    qtbot.mouseClick(control(panel, "class_errors_button"), Qt.MouseButton.LeftButton)
    assert told == [True, False, True, False]


def test_a_class_is_picked_from_the_bars(qtbot, panel):
    qtbot.mouseClick(control(panel, "class_errors_button"), Qt.MouseButton.LeftButton)
    panel.show_class_errors((ClassError(1, 0.1, 5),), ("cat", "dog"))
    with qtbot.waitSignal(panel.class_picked) as picked:
        qtbot.mouseClick(panel.class_errors, Qt.MouseButton.LeftButton, pos=QPoint(10, 5))
    assert picked.args == [1]


def test_the_words_for_the_colours_are_in_the_themes_colours(panel):
    panel.set_theme(LIGHT)
    assert LIGHT.too_dark in panel._legend.longest
