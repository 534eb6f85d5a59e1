import threading

import pytest

from ae_studio.gui import run_survey
from ae_studio.gui.run_survey import RunSurvey
from ae_studio.paths import runs_root
from tests.runs.made_runs import make_run


@pytest.fixture
def survey(qtbot):
    survey = RunSurvey()
    yield survey
    survey.end()


@pytest.fixture
def three():
    return [make_run(runs_root(), f"run{seed}", seed=seed, losses=(30.0, 20.0 + seed)) for seed in range(3)]


def test_every_run_of_the_data_is_a_point(survey, three, qtbot):
    make_run(runs_root(), "other", data="mnist")
    with qtbot.waitSignal(survey.surveyed) as told:
        survey.ask_rate_distortion("digits", "last", three[:1])
    assert sorted(point.folder for point in told.args[0].points) == ["run0", "run1", "run2"]


def test_a_compared_run_from_elsewhere_is_one_too(survey, three, tmp_path, qtbot):
    away = make_run(tmp_path / "elsewhere", "away")
    with qtbot.waitSignal(survey.surveyed) as told:
        survey.ask_rate_distortion("digits", "last", [away])
    folders = [runs_root() / point.folder for point in told.args[0].points]
    assert away in folders
    assert len(folders) == 4


def test_each_compared_run_gets_its_group_with_its_curves(survey, three, tmp_path, qtbot):
    with qtbot.waitSignal(survey.grouped) as told:
        survey.ask_seeds([three[1], three[0], tmp_path / "gone"])
    (_, first), (_, second), (_, third) = told.args[0]
    assert first is second
    assert third is None
    assert first.group.seeds == (0, 1, 2)
    assert [each[1]["loss"] for each in first.validations] == [20, 21, 22]


def test_a_newer_question_takes_the_place_of_one_at_work(survey, three, qtbot, monkeypatch):
    go_on, began, original = threading.Event(), threading.Event(), run_survey.list_runs

    def slow(*given, **more):
        began.set()
        go_on.wait(10)
        return original(*given, **more)

    monkeypatch.setattr(run_survey, "list_runs", slow)
    told = []
    survey.surveyed.connect(told.append)
    survey.failed.connect(told.append)
    survey.ask_rate_distortion("digits", "last", ())
    assert began.wait(10)
    survey.ask_rate_distortion("digits", "best", ())
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))
    assert [each.at for each in told] == ["best"]


def test_what_goes_wrong_is_told(survey, qtbot, monkeypatch):
    monkeypatch.setattr(run_survey, "list_runs", lambda *_, **__: 1 / 0)
    with qtbot.waitSignal(survey.failed) as told:
        survey.ask_seeds([])
    assert told.args == ["division by zero"]
