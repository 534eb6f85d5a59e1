import pytest
from PySide6.QtCore import QTimer

from ae_studio.gui.queue_keeper import QueueKeeper
from ae_studio.sweeps.plan import Planned
from ae_studio.training.defaults import complete
from tests.sweeps.test_queue import FakeProcess


@pytest.fixture
def keeper(qtbot):
    made = QueueKeeper()
    made.processes = []

    def start(*words):
        made.processes.append(FakeProcess(*words))
        return made.processes[-1]

    made.queue._start = start
    yield made
    made.end()


def runs(*names):
    return [Planned(complete({"epochs": 2}), name, ("mine",)) for name in names]


def pulse(keeper):
    return keeper.findChild(QTimer)


def test_it_has_a_pulse_only_while_there_is_something_to_do(keeper, qtbot):
    assert not pulse(keeper).isActive()
    keeper.add_runs(runs("a"))
    assert pulse(keeper).isActive()
    keeper.processes[0].end()
    with qtbot.waitSignal(keeper.job_changed, timeout=5000) as told:
        pass
    assert told.args[0].state == "finished"
    assert not pulse(keeper).isActive()
    assert not keeper.busy


def test_how_far_a_run_is_comes_from_its_folder(keeper, qtbot):
    keeper.add_runs(runs("a"))
    run = keeper.processes[0].run
    run.mkdir()
    (run / "metrics.csv").write_text("1,4,validation,loss,5\n")
    with qtbot.waitSignal(keeper.progressed, timeout=5000, check_params_cb=lambda told: told[1].epochs == 1) as told:
        pass
    assert told.args[0][1].best == 5.0
    keeper.processes[0].end()
    keeper.poll()


def test_a_pause_ends_the_pulse_when_nothing_is_at_work_and_resuming_starts_it(keeper):
    keeper.pause()
    keeper.add_runs(runs("a"))
    assert not pulse(keeper).isActive()
    keeper.resume()
    assert pulse(keeper).isActive()
    keeper.pause_and_stop()
    assert keeper.processes[0].interrupts == 1


def test_calling_off_stops_what_runs_and_cancels_what_waits(keeper):
    keeper.add_runs(runs("a", "b"))
    keeper.call_off([1, 2])
    assert [job.state for job in keeper.jobs] == ["stopping", "cancelled"]


def test_more_workers_begin_at_once(keeper):
    keeper.add_runs(runs("a", "b"))
    keeper.set_workers(2)
    assert len(keeper.processes) == 2


def test_a_summary_is_read_in_the_background(keeper, qtbot):
    with qtbot.waitSignal(keeper.summary_read, timeout=5000) as told:
        keeper.read_summary("mine")
    assert (told.args[0].tag, told.args[0].runs) == ("mine", ())
