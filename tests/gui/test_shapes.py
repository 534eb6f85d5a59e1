import numpy as np
import pytest

from ae_studio.gui.shapes import LEGIBLE, SHAPES, coverage, shape_of

GRID = np.arange(-12, 13, dtype=float)


def mark(shape, radius=LEGIBLE):
    return coverage(shape, *np.meshgrid(GRID, GRID), radius)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_mark_has_about_the_ink_of_a_disc_and_lies_about_its_centre(shape):
    for radius in (LEGIBLE, 5.0):
        found = mark(shape, radius)
        assert found.sum() == pytest.approx(np.pi * radius**2, rel=0.3)
        assert abs((found * GRID).sum() / found.sum()) < 0.3
        assert abs((found * GRID[:, None]).sum() / found.sum()) < 0.3


def test_marks_of_the_smallest_size_can_be_told_apart():
    marks = [mark(shape) for shape in SHAPES]
    for index, one in enumerate(marks):
        for other in marks[index + 1 :]:
            assert np.abs(one - other).sum() > 0.18 * np.pi * LEGIBLE**2


def test_the_eleventh_class_has_the_first_mark_again():
    assert shape_of(10) is SHAPES[0]
    assert shape_of(3) is SHAPES[3]
