import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from ae_studio.gui.sweep_dialog import SweepDialog
from ae_studio.training.defaults import complete, default_config


@pytest.fixture
def dialog(qtbot):
    made = SweepDialog()
    qtbot.addWidget(made)
    made.open_sweep(complete({"epochs": 3, "seed": 5, "settings": {"hidden": "64"}}))
    qtbot.waitExposed(made)
    return made


def type_in(qtbot, dialog, name, text):
    line = dialog.findChild(QLineEdit, name)
    line.clear()
    qtbot.keyClicks(line, text)


def choose(dialog, number, name):
    box = dialog.findChild(QComboBox, f"sweep_setting_{number}_box")
    box.setCurrentIndex(box.findData(name))
    assert box.currentData() == name


def told(dialog):
    return dialog.findChild(QLabel, "sweep_told").text()


def button(dialog, name):
    return dialog.findChild(QPushButton, name)


def errors(dialog):
    return [each.text() for each in dialog.findChildren(QLabel, "field_error") if not each.isHidden()]


def test_what_is_typed_is_seen_as_values_and_as_a_number_of_runs(qtbot, dialog):
    assert not button(dialog, "add_sweep_button").isEnabled()
    type_in(qtbot, dialog, "sweep_values_1_box", "1:100:3:log")
    assert "3 values: 1, 10, 100" in [each.text() for each in dialog.findChildren(QLabel, "dim_label")]
    type_in(qtbot, dialog, "sweep_seeds_box", "2")
    assert told(dialog).startswith("6 runs: 3 values of β × 2 seeds.")
    assert button(dialog, "add_sweep_button").text() == "Add 6 runs to the queue"


def test_the_runs_are_those_of_the_form_but_for_what_is_swept(qtbot, dialog):
    type_in(qtbot, dialog, "sweep_values_1_box", "1,4")
    choose(dialog, 2, "latent_dim")
    type_in(qtbot, dialog, "sweep_values_2_box", "2,8")
    type_in(qtbot, dialog, "sweep_tag_box", "my sweep")
    with qtbot.waitSignal(dialog.runs_added) as added:
        qtbot.mouseClick(button(dialog, "add_sweep_button"), Qt.MouseButton.LeftButton)
    runs = added.args[0].runs
    assert [(run.config.settings["beta"], run.config.latent_dim) for run in runs] == [(1, 2), (1, 8), (4, 2), (4, 8)]
    assert {(run.config.seed, run.config.epochs, run.config.settings["hidden"]) for run in runs} == {(5, 3, "64")}
    assert {run.tags for run in runs} == {("my sweep",)}
    assert not dialog.isVisible()


def test_another_family_comes_with_its_own_defaults(qtbot, dialog):
    dialog.open_sweep(default_config("digits", "vae"))
    choose(dialog, 1, "model")
    type_in(qtbot, dialog, "sweep_values_1_box", "vae,beta-vae")
    with qtbot.waitSignal(dialog.runs_added) as added:
        qtbot.mouseClick(button(dialog, "add_sweep_button"), Qt.MouseButton.LeftButton)
    assert [run.config for run in added.args[0].runs] == [
        default_config("digits", name) for name in ("vae", "beta-vae")
    ]


def test_a_wrong_value_says_so_beside_its_field_and_nothing_can_be_added(qtbot, dialog):
    type_in(qtbot, dialog, "sweep_values_1_box", "1,2000")
    assert errors(dialog) == ["beta must be a number, 0 to 1000, got 2000"]
    for name in ("add_sweep_button", "copy_sweep_commands_button", "copy_slurm_button"):
        assert not button(dialog, name).isEnabled()
        assert "got 2000" in button(dialog, name).toolTip()


@pytest.mark.parametrize(
    ("first", "second", "seeds", "message"),
    [
        ("", "", "1", "Type the values of KL weight β"),
        ("4", "", "1", "KL weight β: a sweep needs two values and more"),
        ("1,4", "beta", "1", "KL weight β is chosen twice"),
        ("1,4", "", "x", "seeds must be how many"),
        ("0:999:1000", "", "2", "2,000 runs are more than the 1,000"),
    ],
)
def test_what_is_missing_is_said(qtbot, dialog, first, second, seeds, message):
    type_in(qtbot, dialog, "sweep_values_1_box", first)
    if second:
        choose(dialog, 2, second)
        type_in(qtbot, dialog, "sweep_values_2_box", "1,2")
    type_in(qtbot, dialog, "sweep_seeds_box", seeds)
    assert message in told(dialog)
    assert not button(dialog, "add_sweep_button").isEnabled()


def test_commands_and_an_array_job_go_to_the_clipboard(qtbot, dialog):
    type_in(qtbot, dialog, "sweep_values_1_box", "1,4")
    qtbot.mouseClick(button(dialog, "copy_sweep_commands_button"), Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("ae-studio train ") for line in lines)
    assert told(dialog) == "2 commands are on the clipboard."
    qtbot.mouseClick(button(dialog, "copy_slurm_button"), Qt.MouseButton.LeftButton)
    assert "#SBATCH --array=0-1" in QGuiApplication.clipboard().text()


def test_the_next_sweep_offers_what_the_family_has(qtbot, dialog):
    dialog.open_sweep(default_config("digits", "linear"))
    box = dialog.findChild(QComboBox, "sweep_setting_1_box")
    names = {box.itemData(index) for index in range(box.count())}
    assert "beta" not in names
    assert {"latent_dim", "lr", "batch_size"} <= names
    assert not {"seed", "device", "schedule_factor"} & names


def test_settings_that_mean_nothing_under_the_others_are_not_offered(dialog):
    box = dialog.findChild(QComboBox, "sweep_setting_1_box")
    names = {box.itemData(index) for index in range(box.count())}
    assert "hidden" in names
    assert "channels" not in names
