"""The engine of the queue, with processes that live and die as the test says."""

import json

import pytest

from ae_studio.paths import runs_root
from ae_studio.sweeps.machine import Machine
from ae_studio.sweeps.plan import Planned
from ae_studio.sweeps.queue import Queue
from ae_studio.training.defaults import complete


class FakeProcess:
    def __init__(self, command, log, environment):
        self.command, self.log, self.environment = command, log, environment
        self.exit_code, self.interrupts = None, 0
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("what it says\n")

    @property
    def alive(self):
        return self.exit_code is None

    @property
    def run(self):
        word = "--resume" if "--resume" in self.command else "--out"
        return type(self.log)(self.command[self.command.index(word) + 1])

    def why_gone(self):
        return f"The training's process ended with exit code {self.exit_code}."

    def interrupt(self):
        self.interrupts += 1

    def end(self, outcome="finished", exit_code=0):
        self.run.mkdir(exist_ok=True)
        (self.run / "ended.json").write_text(json.dumps({"outcome": outcome, "reason": f"It {outcome}."}))
        self.exit_code = exit_code

    def die(self):
        self.exit_code = -9


class Bench:
    """A queue whose processes are at hand, in the order in which they began."""

    def __init__(self, machine=None, **settings):
        self.processes, self.told = [], []
        self.queue = Queue(machine or Machine(cores=4), self.told.append, start=self._start, **settings)

    def _start(self, command, log, environment):
        self.processes.append(FakeProcess(command, log, environment))
        return self.processes[-1]

    def add(self, *names, **values):
        return self.queue.add(Planned(complete(values), name) for name in names)

    def poll(self):
        self.queue.poll()
        return self.states

    @property
    def states(self):
        return {job.name: job.state for job in self.queue.jobs}

    @property
    def names(self):
        return [job.name for job in self.queue.jobs]


@pytest.fixture
def bench():
    return Bench()


def test_one_after_the_other_is_trained_and_told(bench):
    bench.add("a", "b")
    assert bench.poll() == {"a": "running", "b": "waiting"}
    bench.processes[0].end()
    assert bench.poll() == {"a": "finished", "b": "running"}
    bench.processes[1].end()
    assert bench.poll() == {"a": "finished", "b": "finished"}
    assert bench.queue.idle
    told = [(job.name, job.state) for job in bench.told if job]
    assert told == [("a", "running"), ("a", "finished"), ("b", "running"), ("b", "finished")]


def test_a_crash_stops_nothing_and_its_log_is_named(bench):
    bench.add("a", "b")
    bench.poll()
    bench.processes[0].die()
    assert bench.poll() == {"a": "failed", "b": "running"}
    failed = bench.queue.jobs[0]
    assert "exit code -9" in failed.reason
    assert failed.log.read_text() == "what it says\n"


def test_the_runs_own_word_of_its_end_counts_and_its_log_goes_when_all_is_well(bench):
    bench.add("a", "b")
    bench.poll()
    bench.processes[0].end()
    bench.poll()
    bench.processes[1].end("failed", exit_code=1)
    bench.poll()
    assert [job.reason for job in bench.queue.jobs] == ["It finished.", "It failed."]
    assert [job.log.exists() for job in bench.queue.jobs] == [False, True]


def test_where_no_process_can_be_started_the_next_one_is_tried(bench, monkeypatch):
    def refuse(command, log, environment):
        raise OSError("too many processes")

    bench.queue._start = refuse
    bench.add("a", "b")
    assert bench.poll() == {"a": "failed", "b": "failed"}
    assert "too many processes" in bench.queue.jobs[0].reason


