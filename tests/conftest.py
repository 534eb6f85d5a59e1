"""What holds for every test: nothing of the user's is touched, and nothing is left running behind it.

A test fails that leaves behind a Python thread, a running QThread or an active QTimer (the message names the line that
made it), and one in whose course Qt warns, its end included. Tests need no display.
"""

from __future__ import annotations

import gc
import linecache
import os
import re
import sys
import sysconfig
import threading
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
from pytestqt.qtbot import QtBot

# Before Qt is loaded: it chooses its platform once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Before torch is: where tests run side by side, helper threads of one would spin on the cores that another waits for,
# which costs several times the work itself. Tests of several threads ask for theirs. Child processes take it over.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QSettings,
    QThread,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from shiboken6 import isValid

REPOSITORY = Path(__file__).resolve().parents[1]
# Files that take minutes begin first, the longest before all: else one process has one of them at the end, alone.
LONGEST = (
    "training/test_processes.py",
    "models/test_models.py",
    "gui/test_main_window.py",
    "training/test_train.py",
    "test_cli.py",
    "training/test_anatomy.py",
    "gui/test_planes_in_the_window.py",
    "gui/test_selections.py",
    "gui/test_canvas_at_work.py",
)
DATA_GIVEN = os.environ.get("AE_STUDIO_DATA")  # the tests themselves see a folder of their own
GRACE_S = 0.5  # for a thread that is just returning
PATIENCE_MS = 30_000  # for what a busy machine is late with: who waits for a signal loses nothing by it

# Where each of them was made or started, since the test began. A QThread whose last reference goes while it runs takes
# the process with it, so these are held.
_threads: WeakKeyDictionary[threading.Thread, str] = WeakKeyDictionary()
_timers: WeakKeyDictionary[QTimer, str] = WeakKeyDictionary()
_qthreads: dict[QThread, str] = {}
_single_shots: set[QTimer] = set()
_left_running: list[QThread] = []

_call_failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    order = {REPOSITORY / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(LONGEST)))


# ---- the user's own places --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory, monkeypatch):
    """Runs, data sets and settings lie in a fresh folder, never in the user's; no Python file is trusted."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("AE_STUDIO_RUNS", str(home / "runs"))
    monkeypatch.setenv("AE_STUDIO_DATA", str(home / "data"))
    monkeypatch.setenv("AE_STUDIO_CACHE", str(_of_all_workers(tmp_path_factory) / "cache"))  # what is in it costs time
    monkeypatch.setenv("AE_STUDIO_CONFIG", str(home / "config"))
    monkeypatch.setattr("ae_studio.models.trust._trusted_here", {})
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for form in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(home / "settings"))
    return home


def _of_all_workers(tmp_path_factory):
    """The folder of this whole run of the tests; each worker's lies within it."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def mnist_root():
    """Root of the torchvision layout that holds real MNIST: AE_STUDIO_DATA, else beside the checkout."""
    root = Path(DATA_GIVEN) if DATA_GIVEN else REPOSITORY.parent / "shared" / "data"
    if not (root / "MNIST" / "raw").is_dir():
        pytest.skip(f"real MNIST is neither in AE_STUDIO_DATA nor at {root}")
    return root


# ---- nothing left behind ----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def mouse_let_go():
    """QTest's double click leaves the button down, as some tests do; a slider takes no press beside another button."""
    yield
    for button in QGuiApplication.mouseButtons():
        anywhere = QWindow(width=9, height=9)
        QTest.mouseRelease(anywhere, button)


@pytest.fixture(autouse=True)
def nothing_left_behind(request):
    """Fails the test that leaves a thread or a timer running, unless it failed anyway."""
    threads_before = set(threading.enumerate())
    _timers.clear()
    _qthreads.clear()
    yield
    _delete_what_is_due()
    left = _left_behind(threads_before)
    if left:  # perhaps only in a reference cycle
        gc.collect()
        _delete_what_is_due()
        left = _left_behind(threads_before)
    _put_an_end_to_them()
    if left and not request.node.stash.get(_call_failed, False):
        pytest.fail("this test leaves behind:\n" + "\n".join(f"  {line}" for line in left), pytrace=False)


