"""What the tests of layers share: a scene, a view of it, and what a drawing paints."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage, QPainter

from ae_studio.events import LatentSpace, Look, Prior
from ae_studio.gui.theme import DARK
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.plane import dimension_plane
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

SIZE = 400  # pixels each way
HALF = 4.0  # units from the middle of the view to its sides: 50 pixels a unit
PIXEL_MAP = PixelMap(ViewWindow(0, 0, HALF, HALF), SIZE, SIZE)


def codes_of(count=300, dim=2, seed=0):
    return np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)


def blank(codes):
    return np.zeros((len(codes), 8, 8), dtype=np.uint8)


def scene_of(codes=None, *, labels=None, decoder=blank, space=None, prior=None, spread=None, sampler=None):
    codes = codes_of() if codes is None else codes
    labels = np.arange(len(codes)) % 3 if labels is None else labels
    look = Look(1, 1, codes, blank(codes[:1]), decoder, sampler, spread=spread, prior=prior)
    return Scene(space or LatentSpace(codes.shape[1]), labels, ("a", "b", "c"), None, look)


def view_of(scene, plane=None, x=0.0, y=0.0, half=HALF, handle=None):
    size = scene.space.size
    plane = plane or dimension_plane(size, 0, min(1, size - 1))
    handle = np.zeros(size, dtype=np.float32) if handle is None else handle
    return View(scene.space, plane, x - half, x + half, y - half, y + half, SIZE, SIZE, handle)


def painted(drawing, theme=DARK, pixel_map=PIXEL_MAP, legend=False):
    """Premultiplied blue, green, red, alpha of each pixel, (rows, columns, 4), over nothing."""
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    (drawing.paint_legend if legend else drawing.paint)(painter, pixel_map, theme)
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint8).reshape(SIZE, SIZE, 4).copy()


STANDARD = Prior(1.0)
