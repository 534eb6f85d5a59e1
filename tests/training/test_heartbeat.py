"""Processes that tell each other that they live, here as threads around one store."""

import threading

import pytest
from torch.distributed import HashStore

from ae_studio.training import heartbeat
from ae_studio.training.heartbeat import Heartbeat, _in_words

SOON_S = 20  # far beyond what any of this takes


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(heartbeat, "BEAT_S", 0.02)
    monkeypatch.setattr(heartbeat, "SILENT_BEATS", 25)


class Listener:
    """Hears who fell silent, and can wait for that."""

    def __init__(self):
        self.heard = []
        self._called = threading.Event()

    def __call__(self, how):
        self.heard.append(how)
        self._called.set()

    def wait(self):
        assert self._called.wait(SOON_S)
        return self.heard


class Counting(HashStore):
    """Lets a test wait until a process has counted so many beats."""

    def __init__(self):
        super().__init__()
        self._changed = threading.Condition()

    def add(self, key, value):
        with self._changed:
            self._changed.notify_all()
            return super().add(key, value)

    def wait_for_beats(self, rank, beats):
        with self._changed:
            assert self._changed.wait_for(lambda: HashStore.add(self, heartbeat._key(rank), 0) >= beats, SOON_S)


class Stuck(HashStore):
    """As a request to a machine that has vanished: it comes back only with the end of the test."""

    def __init__(self):
        super().__init__()
        self.released = threading.Event()

    def add(self, key, value):
        self.released.wait()
        return super().add(key, value)


class Broken(HashStore):
    def add(self, key, value):
        raise RuntimeError("Broken pipe")


def test_processes_that_beat_are_not_taken_for_silent():
    store, listener = Counting(), Listener()
    beating = [Heartbeat(store, rank, 3, listener) for rank in range(3)]
    store.wait_for_beats(0, 3 * heartbeat.SILENT_BEATS)
    for each in beating:
        each.end(in_order=True)
    assert listener.heard == []


def test_one_that_falls_silent_is_named_to_all_others_the_first_speaks_first(monkeypatch):
    monkeypatch.setattr(heartbeat, "FIRST_SPEAKS_S", 0.2)
    spoke = []
    listeners = [Listener() for _ in range(3)]
    store = Counting()
    beating = [
        Heartbeat(store, rank, 3, lambda how, rank=rank: (spoke.append(rank), listeners[rank](how)))
        for rank in range(3)
    ]
    store.wait_for_beats(2, 2)
    beating[2].end(in_order=False)
    for rank in (0, 1):
        assert listeners[rank].wait() == ["process 2 has been silent for 0.5 seconds"]
        beating[rank].end(in_order=False)
    assert spoke == [0, 1]
    assert beating[0].how == "process 2 has been silent for 0.5 seconds"


def test_one_that_never_begins_is_silent_too():
    listener = Listener()
    alone = Heartbeat(HashStore(), 0, 2, listener)
    assert listener.wait() == ["process 1 has been silent for 0.5 seconds"]
    alone.end(in_order=False)


def test_one_that_leaves_in_order_is_not_missed():
    store, listener = Counting(), Listener()
    beating = [Heartbeat(store, rank, 2, listener) for rank in range(2)]
    beating[1].end(in_order=True)
    store.wait_for_beats(0, 3 * heartbeat.SILENT_BEATS)
    beating[0].end(in_order=True)
    assert listener.heard == []


def test_where_the_first_no_longer_answers_it_is_the_silent_one():
    """It keeps the store: a request hangs, and nobody else is heard either."""
    store, listener = Stuck(), Listener()
    waiting = Heartbeat(store, 2, 4, listener)
    assert listener.wait() == ["process 0 has been silent for 0.5 seconds"]
    store.released.set()
    waiting.end(in_order=False)


def test_a_broken_connection_counts_as_silence():
    listener = Listener()
    cut_off = Heartbeat(Broken(), 1, 2, listener)
    assert listener.wait() == ["process 0 has been silent for 0.5 seconds"]
    cut_off.end(in_order=False)


def test_silence_is_said_in_words(monkeypatch):
    monkeypatch.undo()
    assert _in_words([1]) == "process 1 has been silent for 20 seconds"
    assert _in_words([4, 5]) == "processes 4, 5 have been silent for 20 seconds"
