import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ae_studio.gui.own_models import OwnModels
from ae_studio.models.own_file import read_source
from tests.models.own_files import WHOLE, written


@pytest.fixture
def models(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = OwnModels(window)
    made.told = []
    made.load_requested.connect(lambda name: made.told.append(("load", name)))
    made.run_trusted.connect(lambda folder: made.told.append(("run", folder)))
    made.refused.connect(lambda message: made.told.append(("refused", message)))
    return made


def question(models):
    return models.parent().findChild(QMessageBox, "own_model_question")


def answer(models, text):
    asked = question(models)
    next(each for each in asked.buttons() if each.text().replace("&", "") == text).click()


def test_what_packages_offer_is_found(models, qtbot, monkeypatch):
    monkeypatch.setattr("ae_studio.gui.own_models.installed", lambda: {"theirs": None})
    with qtbot.waitSignal(models.installed_found) as found:
        models.find_installed()
    assert found.args == [["theirs"]]


def test_a_file_that_is_new_is_asked_about_and_then_loaded(models, tmp_path):
    path = written(tmp_path, trusted=False)
    models.open_file(str(path))
    assert models.told == []
    answer(models, "Run it")
    assert models.told == [("load", str(path))]
    assert read_source(path).trusted


def test_cancel_runs_nothing_and_trusts_nothing(models, tmp_path):
    path = written(tmp_path, trusted=False)
    models.open_file(str(path))
    answer(models, "Cancel")
    assert models.told == []
    assert not read_source(path).trusted


def test_what_has_run_before_is_loaded_without_a_question(models, tmp_path):
    path = written(tmp_path)
    models.open_file(str(path))
    assert question(models) is None
    assert models.told == [("load", str(path))]


def test_only_what_was_shown_is_trusted(models, tmp_path):
    path = written(tmp_path, trusted=False)
    models.open_file(str(path))
    path.write_text("something else, while the question stands")
    answer(models, "Run it")
    assert not read_source(path).trusted


def test_the_model_of_a_run_is_asked_about_and_the_run_opened_again(models, tmp_path):
    path = written(tmp_path, trusted=False)
    models.open_run(tmp_path, path)
    answer(models, "Run it")
    assert models.told == [("run", str(tmp_path))]


def test_reloading_is_the_answer_to_its_own_question(models, tmp_path):
    path = written(tmp_path)
    path.write_text(WHOLE + "\n# edited\n")
    models.reload(str(path))
    assert models.told == [("load", str(path))]
    assert read_source(path).trusted


def test_a_file_that_cannot_be_read_is_refused_in_words(models, tmp_path):
    for act in (models.open_file, models.reload):
        act(str(tmp_path / "gone.py"))
    assert [kind for kind, _ in models.told] == ["refused", "refused"]
    assert "there is no such file" in models.told[0][1]


def test_the_dialog_hands_its_file_on(models, tmp_path):
    path = written(tmp_path)
    models.choose_file()
    dialog = models.parent().findChild(QFileDialog, "own_model_dialog")
    dialog.fileSelected.emit(str(path))
    assert models.told == [("load", str(path))]
    dialog.close()