def _left_behind(threads_before):
    return [
        *(
            f"thread {thread.name!r}, started at {_threads.get(thread, 'an unknown place')}"
            for thread in threading.enumerate()
            if thread not in threads_before and _goes_on(thread)
        ),
        *(
            f"running {type(thread).__name__} {thread.objectName()!r}, made at {place}"
            for thread, place in _qthreads.items()
            if isValid(thread) and thread.isRunning() and not thread.wait(int(1000 * GRACE_S))
        ),
        *(
            f"active {type(timer).__name__} of {timer.interval()} ms, made at {place}"
            for timer, place in list(_timers.items())
            if isValid(timer) and timer.isActive()
        ),
    ]


def _goes_on(thread):
    if isinstance(thread, threading._DummyThread):
        return False  # Python's stand-in for a thread that it did not start; QThreads are looked at themselves
    thread.join(GRACE_S)
    return thread.is_alive()


def _delete_what_is_due():
    """Carries out every deleteLater: no event loop runs here that would."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _put_an_end_to_them():
    """So that they do not disturb the next test. A thread cannot be ended from outside."""
    for timer in list(_timers):
        if isValid(timer) and timer.isActive() and timer.thread() is QThread.currentThread():
            timer.stop()
    _single_shots.clear()
    _left_running.extend(thread for thread in _qthreads if isValid(thread) and thread.isRunning())
    _qthreads.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.stash[_call_failed] = report.failed
    return report


# ---- what makes threads and timers, watched ---------------------------------------------------------------------

_watch = pytest.MonkeyPatch()


def pytest_configure(config):
    # Made, not started: a signal that is connected to `timer.start` calls it past Python.
    _watch.setattr(threading.Thread, "start", _noting(threading.Thread.start, _threads))
    _watch.setattr(QTimer, "__init__", _noting(QTimer.__init__, _timers))
    _watch.setattr(QThread, "__init__", _noting(QThread.__init__, _qthreads, then=_outlive_its_parent))
    _watch.setattr(QTimer, "singleShot", staticmethod(_single_shot))
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
        _watch.setitem(wait.__kwdefaults__, "timeout", PATIENCE_MS)


def pytest_unconfigure(config):
    _watch.undo()


def _noting(method, places, then=None):
    """The method, which also notes the place that called it."""

    def noting(self, *args, **kwargs):
        method(self, *args, **kwargs)
        places[self] = _place()
        if then:
            then(self)

    return noting


def _outlive_its_parent(thread):
    """Takes a thread that still runs from its dying parent: Qt would end the whole process, and name no test."""

    def rescue():
        if isValid(thread) and thread.isRunning():
            thread.setParent(None)

    if thread.parent() is not None:
        thread.parent().destroyed.connect(rescue)


def _single_shot(milliseconds, *arguments):
    """``QTimer.singleShot`` by a timer that is watched; like Qt's, it dies with the object whose slot it calls."""
    *context, slot = arguments
    receivers = [each for each in (*context, getattr(slot, "__self__", None)) if isinstance(each, QObject)]
    timer = QTimer(*receivers[:1])
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    timer.timeout.connect(lambda: _single_shots.discard(timer))
    _single_shots.add(timer)
    timer.start(milliseconds)


_NOT_OURS = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})


def _place():
    """The innermost line of ours that is at work: ``ae_studio/gui/hand.py:57: self._timer = QTimer(self)``"""
    frame = sys._getframe(1)
    while frame.f_back and (frame.f_code.co_filename == __file__ or frame.f_code.co_filename.startswith(_NOT_OURS)):
        frame = frame.f_back
    path, line = Path(frame.f_code.co_filename), frame.f_lineno
    shown = path.relative_to(REPOSITORY) if path.is_relative_to(REPOSITORY) else path
    return f"{shown}:{line}: {linecache.getline(str(path), line).strip()}"


# ---- Qt's warnings ----------------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """Fails the test at whose end (widgets are closed, fixtures end) Qt warns; pytest-qt sees to the rest of it."""
    warnings: list[str] = []

    def listen(kind, context, message):
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            warnings.append(message)

    before = qInstallMessageHandler(listen)
    try:
        result = yield
    finally:
        qInstallMessageHandler(before)
    ignored = [*item.config.getini("qt_log_ignore"), *(p for m in item.iter_markers("qt_log_ignore") for p in m.args)]
    counting = [text for text in warnings if not any(re.search(pattern, text) for pattern in ignored)]
    if counting and not item.get_closest_marker("no_qt_log"):
        pytest.fail("Qt warned while this test was ended:\n" + "\n".join(f"  {text}" for text in counting), False)
    return result
