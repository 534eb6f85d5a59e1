from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ae_studio.gui.quiet_plot import LEFT_AXIS, QuietPlot
from ae_studio.gui.theme import DARK, LIGHT


def test_its_ground_and_its_axes_follow_the_theme(qtbot):
    plot = QuietPlot("some_plot", "Some plot")
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show()
    for theme in (DARK, LIGHT):
        plot.set_theme(theme)
        assert plot.grab().toImage().pixelColor(2, 2) == QColor(theme.panel)
        assert plot.getAxis("left").textPen().color() == QColor(theme.dim)


def test_it_is_called_by_name_takes_keys_and_keeps_its_axis_in_place(qtbot):
    plot = QuietPlot("some_plot", "Some plot")
    qtbot.addWidget(plot)
    assert (plot.objectName(), plot.accessibleName()) == ("some_plot", "Some plot")
    assert plot.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert plot.getAxis("left").fixedWidth == LEFT_AXIS
    assert not plot.getViewBox().menuEnabled()
