import numpy as np
from PySide6.QtGui import QImage, QPainter

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.layers.prior import Prior
from ae_studio.gui.theme import DARK
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.plane import LatentPlane
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

KL = np.ones(2, dtype=np.float32)


def scene(kl=KL, kind="flat"):
    look = Look(1, 10, np.ones((3, 2), dtype=np.float32), np.zeros((1, 8, 8), dtype=np.uint8), lambda z: z, kl=kl)
    return Scene(LatentSpace(2, kind), np.zeros(3, dtype=np.int64), ("a",), None, look)


def test_the_circles_lie_about_zero_wherever_the_plane_begins(qapp):
    plane = LatentPlane(np.array([1, -1], dtype=np.float32), np.eye(2, dtype=np.float32), ("", ""))
    view = View(LatentSpace(2), plane, -4, 4, -4, 4, 400, 400, np.zeros(2, dtype=np.float32))
    drawing = Prior().compute(scene(), view, Marks(), {})
    assert (drawing.x, drawing.y) == (-1, 1)
    image = QImage(400, 400, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.paint(painter, PixelMap(ViewWindow(0, 0, 4, 4), 400, 400), DARK)
    painter.end()
    alpha = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(400, 400, 4)[..., 3]
    row = np.flatnonzero(alpha[150])  # through the middle, at y = 1: circles cross at -1 +- 1, 2, 3
    for x in (-4 + 0.02, -3, -2, 0, 1, 2):
        assert np.abs(row - (200 + 50 * x)).min() <= 2


def test_without_a_normal_prior_there_is_a_reason(qapp):
    assert "KL" in Prior().why_not(scene(kl=None))
    assert "sphere" in Prior().why_not(scene(kind="sphere"))
    assert not Prior().why_not(scene())
