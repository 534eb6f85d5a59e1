import pytest

from ae_studio.gui.icons import app_icon, icon
from ae_studio.paths import resource

COLOURED = sorted(p.stem for p in resource("icons").iterdir() if "currentColor" in p.read_text(encoding="utf-8"))


def inked(made, size):
    image = made.pixmap(size, size).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return [pixel for pixel in pixels if pixel.alpha() > 200]


@pytest.mark.parametrize("name", COLOURED)
def test_an_icon_is_drawn_in_the_colour_that_is_asked_for(qapp, name):
    pixels = inked(icon(name, "#ff0000"), 24)
    assert pixels
    assert all((pixel.red(), pixel.green(), pixel.blue()) == (255, 0, 0) for pixel in pixels)


def test_the_applications_icon_comes_in_large_sizes(qapp):
    assert {size.width() for size in app_icon().availableSizes()} == {32, 64, 128, 256}
    assert inked(app_icon(), 64)
