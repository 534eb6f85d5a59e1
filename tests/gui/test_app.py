import subprocess
import sys

from PySide6.QtCore import QTimer

from ae_studio.gui.app import make_app


def test_the_application_has_the_name_under_which_its_settings_are_kept(qapp):
    app = make_app()
    assert app is qapp
    assert (app.applicationName(), app.organizationName()) == ("AE Studio", "AE Studio")
    assert not app.windowIcon().isNull()


def test_the_window_is_there_before_torch_and_opens_the_run_it_was_given(tmp_path):
    """In a process of its own, since only there torch has not been loaded yet."""
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import ae_studio.gui.app as app
from ae_studio.gui.main_window import MainWindow
seen = []
class Watched(MainWindow):
    def load(self):
        seen.append(self.isVisible())
        seen.append('torch' in sys.modules or 'pytorch_lightning' in sys.modules)
        self.session.errand_failed.connect(self._note)
        super().load()
    def _note(self, kind, message, details):
        seen.append(kind)
        self.close()
app.MainWindow = Watched
app.run_window(Path({str(tmp_path)!r}))
print(seen)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=110)
    assert done.stdout.strip() == "[True, False, 'open']", done.stderr


def test_calls_of_qt_leave_none_alone():
    """PySide6 6.12.0 takes a reference from None at every call that returns nothing; before Python 3.12 that kills."""
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(1000):
        timer.stop()
    assert sys.getrefcount(None) > before - 500
