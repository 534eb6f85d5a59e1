import pytest

from ae_studio.data.catalog import DATASETS
from ae_studio.gui.errands import Errands
from tests.models.own_files import written


@pytest.fixture
def errands(qapp):
    made = Errands()
    yield made
    made.end()


def test_a_preview_of_the_data_comes_back(errands, qtbot):
    with qtbot.waitSignal(errands.preview_ready, timeout=20_000) as ready:
        errands.preview_data("digits", 0.25)
    assert ready.args[0].class_names == tuple("0123456789")


def test_a_look_at_the_disk_says_what_is_there(errands, qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("AE_STUDIO_DATA", str(tmp_path))
    with qtbot.waitSignal(errands.disk_looked_at) as looked:
        errands.look_at_disk()
    there = looked.args[0]
    assert set(there) == set(DATASETS)
    assert [name for name, is_there in there.items() if is_there] == ["digits"]


def test_a_download_that_cannot_be_made_ends_with_words(errands, qtbot, monkeypatch):
    from ae_studio.data.dataset import DataError

    def offline(name, root, report, cancelled):
        raise DataError("no network")

    monkeypatch.setattr("ae_studio.data.download.download", offline)
    with qtbot.waitSignal(errands.download_ended, timeout=20_000) as ended:
        errands.download("kmnist")
    assert ended.args == ["no network"]


def test_a_preview_that_cannot_be_made_is_told_by_its_kind(errands, qtbot):
    with qtbot.waitSignal(errands.errand_failed, timeout=20_000) as failed:
        errands.preview_data("/nowhere/images.npy", 0.1)
    assert failed.args[0] == "data"
    assert "is not there" in failed.args[1]


def test_ending_cancels_a_download(qtbot, qapp, monkeypatch):
    errands = Errands()
    begun = []

    def endless(name, root, report, cancelled):
        begun.append(name)
        errands.download_progressed.emit(0, 0, "begun")
        while not cancelled():
            pass

    monkeypatch.setattr("ae_studio.data.download.download", endless)
    with qtbot.waitSignal(errands.download_progressed, timeout=20_000):
        errands.download("kmnist")
    errands.end()
    assert begun == ["kmnist"]


def test_a_model_of_ones_own_is_loaded_in_the_background(errands, qtbot, tmp_path):
    path = written(tmp_path)
    with qtbot.waitSignal(errands.model_ready, timeout=60_000) as ready:
        errands.load_model(str(path))
    assert ready.args == [str(path)]


@pytest.mark.parametrize(
    ("text", "message"),
    [("import sys\nsys.exit()", "ends the program (mine.py, line 2"), ("def f(:", "SyntaxError"), ("1 / 0", "line 1")],
)
def test_a_file_that_is_broken_is_told_with_its_line_and_the_traceback(errands, qtbot, tmp_path, text, message):
    path = written(tmp_path, text)
    with qtbot.waitSignal(errands.errand_failed, timeout=60_000) as failed:
        errands.load_model(str(path))
    kind, told, details = failed.args
    assert kind == "model"
    assert message in told
    assert f'File "{path}"' in details
