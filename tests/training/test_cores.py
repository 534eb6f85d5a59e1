"""Trainings that share their cores with something else."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import torch

from ae_studio.training import cores
from ae_studio.training.cores import Crowd, sharing_cores

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux says how long a thread waited")
CROWDED, QUIET, BETWEEN = 0.5, 0.0, 0.15


def crowded_after(*shares):
    crowd = Crowd()
    for share in shares:
        crowd.see(share)
    return crowd.here


def test_a_training_that_has_its_cores_to_itself_is_left_alone():
    assert not crowded_after(QUIET, BETWEEN, QUIET)


def test_one_that_waits_for_its_cores_shares_them_until_it_has_been_quiet_for_a_while():
    assert crowded_after(QUIET, CROWDED, BETWEEN)
    assert crowded_after(CROWDED, *[QUIET] * 4, BETWEEN, *[QUIET] * 4)
    assert not crowded_after(CROWDED, *[QUIET] * 5)


@linux
def test_threads_sleep_for_no_longer_than_the_training(monkeypatch):
    """With every look taken for a crowd."""
    begun, ended = threading.Event(), threading.Event()

    class Noted(cores.SleepingThreads):
        def __init__(self):
            super().__init__()
            begun.set()

        def end(self):
            super().end()
            ended.set()

    monkeypatch.setattr(cores, "CHECK_S", 0.01)
    monkeypatch.setattr(cores, "CROWDED", -1)
    monkeypatch.setattr(cores, "SleepingThreads", Noted)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)
    with sharing_cores():
        assert begun.wait(20)
        assert not ended.is_set()
    assert ended.is_set()


@linux
def test_the_system_says_how_long_a_thread_has_waited():
    waited = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    before = cores._seconds(waited)
    assert 0 <= before <= cores._seconds(waited)


@linux
@pytest.mark.skipif(os.cpu_count() == 1, reason="one thread waits for nobody")
def test_threads_that_sleep_use_no_time_between_operations():
    """A helper that spins computes through every pause: here a millisecond after each of 50 operations."""
    threads = {"OMP_NUM_THREADS": str(os.cpu_count())}  # the tests themselves may have one each
    done = subprocess.run(
        [sys.executable, "-c", PAUSES], capture_output=True, text=True, timeout=110, env=os.environ | threads
    )
    spinning, sleeping, again = map(float, done.stdout.split())
    assert sleeping < spinning / 2
    assert sleeping < again / 2


PAUSES = """
import time, torch
from ae_studio.training.cores import SleepingThreads

def seconds():
    x = torch.zeros(1 << 17)
    began = time.process_time()
    for _ in range(50):
        x.add_(1)
        time.sleep(0.001)
    return time.process_time() - began

seconds()
print(seconds())
threads = SleepingThreads()
seconds()
print(seconds())
threads.end()
seconds()
print(seconds())
"""
