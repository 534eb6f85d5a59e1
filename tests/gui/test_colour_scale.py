import numpy as np
import pytest
from PySide6.QtGui import QColor

from ae_studio.gui.colour_scale import STEPS, NumberScale, ink_on, scale_colours
from ae_studio.gui.theme import DARK, LIGHT


def lightness(colour):
    red, green, blue = QColor(colour).getRgbF()[:3]
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_colours_grow_lighter_and_all_are_seen_on_the_ground(theme):
    shades = [lightness(colour) for colour in scale_colours(theme, STEPS)]
    assert (np.diff(shades) > 0).all()
    ground = lightness(theme.canvas)
    for shade in shades:
        light, dark = max(shade, ground), min(shade, ground)
        assert (light + 0.05) / (dark + 0.05) > 1.4


def test_the_ends_of_the_scale_are_near_the_ends_of_the_numbers():
    numbers = np.linspace(10, 20, 1001).astype(np.float32)
    numbers[0] = -1e6
    scale = NumberScale.of(numbers)
    assert (scale.low, scale.high) == pytest.approx((10.2, 19.8), abs=0.02)
    assert scale.beyond
    steps = scale.steps(np.array([-1e6, 10.3, 15, 19.7, 1e6, np.nan], dtype=np.float32))
    assert steps.tolist() == [0, 0, STEPS // 2, STEPS - 1, STEPS - 1, STEPS]


def test_equal_numbers_and_none_at_all_are_no_matter():
    equal = np.full(5, 3, dtype=np.float32)
    assert NumberScale.of(equal).steps(equal).tolist() == [STEPS // 2] * 5
    none = np.full(3, np.nan, dtype=np.float32)
    assert NumberScale.of(none).steps(none).tolist() == [STEPS] * 3
    assert not NumberScale.of(none).beyond


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_what_is_written_on_any_of_the_colours_is_read_easily(theme):
    """Contrast of at least 4.5 to 1, as the Web Content Accessibility Guidelines ask of text."""
    for colour in scale_colours(theme, STEPS):
        shade, ink = lightness(colour), lightness(ink_on(colour))
        assert (max(shade, ink) + 0.05) / (min(shade, ink) + 0.05) > 4.4
    assert (ink_on("#ffffff"), ink_on("#000000")) == ("#000000", "#ffffff")
