from PySide6.QtWidgets import QWidget

from ae_studio.config import field_specs
from ae_studio.gui.model_rows import ModelRows
from ae_studio.models.catalog import MODELS


def test_every_setting_has_its_row_with_its_default(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    specs = field_specs(MODELS["beta-vae"].settings)
    rows = ModelRows(specs, holder)
    assert {name: field.value() for name, field in rows.fields.items()} == {n: s.default for n, s in specs.items()}
    assert [rows.labels[name].text() for name in specs] == [spec.label for spec in specs.values()]


def test_settings_that_mean_nothing_under_the_others_are_hidden(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    rows = ModelRows(field_specs(MODELS["vae"].settings), holder)
    for network, shown in (("mlp", "hidden"), ("conv", "channels")):
        rows.fields["network"].set_value(network)
        rows.show_relevant()
        visible = [name for name in ("hidden", "channels") if not rows.fields[name].isHidden()]
        assert visible == [shown]
        assert [name for name in ("hidden", "channels") if not rows.labels[name].isHidden()] == [shown]


def test_a_family_without_settings_takes_no_room(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    assert ModelRows({}, holder).isHidden()
