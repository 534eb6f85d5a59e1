import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from ae_studio.gui.setup_panel import SetupPanel
from ae_studio.models.catalog import MODELS
from ae_studio.models.own import load
from ae_studio.training.defaults import PRESETS, complete, default_config, preset_values
from tests.models.own_files import WHOLE, written


@pytest.fixture
def panel(qtbot):
    made = SetupPanel()
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    return made


def box(panel, name):
    return panel.findChild(QWidget, f"{name}_box")


def choose(panel, name, value):
    widget = box(panel, name)
    widget.setCurrentIndex(widget.findData(value))


def test_it_opens_with_good_settings(panel):
    assert panel.config() == default_config()
    assert panel.why_incomplete() == ""


@pytest.mark.parametrize("model", MODELS)
def test_any_configuration_goes_in_and_comes_out_the_same(panel, model):
    config = complete({"model": model, "epochs": 7, "lr": 0.02, "latent_dim": 9})
    panel.set_config(config)
    assert panel.config() == config


@pytest.mark.parametrize("preset", PRESETS)
def test_any_preset_goes_in_behind_another_model_and_comes_out_the_same(panel, preset):
    panel.set_config(complete({"model": "vq-vae", "latent_dim": 9}))
    panel.set_config(complete(preset_values(preset)))
    assert panel.config() == complete(preset_values(preset))


def test_another_model_brings_its_own_defaults_but_keeps_what_was_chosen(panel, qtbot):
    box(panel, "epochs").setValue(3)
    choose(panel, "model", "linear")
    linear = default_config("digits", "linear")
    assert panel.config().epochs == 3
    assert panel.config().lr == linear.lr
    choose(panel, "model", "vae")
    assert panel.config() == default_config("digits", "vae").model_copy(update={"epochs": 3})


def test_a_wrong_setting_says_so_beside_itself_and_nowhere_else(panel):
    panel.findChild(QLineEdit, "hidden_box").setText("5-x")
    assert panel.config() is None
    assert "hidden" in panel.why_incomplete()
    wrong = [name for name, field in panel.fields.all.items() if field.widget.property("wrong")]
    assert wrong == ["hidden"]
    panel.findChild(QLineEdit, "hidden_box").setText("5-4")
    assert panel.why_incomplete() == ""


def test_advice_is_no_obstacle(panel):
    box(panel, "beta").setValue(64)
    [advice] = [label for label in panel.findChildren(QLabel, "field_advice") if label.text()]
    assert advice.text() == "Far too strong for an error summed over 64 pixels"
    assert "take 1." in advice.toolTip()
    assert panel.config() is not None  # it can be trained with all the same


def test_only_settings_that_mean_something_are_shown(panel, qtbot):
    assert not box(panel, "schedule_factor").isVisible()
    choose(panel, "schedule", "step")
    assert box(panel, "schedule_factor").isVisible()
    assert box(panel, "hidden").isVisible()
    assert not box(panel, "channels").isVisible()
    choose(panel, "network", "conv")
    assert not box(panel, "hidden").isVisible()
    assert box(panel, "channels").isVisible()


def test_more_settings_unfold(panel, qtbot):
    assert not box(panel, "clip").isVisible()
    qtbot.mouseClick(panel.findChild(QPushButton, "more_button"), Qt.MouseButton.LeftButton)
    assert box(panel, "clip").isVisible()


def test_data_that_are_missing_are_the_reason_why_not(panel):
    panel.set_on_disk({"digits": True, "mnist": False})
    panel.set_config(complete({"data": "mnist"}))
    assert "download it first" in panel.why_incomplete()
    panel.set_on_disk({"digits": True, "mnist": True})
    assert panel.why_incomplete() == ""


def test_a_device_that_is_missing_cannot_be_chosen_and_says_why(panel):
    panel.show_devices({"cuda": "there is no NVIDIA GPU here"})
    model = box(panel, "device").model()
    reasons = {box(panel, "device").itemData(row): model.item(row) for row in range(model.rowCount())}
    assert not reasons["cuda"].isEnabled()
    assert reasons["cuda"].toolTip() == "there is no NVIDIA GPU here"
    assert reasons["cpu"].isEnabled()


def test_a_locked_form_changes_nothing_and_says_why(panel):
    panel.lock("Settings are fixed while a training runs")
    for name in ("epochs", "hidden", "model", "data"):
        assert not box(panel, name).isEnabled()
        assert "fixed" in box(panel, name).toolTip()
    panel.unlock()
    assert box(panel, "epochs").isEnabled()


