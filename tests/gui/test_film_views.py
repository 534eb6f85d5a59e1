import numpy as np

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.film_views import drawing_of, frames_of
from ae_studio.latent.film import Film
from ae_studio.latent.globe import Globe
from ae_studio.latent.scene import Scene
from ae_studio.latent.support import fit_support
from ae_studio.latent.view import View

CODES = np.random.default_rng(0).normal(size=(60, 2)).astype(np.float32)
IMAGES = np.arange(60, dtype=np.uint8)[:, None, None] * np.ones((1, 2, 2), dtype=np.uint8)


def film(near=True):
    codes = np.array([[0, 0], [50, 0]], dtype=np.float32)
    found = fit_support(CODES).at(codes) if near else None
    return Film(codes, IMAGES[:2], np.array([7, 9]), found, codes, 1.0)


def scene(images=IMAGES):
    return Scene(
        LatentSpace(2), np.arange(60) % 10, tuple("abcdefghij"), images, Look(1, 1, CODES, IMAGES[:1], lambda z: z)
    )


def test_a_frame_tells_its_support_and_the_real_image_nearest_to_it():
    frames = frames_of(scene(), film())
    assert frames.grades == (0, 2)
    assert frames.support[1] < 0.02 < frames.support[0]
    assert frames.nearest[:, 0, 0].tolist() == [7, 9]
    number, support, nearest = frames.hints[1].split("\n")
    assert number == "Frame 2 of 2"
    assert support.startswith("Off the data")
    assert nearest == "Nearest: image no. 10, j"


def test_without_real_images_or_enough_codes_the_rest_is_told():
    frames = frames_of(scene(images=None), film(near=False))
    assert frames.nearest is None
    assert frames.hints[0] == "Frame 1 of 2\nNearest: image no. 8, h"


def test_on_a_globe_the_far_side_is_known():
    codes = np.array([[0, 0, 1], [0, 0.6, -0.8]], dtype=np.float32)
    strip = Film(codes, IMAGES[:2], np.array([0, 1]), None, codes, 1.0)
    view = View(LatentSpace(3, kind="sphere"), Globe(), -1, 1, -1, 1, 100, 100, codes[0])
    drawing = drawing_of(view, strip)
    assert drawing.dots_behind.tolist() == drawing.line_behind.tolist() == [False, True]
    np.testing.assert_allclose(drawing.dots, codes[:, :2])
