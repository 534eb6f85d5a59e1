"""The suite's own guards, tried on small suites that break them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
PYPROJECT = CONFTEST.parents[1] / "pyproject.toml"


@pytest.fixture
def run_suite(pytester):
    """Runs these tests under the real conftest.py and the real settings, in a process of its own."""

    def run(source, *arguments):
        pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
        path = pytester.makepyfile(source)
        where = ("-c", PYPROJECT, "--rootdir", pytester.path, "-p", "no:cacheprovider")
        return pytester.runpytest_subprocess(*where, *arguments, path)

    return run


def test_a_thread_that_goes_on_fails_the_test_and_its_start_is_named(run_suite):
    result = run_suite(
        """
        import threading, time

        def test_leaves_a_thread():
            threading.Thread(target=time.sleep, args=(3,), name="the lost one", daemon=True).start()

        def test_ends_its_thread():
            thread = threading.Thread(target=time.sleep, args=(0.01,))
            thread.start()
            thread.join()
        """
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*leaves behind:", "*thread 'the lost one', started at *.py:4: threading.Thread(*"])


def test_a_running_qthread_fails_the_test_and_its_making_is_named(run_suite):
    result = run_suite(
        """
        from PySide6.QtCore import QObject, QThread

        class Sleeper(QThread):
            def run(self):
                self.msleep(1500)

        def test_leaves_a_qthread():
            Sleeper().start()

        def test_leaves_a_qthread_whose_parent_dies(qapp):
            parent = QObject()
            Sleeper(parent).start()

        def test_ends_its_qthread():
            thread = QThread()
            thread.start()
            thread.quit()
            assert thread.wait(1000)
        """
    )
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["*leaves behind:", "*running Sleeper '', made at *.py:8: Sleeper().start()"])
    result.stdout.fnmatch_lines(["*leaves behind:", "*running Sleeper '', made at *.py:12: Sleeper(parent).start()"])


def test_a_button_of_the_mouse_that_a_test_holds_down_is_let_go_behind_it(run_suite):
    result = run_suite(
        """
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QWidget

        def test_presses(qtbot):
            widget = QWidget()
            qtbot.addWidget(widget)
            widget.show()
            QTest.mousePress(widget, Qt.MouseButton.RightButton)

        def test_finds_none_pressed(qapp):
            assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton
        """
    )
    result.assert_outcomes(passed=2)


def test_an_active_timer_fails_the_test_and_its_making_is_named(run_suite):
    result = run_suite(
        """
        from PySide6.QtCore import QObject, QTimer, Signal
        from PySide6.QtWidgets import QWidget
        kept = []

        class Clock(QObject):
            struck = Signal(int)

        def test_leaves_a_timer(qapp):
            kept.append(QTimer(interval=50))
            kept[-1].start()

        def test_starts_a_timer_by_a_signal(qapp):
            clock = Clock()
            kept.append(QTimer())
            clock.struck.connect(kept[-1].start)
            clock.struck.emit(70)

        def test_leaves_a_single_shot(qapp):
            QTimer.singleShot(5000, lambda: None)

        def test_timers_that_die_with_their_widget(qtbot):
            widget = QWidget()
            qtbot.addWidget(widget)
            QTimer(widget).start(50)
            QTimer.singleShot(5000, widget.close)

        def test_a_single_shot_that_has_fired(qtbot):
            fired = []
            QTimer.singleShot(0, lambda: fired.append(True))
            qtbot.waitUntil(lambda: bool(fired))
        """
    )
    result.assert_outcomes(passed=5, errors=3)
    result.stdout.fnmatch_lines_random(
        [
            "*active QTimer of 50 ms, made at *.py:9: kept.append(QTimer(interval=50))",
            "*active QTimer of 70 ms, made at *.py:14: kept.append(QTimer())",
            "*active QTimer of 5000 ms, made at *.py:19: QTimer.singleShot(5000, lambda: None)",
        ]
    )


def test_a_qt_warning_fails_the_test_at_work_and_at_its_end(run_suite):
    result = run_suite(
        """
        import pytest
        from PySide6.QtCore import qWarning

        def test_qt_warns(qapp):
            qWarning("something is wrong")

        @pytest.fixture
        def warning_at_the_end(qapp):
            yield
            qWarning("something is wrong afterwards")

        def test_qt_warns_at_its_end(warning_at_the_end):
            pass

        def test_qt_says_nothing(qapp):
            pass
        """
    )
    result.assert_outcomes(passed=2, failed=1, errors=1)
    result.stdout.fnmatch_lines_random(["*something is wrong", "*something is wrong afterwards"])


def test_a_python_warning_fails_the_test(run_suite):
    result = run_suite(
        """
        import warnings

        def test_warns():
            warnings.warn("mind the gap", UserWarning)
        """
    )
    result.assert_outcomes(failed=1)


def test_runs_data_and_settings_are_not_the_users(own_places):
    from PySide6.QtCore import QSettings

    from ae_studio.paths import data_root, runs_root

    for path in (runs_root(), data_root(), QSettings("AE Studio", "AE Studio").fileName(), os.environ["XDG_DATA_HOME"]):
        assert Path(path).is_relative_to(own_places)
