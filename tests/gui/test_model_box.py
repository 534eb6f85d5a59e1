import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ae_studio.config import RunConfig, field_specs
from ae_studio.gui.model_box import FamilyField, fill_model_box
from ae_studio.models.card_text import groups
from ae_studio.models.catalog import MODELS
from ae_studio.models.own import load
from tests.models.own_files import WHOLE, written

FAMILIES = [known.name for families in groups().values() for known in families]


@pytest.fixture
def box(qtbot):
    made = QComboBox()
    qtbot.addWidget(made)
    fill_model_box(made)
    made.show()
    return made


def headings(box):
    return [row for row in range(box.count()) if box.itemData(row) is None]


def test_every_family_is_found_by_its_name_and_says_what_it_is(box):
    for name, known in MODELS.items():
        row = box.findData(name)
        assert box.itemText(row) == known.card.short
        assert known.card.summary in box.itemData(row, Qt.ItemDataRole.ToolTipRole)


def test_each_group_stands_above_its_families(box):
    assert [box.itemText(row) for row in headings(box)] == list(groups())
    for group, families in groups().items():
        row = box.findText(group)
        below = [box.itemData(row + 1 + step) for step in range(len(families))]
        assert below == [known.name for known in families]


def test_headings_cannot_be_chosen(box):
    assert box.currentData() == FAMILIES[0]
    for row in headings(box):
        assert not box.model().item(row).flags() & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)


def test_the_arrow_keys_go_over_the_headings_to_every_family(box, qtbot):
    seen = [box.currentData()]
    for _ in FAMILIES[1:]:
        qtbot.keyClick(box, Qt.Key.Key_Down)
        seen.append(box.currentData())
    assert seen == FAMILIES
    for name in reversed(FAMILIES[:-1]):
        qtbot.keyClick(box, Qt.Key.Key_Up)
        assert box.currentData() == name


def test_a_letter_leads_to_a_family_never_to_a_heading(box, qtbot):
    box.setCurrentIndex(box.findData("linear"))
    qtbot.keyClicks(box, "VAE")
    assert box.currentData() == "vae"


def test_the_list_is_painted_and_is_wide_enough_for_the_longest_name(box, qtbot):
    box.resize(60, 24)
    box.showPopup()
    view = box.view()
    longest = max(view.fontMetrics().horizontalAdvance(box.itemText(row)) for row in range(box.count()))
    assert view.width() > longest
    view.grab()
    box.hidePopup()


def test_the_field_offers_a_model_that_is_not_the_apps_once_and_as_it_is_now(qtbot, tmp_path):
    field = FamilyField(field_specs(RunConfig)["model"])
    qtbot.addWidget(field)
    field.set_value("beta-vae")
    assert field.value() == "beta-vae"
    path = str(written(tmp_path))
    load(path)
    field.set_value(path)
    assert (field.value(), field.widget.currentText()) == (path, "Plain")
    written(tmp_path, WHOLE.replace("class Plain", "class Newer"))
    load(path)
    field.set_value(path)
    assert field.widget.currentText() == "Newer"
    assert [field.widget.itemData(row) for row in range(field.widget.count())].count(path) == 1
