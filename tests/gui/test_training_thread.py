import os
import sys
import threading
from pathlib import Path

import pytest

from ae_studio.events import RunEnded
from ae_studio.gui.training_thread import TrainingThread
from ae_studio.gui.worker import NICE


def test_events_arrive_in_their_order_in_the_windows_thread(qtbot):
    ended = RunEnded("finished", "Done.", Path("run"))

    def work(on_event):
        for event in ("first", "second", ended):
            on_event(event)

    thread, seen = TrainingThread(work), []
    thread.event_happened.connect(lambda event: seen.append((event, thread.isCurrentThread())))
    with qtbot.waitSignals([thread.event_happened] * 3):
        thread.start()
    thread.wait()
    assert seen == [("first", False), ("second", False), (ended, False)]


def test_even_a_failure_of_the_engine_itself_ends_the_run(qtbot):
    def work(on_event):
        raise SystemExit("torch is gone")

    thread = TrainingThread(work)
    with qtbot.waitSignal(thread.event_happened) as happened:
        thread.start()
    thread.wait()
    assert happened.args[0] == RunEnded("failed", "SystemExit: torch is gone", None)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt's own priorities work")
def test_the_training_and_its_helpers_step_back_behind_the_window(qtbot):
    seen = {}

    def work(on_event):
        helper = threading.Thread(target=lambda: seen.update(helper=os.getpriority(os.PRIO_PROCESS, 0)))
        helper.start()
        helper.join()
        on_event("done")

    thread = TrainingThread(work)
    with qtbot.waitSignal(thread.event_happened):
        thread.start()
    thread.wait()
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert ours < seen["helper"] == NICE
