import numpy as np
import pytest

from ae_studio.gui.known_errors import EVERY_MS, KnownErrors
from tests.gui.small_run import ERRORS, look, small_run


@pytest.fixture
def run(qtbot):
    with small_run() as made:
        yield made


@pytest.fixture
def errors(run):
    made = KnownErrors(run.laboratory)
    yield made
    made.end()


def test_errors_are_computed_for_who_wants_them(qtbot, errors):
    with qtbot.waitSignal(errors.changed) as told:
        errors.want("grid", True)
    np.testing.assert_allclose(told.args[0], ERRORS, rtol=1e-5)
    assert errors.errors is told.args[0]


def test_nobody_wants_them_nobody_pays(qtbot, run, errors):
    with qtbot.waitSignal(errors.changed):
        errors.want("grid", True)
    errors.want("grid", False)
    with qtbot.assertNotEmitted(errors.changed, wait=EVERY_MS + 200):
        run.show_look(look(codes=np.zeros((40, 2), dtype=np.float32)))


def test_a_newer_look_has_errors_of_its_own(qtbot, run, errors):
    with qtbot.waitSignal(errors.changed):
        errors.want("grid", True)
    before = errors.errors
    with qtbot.waitSignal(errors.changed, timeout=EVERY_MS + 3000):
        run.show_look(look(codes=np.zeros((40, 2), dtype=np.float32)))
    assert errors.errors is not before


def test_without_images_there_are_none(qtbot, run, errors):
    with qtbot.waitSignal(errors.changed):
        errors.want("grid", True)
    run.show(images=None)
    errors.begin()
    assert errors.errors is None
    errors.want("panel", True)
    assert errors.errors is None