def test_labels_stand_beside_their_fields_whatever_theme_comes(panel, qtbot):
    from PySide6.QtWidgets import QApplication, QLabel

    from ae_studio.gui.theme import DARK, apply

    app = QApplication.instance()
    apply(app, DARK)
    try:
        panel.set_config(default_config("digits", "beta-vae"))
        qtbot.wait(1)
        off = {}
        for label in panel.findChildren(QLabel, "field_label"):
            if label.isVisible():
                text = label.mapTo(panel, label.contentsRect().center()).y() + 2  # half of the padding above
                off[label.text()] = text - label.buddy().mapTo(panel, label.buddy().rect().center()).y()
        assert len(off) > 10
        assert max(off.values()) - min(off.values()) <= 2
    finally:
        app.setStyleSheet("")


def test_the_form_fits_beside_its_scroll_bar_at_its_narrowest(panel, qtbot):
    from PySide6.QtWidgets import QApplication

    from ae_studio.gui.theme import DARK, apply

    apply(QApplication.instance(), DARK)
    try:
        panel.resize(panel.minimumWidth(), 300)
        qtbot.waitUntil(panel.verticalScrollBar().isVisible)
        for model in MODELS:
            choose(panel, "model", model)
            assert panel.widget().minimumSizeHint().width() <= panel.viewport().width(), model
    finally:
        QApplication.instance().setStyleSheet("")


def test_the_fields_of_all_sections_stand_below_each_other_whatever_the_family(panel, qtbot):
    for model in MODELS:
        choose(panel, "model", model)
        qtbot.wait(1)
        boxes = panel.fields.all
        lefts = {
            name: field.mapTo(panel, field.rect().topLeft()).x() for name, field in boxes.items() if field.isVisible()
        }
        lefts["data"] = box(panel, "data").mapTo(panel, box(panel, "data").rect().topLeft()).x()
        assert len(set(lefts.values())) == 1, (model, lefts)


def test_every_field_has_a_label_that_says_what_it_does(panel):
    for name, field in panel.fields.all.items():
        assert len(field.widget.toolTip()) > 10, name
        assert field.widget.accessibleName(), name


def test_a_run_on_a_file_of_ones_own_fills_the_form(panel, tmp_path):
    path = tmp_path / "own.npy"
    path.touch()
    config = complete({"data": str(path), "epochs": 7})
    for _ in range(2):
        panel.set_config(config)
        assert panel.config() == config
    assert panel.why_incomplete() == ""
    assert box(panel, "data").currentText() == "own"
    assert sum(box(panel, "data").itemText(each) == "own" for each in range(box(panel, "data").count())) == 1
    path.unlink()
    assert panel.why_incomplete() == f"{path} is not there"
    choose(panel, "data", "digits")
    assert panel.config().data == "digits"


def test_several_devices_ask_for_processes_outside_of_the_window(panel, qtbot):
    box(panel, "devices").setValue(2)
    assert "choose Own process" in panel.why_incomplete()
    with qtbot.waitSignal(panel.config_changed):
        choose(panel, "run_in", "process")
    assert panel.why_incomplete() == ""
    assert panel.config().devices == 2


def test_a_model_of_ones_own_becomes_a_choice_with_its_settings(panel, tmp_path):
    settings = "from ae_studio.models.settings import *\nfrom ae_studio.config import setting\n"
    field = "    class Settings(ModelSettings):\n        hidden: int = setting(3, 'Hidden', 'how many', ge=1, le=9)\n"
    path = str(written(tmp_path, settings + WHOLE.replace("    def __init__", f"{field}\n    def __init__")))
    load(path)
    panel.findChild(QLineEdit, "hidden_box").setText("64-32")  # a text; the new family's is a number
    panel.choose_model(path)
    assert panel.config().model == path
    assert panel.config().settings == {"hidden": 3}
    assert box(panel, "model").currentText() == "Plain"
    assert "A linear autoencoder." in panel.findChild(QWidget, "model_card").text()
    assert panel.findChild(QPushButton, "reload_model_button").isVisible()
    choose(panel, "model", "vae")
    assert not panel.findChild(QPushButton, "reload_model_button").isVisible()
    choose(panel, "model", path)
    assert panel.config().model == path


def test_a_model_that_is_loaded_again_shows_itself_as_it_is_now(panel, tmp_path):
    path = str(written(tmp_path))
    load(path)
    panel.choose_model(path)
    written(tmp_path, WHOLE.replace("class Plain", "class Newer").replace("A linear autoencoder", "A < B"))
    load(path)
    panel.choose_model(path)
    assert box(panel, "model").currentText() == "Newer"
    assert [box(panel, "model").itemData(row) for row in range(box(panel, "model").count())].count(path) == 1
    assert "A &lt; B" in panel.findChild(QWidget, "model_card").text()
