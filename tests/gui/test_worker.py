import os
import sys
import threading

import pytest

from ae_studio.gui.worker import NICE, Worker


@pytest.fixture
def worker(qapp):
    made = Worker()
    yield made
    made.end()


def test_a_result_comes_back_with_its_kind(worker, qtbot):
    with qtbot.waitSignal(worker.done) as done:
        worker.request("sum", lambda: 2 + 3)
    assert done.args == ["sum", 5]


def test_a_failure_comes_back_in_words_and_the_worker_goes_on(worker, qtbot):
    with qtbot.waitSignal(worker.failed) as failed:
        worker.request("bad", lambda: int("x"))
    kind, message, details = failed.args
    assert kind == "bad"
    assert "invalid literal" in message
    assert "Traceback" in details
    with qtbot.waitSignal(worker.done):
        worker.request("good", lambda: 1)


def test_only_the_newest_request_of_a_kind_is_carried_out(worker, qtbot):
    gate, carried_out = threading.Event(), []
    worker.request("wait", lambda: gate.wait(10))
    for number in range(100):
        worker.request("decode", lambda number=number: carried_out.append(number))
    with qtbot.waitSignals([worker.done, worker.done]):
        gate.set()
    assert carried_out == [99]


def test_a_request_that_is_forgotten_is_not_carried_out(worker, qtbot):
    gate, carried_out = threading.Event(), []
    worker.request("wait", lambda: gate.wait(10))
    worker.request("preview", lambda: carried_out.append("preview"))
    worker.forget("preview")
    worker.request("handle", lambda: carried_out.append("handle"))
    with qtbot.waitSignals([worker.done, worker.done]):
        gate.set()
    assert carried_out == ["handle"]


def test_ending_drops_what_waits_and_joins_the_thread(qapp):
    worker = Worker()
    worker.request("work", lambda: None)
    worker.end()
    assert worker.isFinished()


def test_nothing_is_told_behind_the_end(qapp):
    worker, told = Worker(), []
    worker.done.connect(lambda *_: told.append("done"))
    worker.failed.connect(lambda *_: told.append("failed"))
    carried_out = threading.Event()
    worker.request("bad", lambda: int("x"))
    worker.request("good", carried_out.set)
    assert carried_out.wait(10)
    worker.end()  # both results are on their way
    qapp.processEvents()
    assert told == []


@pytest.mark.skipif(sys.platform != "linux", reason="threads have nice values of their own on Linux only")
def test_one_that_stands_behind_lets_the_window_go_first(qapp, qtbot):
    made = Worker(behind=True)
    with qtbot.waitSignal(made.done) as done:
        made.request("nice", lambda: os.getpriority(os.PRIO_PROCESS, 0))
    made.end()
    assert done.args[1] == NICE > os.getpriority(os.PRIO_PROCESS, 0)
