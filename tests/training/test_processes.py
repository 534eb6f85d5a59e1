"""Several processes, on the CPU with gloo: they do what one does, and one that dies or falls silent ends the run."""

import csv
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest

from ae_studio.cli import main
from ae_studio.config import ConfigError
from ae_studio.training.defaults import complete
from ae_studio.training.failures import a_process_died, lost_another_process
from ae_studio.training.processes import _in_words
from tests.models.own_files import WHOLE, written

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals between processes are POSIX")

TRAIN = [sys.executable, "-m", "ae_studio", "train", "--data", "digits", "--device", "cpu"]
SMALL = ["--set", "hidden=32", "--epochs", "2", "--validation-fraction", "0.12"]
LEFT_OVER = ["--batch-size", "63", "--devices", "2"]  # 1,265 images: the last batch has 5, in parts of 2 and 3


def trained(path, *words):
    """A run by the command line; what it said."""
    done = subprocess.run([*TRAIN, *SMALL, *words, "--out", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def numbers(path):
    """Of a run, keyed by epoch, step, split and term."""
    with open(path / "metrics.csv", encoding="utf-8") as file:
        return {tuple(row[:4]): float(row[4]) for row in list(csv.reader(file))[1:]}


def alone(path, *words):
    """The same in this process, with the global batch."""
    assert main([*TRAIN[3:], *words, "--batch-size", "126", "--out", str(path)]) == 0
    return numbers(path)


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    return alone(tmp_path_factory.mktemp("runs") / "single", *SMALL, "--epochs", "3")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The folder of a run of two processes and two epochs, and what they said."""
    path = tmp_path_factory.mktemp("runs") / "shared"
    return path, trained(path, *LEFT_OVER, "--strategy", "ddp")


def agree(numbers, expected):
    assert numbers.keys() == expected.keys()
    assert numbers == {key: pytest.approx(value, rel=2e-4, abs=1e-6) for key, value in expected.items()}


def first_two(numbers):
    """Those of the first two epochs, the state before them included."""
    return {key: value for key, value in numbers.items() if int(key[0]) <= 2}


def test_two_processes_do_what_one_does_with_the_same_global_batch(shared, single):
    """A VAE: its noise too is that of one process. Every step's terms, the validation's, and the learning rate."""
    path, said = shared
    agree(numbers(path), first_two(single))
    assert said.count("epoch 2/2") == 1, "only the first process speaks"


def test_slurm_starts_the_processes_as_well(tmp_path, single):
    def task(rank):
        names = {"JOB_ID": 41, "STEP_ID": 0, "NTASKS": 2, "NTASKS_PER_NODE": 2, "NODELIST": "localhost", "NODEID": 0}
        variables = {**names, "PROCID": rank, "LOCALID": rank}
        environment = os.environ | {f"SLURM_{name}": str(value) for name, value in variables.items()}
        words = [*TRAIN, *SMALL, *LEFT_OVER, "--out", str(tmp_path / "shared")]
        environment["MASTER_PORT"] = port
        return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    port = free_port()
    with task(0) as first, task(1) as second:
        said = [process.communicate(timeout=110)[0] for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], said
    assert said[0].count("epoch 2/2") == 1
    assert said[1] == ""
    agree(numbers(tmp_path / "shared"), first_two(single))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def test_a_shared_run_that_goes_on_ends_where_one_without_a_break_does(shared, single, tmp_path):
    path = shutil.copytree(shared[0], tmp_path / "shared")
    resume = [*TRAIN[:4], "--resume", str(path), "--epochs", "3"]
    done = subprocess.run(resume, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    agree(numbers(path), single)


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


def started(path, *words, train=TRAIN):
    """A long run of two processes, behind its second epoch."""
    process = subprocess.Popen(
        [*train, *LEFT_OVER, "--epochs", "5000", *words, "--out", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    next(line for line in process.stdout if line.startswith("epoch 2/"))  # the checkpoint of epoch 1 is there
    return process


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the other process in /proc")
def test_a_process_that_dies_ends_the_run_within_half_a_minute_and_says_so(tmp_path):
    with started(tmp_path / "run") as process:
        [other] = children(process.pid)
        began = time.monotonic()
        os.kill(other, signal.SIGKILL)
        _, said = process.communicate(timeout=60)
    assert time.monotonic() - began < 30
    assert process.returncode == 1
    assert "One of the 2 processes of this run is lost (process 1 was ended by SIGKILL)" in said
    assert "Traceback" not in said
    ended_and_goes_on(tmp_path / "run")


def ended_and_goes_on(path):
    """Here, by as many processes as there are left."""
    assert json.loads((path / "ended.json").read_text())["outcome"] == "failed"
    record = json.loads((path / "config.json").read_text())
    assert record["config"]["devices"] == 2
    record["config"]["devices"] = 1
    (path / "config.json").write_text(json.dumps(record))
    assert main([TRAIN[3], "--resume", str(path), "--epochs", str(epochs_kept(path) + 1)]) == 0


def epochs_kept(path):
    from ae_studio.training.checkpoint import epochs_in, read_checkpoint

    return epochs_in(read_checkpoint(path / "last.ckpt"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the other process in /proc")
def test_where_the_first_process_is_killed_no_other_is_left(tmp_path):
    with started(tmp_path / "run") as process:
        other = os.pidfd_open(children(process.pid)[0])
        process.kill()
        ended, _, _ = select.select([other], [], [], 60)  # readable once that process has ended
    os.close(other)
    assert ended


@pytest.fixture
def impatient(tmp_path):
    """The command line, with a heartbeat that misses others after 3 s."""
    script = tmp_path / "impatient.py"
    script.write_text(
        "import sys\n"
        "from ae_studio.cli import main\n"
        "from ae_studio.training import heartbeat\n"
        "heartbeat.BEAT_S, heartbeat.SILENT_BEATS, heartbeat.FIRST_SPEAKS_S = 0.2, 15, 2\n"
        "sys.exit(main())\n"
    )
    return [sys.executable, str(script), *TRAIN[3:]]


@contextmanager
def stopped(number):
    """As if its machine had vanished: it neither works nor closes its connections."""
    process = os.pidfd_open(number)
    os.kill(number, signal.SIGSTOP)
    try:
        yield process
    finally:
        os.close(process)
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def has_ended(process):
    """Whether the process behind this descriptor ends within half a minute."""
    return bool(select.select([process], [], [], 30)[0])


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the other process in /proc")


@linux
def test_a_process_that_falls_silent_ends_the_run_and_is_named(tmp_path, impatient):
    with started(tmp_path / "run", train=impatient) as process, stopped(children(process.pid)[0]) as other:
        _, said = process.communicate(timeout=30)
        assert has_ended(other), "it is not left behind, stopped for ever"
    assert process.returncode == 1
    assert "One of the 2 processes of this run is lost (process 1 has been silent for 3 seconds)" in said
    assert "Traceback" not in said
    ended_and_goes_on(tmp_path / "run")


@linux
def test_where_the_first_process_falls_silent_the_others_end_and_say_so(tmp_path, impatient):
    with started(tmp_path / "run", train=impatient) as process:
        other = os.pidfd_open(children(process.pid)[0])
        with stopped(process.pid):
            assert has_ended(other)
        assert "(process 0 has been silent for 3 seconds)" in process.stderr.read()
    os.close(other)


@linux
def test_a_run_that_is_stopped_as_a_whole_for_a_while_goes_on_and_an_interrupt_stops_all_at_the_same_step(
    tmp_path, impatient
):
    """Ctrl-Z, a closed lid: nobody has been silent for longer than the others."""
    with started(tmp_path / "run", train=impatient) as process:
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(5)  # the time itself is what is tried here: longer than a silence may be
        os.killpg(process.pid, signal.SIGCONT)
        for _ in range(40):  # beyond the beats that would notice
            next(line for line in process.stdout if line.startswith("epoch "))
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does: to everything in the foreground
        said, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Stopped, as asked." in said
    assert errors.count("Stopping at the next batch") == 1


@linux
def test_torchrun_starts_the_processes_as_well_and_they_listen_to_each_other_too(tmp_path, impatient, single):
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    with started(tmp_path / "run", *SMALL, "--epochs", "5000", train=[*launcher, *impatient[1:]]) as process:
        agree(first_two(numbers(tmp_path / "run")), first_two(single))
        _, other = sorted(children(process.pid))
        with stopped(other):
            expected = "One of the 2 processes of this run is lost (process 1 has been silent for 3 seconds)"
            assert any(expected in line for line in process.stderr)
        process.communicate(timeout=60)
    assert process.returncode == 1
    ended_and_goes_on(tmp_path / "run")


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("[gloo/transport/tcp/pair.cc:547] Connection closed by peer [127.0.0.1]:3941", True),
        ("NCCL communicator was aborted on rank 0", True),
        ("The size of tensor a (3) must match the size of tensor b (4)", False),
    ],
)
def test_another_process_death_is_told_from_other_errors(text, lost):
    assert lost_another_process(RuntimeError(text)) is lost


def test_how_a_process_died_is_said_in_words():
    assert _in_words(-9) == "was ended by SIGKILL"
    assert _in_words(-77) == "was ended by signal 77"
    assert _in_words(3) == "ended with code 3"
    assert "(process 1 was ended by SIGKILL)" in a_process_died("process 1 was ended by SIGKILL", 2)


def test_more_gpus_than_there_are_cannot_be_asked_for(monkeypatch):
    from ae_studio.training import devices

    monkeypatch.setattr(devices, "unavailable_devices", lambda: {"mps": "no Mac"})
    monkeypatch.setattr(devices.torch.cuda, "device_count", lambda: 1)
    with pytest.raises(ConfigError, match="devices must be at most 1, as many as cuda has here, got 2"):
        devices.choose_place(complete({"device": "cuda", "devices": 2}))


def test_a_model_of_ones_own_is_trained_by_two_processes_as_by_one(tmp_path):
    path = str(written(tmp_path, trusted=False))
    words = ["--model", path, "--epochs", "2", "--validation-fraction", "0.12"]
    done = subprocess.run([*TRAIN, *words, *LEFT_OVER, "--out", str(tmp_path / "two")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    agree(numbers(tmp_path / "two"), alone(tmp_path / "one", *words))


def test_two_processes_say_which_weights_have_no_gradient(tmp_path):
    unused = WHOLE.replace("self.both = nn.Sequential(self.encoder, self.decoder)", "self.unused = nn.Linear(2, 2)")
    path = str(written(tmp_path, unused, trusted=False))
    done = subprocess.run([*TRAIN, "--model", path, "--devices", "2"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "none reaches unused.weight, unused.bias" in done.stderr
