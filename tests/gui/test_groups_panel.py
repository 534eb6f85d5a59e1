import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from ae_studio.events import LatentSpace
from ae_studio.gui.groups_panel import EXPORTS, GroupsPanel
from ae_studio.gui.theme import LIGHT, apply
from ae_studio.latent.groups import Group
from ae_studio.latent.scene import Scene
from tests.gui.small_run import ERRORS, IMAGES, LABELS, NAMES, look


@pytest.fixture
def panel(qtbot):
    made = GroupsPanel()
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(panel, images=IMAGES):
    panel.show_scene(Scene(LatentSpace(2), LABELS, NAMES, images, look()))


def button(panel, name):
    return panel.findChild(QPushButton, f"{name}_button")


@pytest.mark.parametrize(
    ("name", "signal"), [("select_all", "all"), ("select_none", "none"), ("select_inverse", "inverse")]
)
def test_buttons_ask(qtbot, panel, name, signal):
    show(panel)
    panel.show_selection((1,))
    with qtbot.waitSignal(getattr(panel, f"{signal}_requested")):
        qtbot.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)


def test_escape_selects_nothing(qtbot, panel):
    with qtbot.waitSignal(panel.none_requested):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_what_cannot_be_done_is_greyed_with_the_reason(panel):
    assert not button(panel, "select_all").isEnabled()
    assert button(panel, "export_selection").toolTip() == "There is no run yet"
    show(panel)
    assert button(panel, "select_all").isEnabled()
    assert not button(panel, "select_none").isEnabled()
    assert button(panel, "export_selection").toolTip() == "Nothing is selected"
    panel.show_selection((1, 2))
    assert button(panel, "export_selection").isEnabled()


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_selection_is_exported_as_what_is_chosen_in_the_menu(qtbot, panel, kind):
    show(panel)
    panel.show_selection((1, 2))
    action = next(each for each in button(panel, "export_selection").menu().actions() if each.data() == kind)
    assert action.isEnabled()
    with qtbot.waitSignal(panel.export_requested) as told:
        action.trigger()
    assert told.args == [kind]


def test_a_sheet_needs_images(panel):
    show(panel, images=None)
    panel.show_selection((1,))
    sheet = next(each for each in button(panel, "export_selection").menu().actions() if each.data() == "png")
    assert not sheet.isEnabled()
    panel.show_errors(None)
    assert "without the images" in button(panel, "select_error").toolTip()


def test_groups_are_listed_and_can_be_ends_of_a_vector(panel):
    panel.show_groups((Group("ants", (0,)), Group("bees", (1,))))
    assert panel.findChild(QWidget, "to_group_box").currentText() == "bees"
    assert panel.findChild(QWidget, "group_list").count() == 2


@pytest.mark.parametrize("width", [288, 300, 420])
def test_nothing_is_cut_at_the_side(qtbot, qapp, panel, width):
    apply(qapp, LIGHT)
    show(panel)
    panel.show_errors(ERRORS)
    panel.show_selection(tuple(range(40)))
    panel.show_groups((Group("a group with a very long name, as people give them", (0, 1)), Group("b", (2,))))
    panel.attribute.show_vector("Length 3.43. Along it the groups lie apart (AUC 0.99). 12 images are in both.")
    panel.set_theme(LIGHT)
    panel.resize(width, 700)
    qtbot.wait(10)
    assert panel.widget().width() <= panel.viewport().width()
    for each in panel.widget().findChildren(QAbstractButton):
        assert each.width() >= each.sizeHint().width() - 1, each.objectName()
