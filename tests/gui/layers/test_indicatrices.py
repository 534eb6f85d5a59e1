"""Ellipses whose shapes are known, because the decoder is linear: a step s is answered by a change of J s."""

import numpy as np
import pytest

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.layers.indicatrices import CELLS, IndicatricesLayer
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.latent.plane import LatentPlane, dimension_plane
from ae_studio.latent.scene import Scene
from tests.gui.layers.seen import HALF, PIXEL_MAP, SIZE, painted, view_of

pytestmark = pytest.mark.usefixtures("qapp")


def scene(jacobian, dim=2, where=None):
    """A decoder with this Jacobian (pixels, dim) everywhere, or as large as ``where`` says of a code (n, dim)."""

    def derivatives(codes, along):
        factors = np.ones(len(codes)) if where is None else where(codes)
        changes = factors[:, None, None] * np.asarray(jacobian, np.float64)
        return codes, np.einsum("npd,nkd->npk", changes, along)

    look = Look(
        1, 1, np.zeros((3, dim), np.float32), np.zeros((1, 8, 8), np.uint8), lambda z: z, derivatives=derivatives
    )
    return Scene(LatentSpace(dim), np.zeros(3, np.int64), ("a",), None, look)


def drawing(jacobian, *, cells="usual", dim=2, where=None, plane=None):
    made = scene(jacobian, dim, where)
    return IndicatricesLayer().compute(made, view_of(made, plane), Marks(), {"cells": cells})


def extents(found):
    """Width and height of each ellipse, (n, 2), in units of the plane."""
    return np.ptp(found.outlines, axis=1)


@pytest.mark.parametrize("cells", CELLS)
def test_they_stand_in_a_grid_as_wide_as_is_asked_for(cells):
    found = drawing(np.eye(2), cells=cells)
    middles = found.outlines.mean(axis=1)
    columns, rows = np.unique(middles[:, 0].round(3)), np.unique(middles[:, 1].round(3))
    assert len(columns) == len(rows) == round(SIZE / CELLS[cells])
    assert len(found.outlines) == len(columns) * len(rows)
    np.testing.assert_allclose(np.diff(columns), 2 * HALF / len(columns), atol=2e-3)


def test_where_every_direction_counts_alike_they_are_circles_that_do_not_touch():
    found = drawing(3 * np.eye(2))
    size = extents(found)
    np.testing.assert_allclose(size, size[0, 0], rtol=0.01)
    assert size[0, 0] < 2 * HALF / round(SIZE / CELLS["usual"])


@pytest.mark.parametrize("ratio", [2.0, 3.0])
def test_they_are_long_where_the_image_changes_little(ratio):
    width, height = extents(drawing(np.diag([1, ratio]))).mean(axis=0)
    assert width / height == pytest.approx(ratio, rel=0.01)


def test_they_lean_as_the_decoder_does():
    """Steps to the upper right change nothing but a third of what those to the upper left do."""
    turned = np.array([[1, 1], [-3, 3]]) / np.sqrt(2)
    outlines = drawing(turned).outlines
    found = outlines[0] - outlines[0].mean(axis=0)
    longest = found[np.hypot(*found.T).argmax()]
    assert abs(longest[0]) == pytest.approx(abs(longest[1]), rel=0.1)
    assert longest[0] * longest[1] > 0


def test_a_step_onto_a_rim_changes_the_image_by_as_much_as_is_said():
    jacobian = np.diag([2.0, 5.0])
    found = drawing(jacobian)
    rim = found.outlines[0] - found.outlines[0].mean(axis=0)
    changes = np.hypot(*(rim @ jacobian.T).T)
    said = float(found.words.removeprefix("A step onto a rim changes the image by "))
    np.testing.assert_allclose(changes, said, rtol=0.06)  # two figures are said


def test_sizes_that_range_too_far_are_drawn_closer_and_that_is_said():
    found = drawing(np.eye(2), where=lambda codes: np.exp(3 * codes[:, 0]))
    size = extents(found)[:, 0]
    assert size.max() / size.min() < 100
    assert found.words.startswith("Sizes range 1 : ")
    assert float(found.words.split()[4].rstrip(",").replace(",", "")) > 1000


def test_a_plane_sees_the_steps_along_itself_alone():
    """The third number counts most, and is not in the plane of the first two."""
    jacobian = np.diag([1.0, 2.0, 50.0])
    width, height = extents(drawing(jacobian, dim=3, plane=dimension_plane(3, 0, 1))).mean(axis=0)
    assert width / height == pytest.approx(2, rel=0.01)


def test_a_plane_that_begins_elsewhere_has_the_same_ellipses():
    shifted = LatentPlane(np.array([5, -3], np.float32), np.eye(2, dtype=np.float32), ("", ""))
    np.testing.assert_allclose(
        extents(drawing(np.diag([1, 2]), plane=shifted)), extents(drawing(np.diag([1, 2]))), rtol=1e-4
    )


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_rims_are_painted_and_their_insides_let_the_points_shine_through(theme):
    found = drawing(np.eye(2))
    alpha = painted(found, theme)[..., 3]
    middles = PIXEL_MAP.to_pixels(found.outlines.mean(axis=1)).round().astype(int)
    inside = alpha[middles[:, 1], middles[:, 0]]
    assert inside.min() > 0
    assert inside.max() < 60
    rims = PIXEL_MAP.to_pixels(found.outlines[:, 0]).astype(int)
    assert alpha[rims[:, 1], rims[:, 0]].mean() > 80


def test_the_words_stand_in_the_corner_where_no_number_of_the_grid_is():
    legend = painted(drawing(np.eye(2)), legend=True)[..., 3]
    rows, columns = np.nonzero(legend)
    assert rows.min() > SIZE / 2
    assert columns.min() > 40
    assert columns.max() < SIZE


def test_a_decoder_that_answers_nothing_somewhere_has_none_there():
    found = drawing(np.eye(2), where=lambda codes: (codes[:, 0] > 0).astype(float))
    assert len(found.outlines)
    assert (found.outlines.mean(axis=1)[:, 0] > 0).all()