def test_so_many_workers_train_at_once_and_share_the_cores(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    bench = Bench(workers=2)
    bench.add("a", "b", "c")
    assert list(bench.poll().values()) == ["running", "running", "waiting"]
    assert [process.environment["OMP_NUM_THREADS"] for process in bench.processes] == ["2", "2"]
    bench.queue.workers = 3
    assert list(bench.poll().values()) == ["running"] * 3
    assert bench.processes[2].environment["OMP_NUM_THREADS"] == "1"


def test_runs_that_begin_in_the_same_second_get_a_folder_each():
    bench = Bench(workers=4)
    bench.add(*"abcd")
    bench.poll()
    runs = {process.run for process in bench.processes}
    assert len(runs) == 4
    assert {run.parent for run in runs} == {runs_root().resolve()}


def test_each_gets_the_gpu_that_is_least_in_use():
    bench = Bench(Machine(("0", "1"), 4))
    bench.add("a", "b", "c")
    bench.add("on the cpu", device="cpu")
    bench.poll()
    assert [process.environment["CUDA_VISIBLE_DEVICES"] for process in bench.processes] == ["0", "1"]
    bench.processes[1].end()
    bench.poll()
    assert bench.processes[2].environment["CUDA_VISIBLE_DEVICES"] == "1"
    bench.processes[0].end()
    bench.poll()
    assert "CUDA_VISIBLE_DEVICES" not in bench.processes[3].environment


def test_a_run_that_is_there_goes_on_when_its_turn_comes(bench, tmp_path):
    bench.add("first")
    number = bench.queue.add_run(tmp_path / "run", Planned(complete({"epochs": 9})))
    bench.poll()
    assert len(bench.processes) == 1
    bench.processes[0].end()
    bench.poll()
    assert bench.processes[1].command[-4:] == ["--resume", str((tmp_path / "run").resolve()), "--epochs", "9"]
    bench.processes[1].end()
    bench.poll()
    assert [job.state for job in bench.queue.jobs if job.number == number] == ["finished"]


@pytest.mark.parametrize("ending", ["cancelled", "failed", "stopped"])
def test_tried_again_a_run_that_was_there_goes_on_and_does_not_begin_anew(bench, tmp_path, ending):
    number = bench.queue.add_run(tmp_path / "run", Planned(complete({"epochs": 9})))
    words = ["ae-studio", "train", "--resume", str((tmp_path / "run").resolve()), "--epochs", "9"]
    if ending == "cancelled":
        bench.queue.cancel([number])
    else:
        bench.poll()
        bench.processes[0].end(ending, exit_code=int(ending == "failed"))
        bench.poll()
    assert [job.state for job in bench.queue.jobs] == [ending]
    bench.queue.retry([number])
    [job] = bench.queue.jobs
    assert job.command == words
    bench.poll()
    assert bench.processes[-1].command[-4:] == words[-4:]


def test_a_pause_lets_what_runs_go_on_and_begins_nothing(bench):
    bench.add("a", "b")
    bench.poll()
    bench.queue.pause()
    bench.processes[0].end()
    assert bench.poll() == {"a": "finished", "b": "waiting"}
    assert bench.queue.idle
    bench.queue.resume()
    assert bench.poll()["b"] == "running"


def test_a_pause_may_stop_what_runs_and_what_was_stopped_goes_on_in_its_own_folder(bench):
    bench.add("a", "b")
    bench.poll()
    bench.queue.pause(stop_running=True)
    assert bench.processes[0].interrupts == 1
    assert bench.states["a"] == "stopping"
    bench.processes[0].end("stopped")
    assert bench.poll() == {"a": "stopped", "b": "waiting"}
    (bench.processes[0].run / "last.ckpt").touch()
    bench.queue.retry([1])
    assert bench.names == ["b", "a"]
    bench.queue.resume()
    bench.poll()
    bench.processes[1].end()
    bench.poll()
    assert bench.processes[2].command[-4:] == ["--resume", str(bench.processes[0].run), "--epochs", "80"]
    bench.processes[2].exit_code = 1  # before it had begun: what the folder says is of the time before
    assert bench.poll()["a"] == "failed"


def test_one_that_is_stopped_before_it_has_a_folder_is_no_failure(bench):
    bench.add("a")
    bench.poll()
    bench.queue.stop([1])
    bench.processes[0].exit_code = 1
    assert bench.poll() == {"a": "stopped"}
    assert not bench.queue.jobs[0].can_go_on


def test_a_failed_one_is_tried_again_in_a_folder_of_its_own(bench):
    bench.add("a")
    bench.poll()
    bench.processes[0].end("failed", 1)
    bench.poll()
    bench.queue.retry([1])
    assert bench.poll() == {"a": "running"}
    assert bench.processes[1].run != bench.processes[0].run


def test_what_waits_can_be_cancelled_and_what_is_over_taken_away(bench):
    bench.add("a", "b", "c")
    bench.poll()
    bench.queue.cancel([1, 2])
    assert bench.states == {"a": "running", "b": "cancelled", "c": "waiting"}
    bench.queue.remove([1, 2, 3])
    assert bench.names == ["a", "c"]


def test_the_order_is_changed_while_one_runs_and_more_come(bench):
    bench.add("a", "b", "c", "d")
    bench.poll()
    bench.queue.to_front(4)
    assert bench.names == ["a", "d", "b", "c"]
    bench.queue.nudge(4, 1)
    assert bench.names == ["a", "b", "d", "c"]
    bench.queue.nudge(3, -1)
    assert bench.names == ["a", "b", "c", "d"]
    bench.queue.nudge(2, -1)  # the first that waits: nothing above it can change places
    bench.queue.nudge(1, 1)  # it runs
    assert bench.names == ["a", "b", "c", "d"]
    bench.queue.move(2, 3)
    bench.add("e")
    assert bench.names == ["a", "c", "d", "b", "e"]
    bench.processes[0].end()
    assert bench.poll()["c"] == "running"
