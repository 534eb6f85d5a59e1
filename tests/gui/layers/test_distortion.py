import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.even_colours import STEPS, diverging
from ae_studio.gui.layers.distortion import COARSE, FINE, Distortion, DistortionMap
from ae_studio.gui.layers.indicatrices import Ellipses, IndicatricesLayer
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.theme import DARK
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.plane import dimension_plane
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

MAP = PixelMap(ViewWindow(0, 0, 4, 2), 400, 200)


def bent(codes, along):
    """(x, y) to (e^x, y): log det G = 2 x."""
    jacobians = np.zeros((len(codes), 2, 2), dtype=np.float32)
    jacobians[:, 0, 0], jacobians[:, 1, 1] = np.exp(codes[:, 0]), 1
    return np.stack([np.exp(codes[:, 0]), codes[:, 1]], axis=1), jacobians @ along.transpose(0, 2, 1)


def scene(derivatives=bent, **space):
    look = Look(1, 1, np.zeros((3, 2), np.float32), np.zeros((1, 8, 8), np.uint8), lambda z: z, derivatives=derivatives)
    return Scene(LatentSpace(2, **space), np.zeros(3, dtype=np.int64), ("a",), None, look)


def view(size=2):
    return View(
        LatentSpace(size), dimension_plane(size, 0, size - 1), -4, 4, -2, 2, 400, 200, np.zeros(size, np.float32)
    )


def painted(drawing, legend=False):
    image = QImage(400, 200, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    (drawing.paint_legend if legend else drawing.paint)(painter, MAP, DARK)
    painter.end()
    return image


def test_the_map_is_coarse_first_then_finer_and_the_fine_one_at_once_where_it_is_quick(qapp):
    layer = Distortion()
    first = layer.compute(scene(), view(), Marks(), {"opacity": 1.0})
    assert first.values.shape == (round(200 / COARSE), round(400 / COARSE))
    fine = first.finer()
    assert fine.values.shape == (round(200 / FINE), round(400 / FINE))
    assert fine.finer is None
    again = layer.compute(scene(), view(), Marks(), {"opacity": 1.0})
    assert again.values.shape == fine.values.shape
    layer._seconds = 1.0
    assert layer.compute(scene(), view(), Marks(), {"opacity": 1.0}).finer is not None


def test_its_colours_are_the_canvas_at_the_median_and_go_to_orange_where_more_is_stretched(qapp):
    drawing = Distortion().compute(scene(), view(), Marks(), {"opacity": 1.0})
    assert drawing.middle == pytest.approx(0, abs=1e-6)
    image, colours = painted(drawing), diverging(DARK)
    for x, share in ((200, 0.5), (399, 1.0), (0, 0.0)):
        seen = image.pixelColor(x, 100)
        np.testing.assert_allclose(
            seen.getRgb()[:3], colours[round(share * (STEPS - 1))], atol=20
        )  # a cell is 14 pixels wide


def test_where_there_is_no_value_the_canvas_is_left_as_it_is(qapp):
    values = np.array([[1.0, np.nan]])
    image = painted(DistortionMap(values, -4, 4, -2, 2, 0.0, 1.0, 1.0))
    assert image.pixelColor(20, 20).alpha() == 255
    assert image.pixelColor(380, 20).alpha() == 0


def test_beyond_the_rim_the_canvas_is_left_as_it_is(qapp):
    image = painted(DistortionMap(np.ones((1, 1)), -4, 4, -2, 2, 0.0, 1.0, 1.0, (0.0, 0.0, 1.0)))
    assert image.pixelColor(240, 100).alpha() == 255
    assert image.pixelColor(260, 100).alpha() == 0


def test_opacity_lets_the_canvas_through(qapp):
    image = painted(DistortionMap(np.ones((1, 1)), -4, 4, -2, 2, 0.0, 1.0, 0.5))
    assert image.pixelColor(200, 100).alpha() == pytest.approx(128, abs=2)


def test_the_bar_of_colours_stands_in_the_corner(qapp):
    image = painted(DistortionMap(np.ones((1, 1)), -4, 4, -2, 2, 0.0, 1.0, 1.0), legend=True)
    assert image.pixelColor(20, 20).alpha() == 0
    row = [image.pixelColor(x, 200 - 22 - 50 + 4 + 20) for x in range(400)]
    blue, orange = (next((each for each in row if each.blue() > 200 and each.red() < 90), None), row[381])
    assert blue is not None
    assert orange.red() > 180 > orange.blue()


def test_an_ellipse_is_drawn_where_it_lies_with_words_for_all(qapp):
    layer = IndicatricesLayer()
    drawing = layer.compute(scene(), view(), Marks(), {"cells": "wide"})
    assert len(drawing.outlines) == round(400 / 88) * round(200 / 88)
    assert "drawn as" in drawing.words
    image = painted(Ellipses(np.array([[[-1, 0], [0, 1], [1, 0], [0, -1]]], dtype=np.float32), ""))
    assert image.pixelColor(150, 100).alpha() > 100  # the left corner
    assert 0 < image.pixelColor(200, 100).alpha() < 60  # faintly filled
    assert image.pixelColor(100, 100).alpha() == 0
    assert painted(drawing, legend=True).pixelColor(60, 170).alpha() > 100


def test_of_a_line_there_is_one_row(qapp):
    def line(codes, along):
        return codes, np.ones((len(codes), 1, 1), dtype=np.float32)

    look = Look(1, 1, np.zeros((3, 1), np.float32), np.zeros((1, 8, 8), np.uint8), lambda z: z, derivatives=line)
    one = Scene(LatentSpace(1), np.zeros(3, dtype=np.int64), ("a",), None, look)
    assert Distortion().compute(one, view(1), Marks(), {"opacity": 1.0}).values.shape[0] == 1
    assert len(IndicatricesLayer().compute(one, view(1), Marks(), {"cells": "usual"}).outlines) == round(400 / 56)


@pytest.mark.parametrize("layer", [Distortion(), IndicatricesLayer()], ids=lambda layer: layer.key)
def test_where_there_can_be_none_the_reason_is_told(layer):
    assert not layer.why_not(scene())
    assert "model itself" in layer.why_not(scene(derivatives=None))
    assert "codebook" in layer.why_not(scene(kind="codebook"))


def test_a_decoder_that_does_not_react_has_no_ellipses(qapp):
    def dead(codes, along):
        return codes, np.zeros((len(codes), 2, 2), dtype=np.float32)

    assert IndicatricesLayer().compute(scene(dead), view(), Marks(), {"cells": "usual"}) is None
    assert np.isnan(Distortion().compute(scene(dead), view(), Marks(), {"opacity": 1.0}).values).all()
