"""An error in a painted item reaches Python, instead of ending the process."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from ae_studio.gui.whole_errors import raised_whole

# An error of numpy's within a resize event, which Qt sends while Python waits for show() to return.
PROGRAM = """
import numpy as np
from PySide6.QtWidgets import QApplication, QWidget
from ae_studio.gui.whole_errors import raised_whole

class Widget(QWidget):
    @raised_whole
    def resizeEvent(self, event):
        np.zeros(4)[np.array([4])]

app = QApplication([])
widget = Widget()
try:
    widget.show()
except IndexError as error:
    print("caught:", error)
"""


def test_an_error_in_an_override_is_raised_where_qt_was_called() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "out of bounds" in done.stdout


@pytest.mark.parametrize("place", [0, 4])
def test_what_a_method_gives_and_raises_stays_the_same(place: int) -> None:
    @raised_whole
    def at(values: Any, place: int) -> float:
        """The value there."""
        return float(values[place])

    assert at.__doc__ == "The value there."
    if place < 4:
        assert at(np.arange(4), place=place) == 0
    else:
        with pytest.raises(IndexError, match="out of bounds"):
            at(np.arange(4), place)
