import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from ae_studio.gui.group_files import GroupFiles
from ae_studio.latent.groups import Group
from ae_studio.runs.kept_groups import FILE, read_groups, write_groups
from tests.gui.small_run import CODES, ERRORS, IMAGES, small_run

GROUPS = (Group("ants", (0, 4)),)


@pytest.fixture
def run(qtbot):
    with small_run() as made:
        yield made


@pytest.fixture
def files(qtbot, run):
    window = QWidget()
    qtbot.addWidget(window)
    made = GroupFiles(run.laboratory, window)
    yield made
    made.end()


def test_groups_are_kept_with_the_run_and_read_again(qtbot, files, tmp_path):
    files.begin(tmp_path, 40)
    files.write(GROUPS)
    qtbot.waitUntil(lambda: (tmp_path / FILE).exists())
    with qtbot.waitSignal(files.groups_read, check_params_cb=bool):
        files.begin(tmp_path, 40)


def test_another_run_begins_without_groups(qtbot, files, tmp_path):
    with qtbot.waitSignal(files.groups_read) as told:
        files.begin(None, 40)
    assert told.args == [()]


def test_a_window_that_closes_at_once_loses_nothing(files, tmp_path):
    files.begin(tmp_path, 40)
    files.write(GROUPS)
    files.end()
    assert read_groups(tmp_path, 40) == GROUPS


def test_what_one_run_has_is_not_written_into_the_next(qtbot, files, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    files.begin(first, 40)
    files.write(GROUPS)
    files.begin(second, 40)
    qtbot.waitUntil(lambda: (first / FILE).exists())
    assert not (second / FILE).exists()


def test_a_damaged_file_is_told_and_left_as_it_is(qtbot, files, tmp_path):
    (tmp_path / FILE).write_text("{")
    with qtbot.waitSignal(files.failed) as told:
        files.begin(tmp_path, 40)
    assert FILE in told.args[0]
    files.write(GROUPS)
    files.end()
    assert (tmp_path / FILE).read_text() == "{"


def test_groups_of_another_sample_are_not_taken_for_this_ones(qtbot, files, tmp_path):
    write_groups(tmp_path, GROUPS, 99)
    with qtbot.waitSignal(files.failed) as told:
        files.begin(tmp_path, 40)
    assert "99 images" in told.args[0]


def test_a_folder_that_cannot_be_written_is_told(qtbot, files, tmp_path):
    files.begin(tmp_path / "gone", 40)
    with qtbot.waitSignal(files.failed) as told:
        files.write(GROUPS)
    assert "could not be kept" in told.args[0]


def test_what_is_selected_is_exported(qtbot, run, files, tmp_path):
    run.laboratory.select([3, 8])
    with qtbot.waitSignal(files.exported) as told:
        files.export(tmp_path / "some.npz", ERRORS)
    with np.load(told.args[0]) as arrays:
        np.testing.assert_array_equal(arrays["indices"], [3, 8])
        np.testing.assert_array_equal(arrays["codes"], CODES[[3, 8]])
        np.testing.assert_array_equal(arrays["images"], IMAGES[[3, 8]])
        np.testing.assert_array_equal(arrays["errors"], ERRORS[[3, 8]])


def test_an_export_that_fails_is_told(qtbot, run, files, tmp_path):
    run.laboratory.select([3])
    with qtbot.waitSignal(files.failed) as told:
        files.export(tmp_path / "gone" / "some.csv", None)
    assert "could not be exported" in told.args[0]


def test_the_dialog_offers_the_kind_that_was_asked_for(qtbot, run, files, tmp_path):
    run.laboratory.select([3])
    files.choose_file("csv", None)
    dialog = files._window.findChild(QFileDialog, "export_dialog")
    assert dialog.nameFilters() == ["Table (*.csv)"]
    with qtbot.waitSignal(files.exported):
        dialog.fileSelected.emit(str(tmp_path / "some.csv"))
    assert (tmp_path / "some.csv").exists()
    dialog.close()
