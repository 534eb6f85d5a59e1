import pytest
from PySide6.QtGui import QPalette

from ae_studio.gui.progress_line import ProgressLine

PLACES = (10, 40, 60, 90)


@pytest.mark.parametrize(("value", "share"), [(0, 0.0), (500, 0.5), (1000, 1.0)])
def test_the_line_is_as_long_as_its_share(qtbot, value, share):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.setRange(0, 1000)
    line.setValue(value)
    line.resize(100, 10)
    picture = line.grab().toImage()
    done = line.palette().color(QPalette.ColorRole.Highlight)
    drawn = [picture.pixelColor(x, picture.height() // 2) == done for x in PLACES]
    assert drawn == [x < 100 * share for x in PLACES]


def test_a_screen_reader_hears_a_progress_bar(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.setRange(0, 1000)
    line.setValue(250)
    assert line.text() == "25%"
