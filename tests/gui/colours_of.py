"""Which colours there are in a part of a picture."""

from PySide6.QtGui import QColor

CLOSE = 40  # of 255: the edges of letters are blended with what lies below them


def colours_of(image, left, top, width, height):
    """The names of all of them."""
    return {
        image.pixelColor(x, y).name()
        for x in range(round(left), round(left + width))
        for y in range(round(top), round(top + height))
    }


def holds(colours, name):
    """Whether there is this one, or one that letters in this colour may leave."""
    wanted = QColor(name).getRgb()[:3]
    return any(max(abs(a - b) for a, b in zip(QColor(each).getRgb(), wanted, strict=False)) < CLOSE for each in colours)
