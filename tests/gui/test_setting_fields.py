import pytest
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.config import RunConfig, field_specs
from ae_studio.gui.form import Field
from ae_studio.gui.model_box import FamilyField
from ae_studio.gui.model_rows import ModelRows
from ae_studio.gui.setting_fields import SettingFields
from ae_studio.models.catalog import family
from ae_studio.training.defaults import complete, default_config

SPECS = field_specs(RunConfig)
NO_FIELDS = ("data", "settings", "model")


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def fields(parent):
    """Of a VAE on digits, filled with the defaults."""
    made = SettingFields(lambda: "digits", parent)
    made.add(FamilyField(SPECS["model"], parent))
    for name, spec in SPECS.items():
        if name not in NO_FIELDS:
            made.add(Field(spec, parent))
    show(made, parent, "vae")
    made.fill(default_config("digits", "vae"))
    return made


def show(fields, parent, model):
    fields.common["model"].set_value(model)
    fields.take_own(ModelRows(field_specs(family(model).settings), parent).fields)


def wrong(fields):
    return [name for name, field in fields.all.items() if field.widget.property("wrong")]


def test_what_is_filled_in_comes_out(fields, parent):
    config = complete({"model": "beta-vae", "lr": 0.02, "epochs": 7, "settings": {"beta": 3}})
    show(fields, parent, "beta-vae")
    fields.fill(config)
    assert fields.config() == config


def test_an_edit_is_told_once_and_another_family_apart_from_it(fields):
    told = []
    fields.changed.connect(lambda: told.append("changed"))
    fields.model_chosen.connect(lambda: told.append("model"))
    fields.common["epochs"].widget.setValue(7)
    box = fields.common["model"].widget
    box.setCurrentIndex(box.findData("linear"))
    assert told == ["changed", "model"]


def test_defaults_leave_alone_what_was_chosen_by_hand(fields, parent):
    fields.common["epochs"].widget.setValue(7)
    fields.own["hidden"].widget.setText("64-32")
    show(fields, parent, "deep")
    fields.take_defaults()
    expected = complete({"model": "deep", "epochs": 7, "settings": {"hidden": "64-32"}})
    assert fields.config() == expected


def test_a_value_that_was_filled_in_counts_as_chosen_where_it_is_no_default(fields, parent):
    fields.fill(complete({"epochs": 7}))
    show(fields, parent, "linear")
    fields.take_defaults()
    assert fields.config() == complete({"model": "linear", "epochs": 7})


def test_every_error_stands_beside_its_own_field_until_it_is_mended(fields):
    fields.own["hidden"].widget.setText("5-x")
    assert fields.config() is None
    assert "hidden" in fields.error
    assert wrong(fields) == ["hidden"]
    fields.own["hidden"].widget.setText("5-4")
    assert (fields.error, wrong(fields)) == ("", [])
    assert fields.config() is not None


def test_advice_stands_beside_what_it_is_about(fields, parent):
    fields.own["beta"].widget.setValue(64)
    told = [label for label in parent.findChildren(QLabel, "field_advice") if label.text()]
    assert [label.parent() for label in told] == [fields.own["beta"]]
    fields.own["beta"].widget.setValue(1)
    assert not any(label.text() for label in parent.findChildren(QLabel, "field_advice"))


def test_a_lock_holds_for_a_family_that_comes_later_too(fields, parent):
    fields.lock("A training runs")
    show(fields, parent, "deep")
    assert not any(field.widget.isEnabled() for field in fields.own.values())
    assert fields.own["hidden"].widget.toolTip() == "A training runs"
    fields.lock("")
    assert all(field.widget.isEnabled() for field in fields.all.values())
