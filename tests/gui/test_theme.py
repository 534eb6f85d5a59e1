import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from ae_studio.gui.theme import DARK, LIGHT, apply, class_colours, tabular


def contrast(one, other):
    """The ratio of WCAG 2.1, from 1 to 21."""

    def luminance(colour):
        parts = [channel / 255 for channel in QColor(colour).getRgb()[:3]]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_text_can_be_read_on_every_surface(theme):
    for surface in (theme.ground, theme.panel, theme.raised, theme.canvas):
        assert contrast(theme.text, surface) >= 7
        assert contrast(theme.dim, surface) >= 4.2
    assert contrast(theme.accent_text, theme.accent) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_classes_stand_out_from_the_canvas_and_from_one_another(theme):
    assert len(set(theme.classes)) == 10
    for colour in theme.classes:
        assert contrast(colour, theme.canvas) >= 2


@pytest.mark.parametrize("count", [1, 10, 26, 62])
def test_every_class_has_a_colour_of_its_own(count):
    colours = class_colours(LIGHT, count)
    assert len(colours) == len(set(colours)) == count
    assert colours[:10] == LIGHT.classes[:count]


def test_applying_a_theme_reaches_palette_and_style_sheet(qapp):
    apply(qapp, LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.ground
    assert LIGHT.panel in qapp.styleSheet()
    apply(qapp, DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.ground


def test_the_theme_that_is_there_already_is_not_applied_again(qapp, qtbot):
    """Every widget would be styled once more, which takes a whole window a second."""
    styled = []

    class Watching(QWidget):
        def changeEvent(self, event):  # noqa: N802
            styled.append(event.type())

    widget = Watching()
    qtbot.addWidget(widget)
    apply(qapp, LIGHT)
    widget.ensurePolished()
    styled.clear()
    apply(qapp, LIGHT)
    assert styled == []
    apply(qapp, DARK)
    assert QEvent.Type.StyleChange in styled


def test_tabular_figures_leave_the_given_font_alone(qapp):
    font = qapp.font()
    assert tabular(font) is not font
    assert tabular(font).family() == font.family()
