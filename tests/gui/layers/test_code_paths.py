from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.layers.code_paths import MOST_PATHS, MovesLayer, PathsLayer
from ae_studio.gui.layers.kept_picture import KeptPicture
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.code_paths import CodePaths
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import LatentPlane, dimension_plane
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

COUNT = 80
pytestmark = pytest.mark.usefixtures("qapp")  # drawings keep pixels
MOST = {"most": 400}


def codes(epoch, size=2):
    return np.random.default_rng(epoch).normal(size=(COUNT, size)).astype(np.float32)


def scene(size=2, space=None, epochs=(0, 1, 2, 3), ends=(None, None), shown=2):
    known = CodePaths({epoch: codes(epoch, size) for epoch in epochs}, ends)
    look = Look(shown, 0, codes(shown, size), np.zeros((1, 4, 4), np.uint8), lambda z: z)
    return Scene(space or LatentSpace(size), np.arange(COUNT) % 4, ("a", "b", "c", "d"), None, look, known)


def view(of, plane=None):
    plane = plane or dimension_plane(of.space.size, 0, min(1, of.space.size - 1))
    return View(of.space, plane, -3, 3, -3, 3, 300, 300, np.zeros(of.space.size, np.float32))


def painted(drawing, theme=DARK):
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(theme.canvas)
    with QPainter(image) as painter:
        pixel_map = PixelMap(ViewWindow(0, 0, 3, 3), 300, 300)
        drawing.paint(painter, pixel_map, theme)
        drawing.paint_legend(painter, pixel_map, theme)
    return np.asarray(image.constBits()).reshape(300, 300, 4)[:, :, :3].astype(int)


def test_a_path_goes_through_the_codes_of_every_epoch():
    of = scene()
    drawing = PathsLayer().compute(of, view(of), Marks(selected=(3, 5)), {})
    assert drawing.epochs == (0, 1, 2, 3)
    assert drawing.now == 2
    for place, epoch in enumerate(drawing.epochs):
        np.testing.assert_allclose(drawing.places[place], codes(epoch)[[3, 5]])


def test_all_of_it_is_seen_on_the_plane_of_now():
    of = scene(size=5)
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(5, 2)))[0].T.astype(np.float32)
    plane = LatentPlane(rng.normal(size=5).astype(np.float32), axes, ("PC₁", "PC₂"))
    drawing = PathsLayer().compute(of, view(of, plane), Marks(selected=(7,)), {})
    for place, epoch in enumerate(drawing.epochs):
        expected = [float((codes(epoch, 5)[7] - plane.origin) @ axis) for axis in axes]
        np.testing.assert_allclose(drawing.places[place, 0], expected, rtol=1e-4, atol=1e-5)


def test_without_a_selection_some_points_are_taken_and_the_one_in_focus_alone():
    of = scene()
    assert 0 < PathsLayer().compute(of, view(of), Marks(), {}).places.shape[1] <= MOST_PATHS
    assert PathsLayer().compute(of, view(of), Marks(focus=9), {}).places.shape[1] == 1
    assert PathsLayer().compute(of, view(of), Marks(selected=(1, 2), focus=9), {}).places.shape[1] == 3


def test_hidden_classes_have_no_paths():
    of = scene()
    drawing = PathsLayer().compute(of, view(of), Marks(selected=(0, 1, 4), hidden=frozenset({0})), {})
    np.testing.assert_allclose(drawing.places[0], codes(0)[[1]])


def test_codes_of_one_number_stay_at_the_height_of_their_class():
    of = scene(size=1)
    drawing = PathsLayer().compute(of, view(of), Marks(selected=(0, 1)), {})
    assert np.ptp(drawing.places[:, 0, 1]) == 0
    assert drawing.places[0, 0, 1] != drawing.places[0, 1, 1]


def test_on_a_globe_what_is_turned_away_is_known():
    of = scene(size=3, space=LatentSpace(3, kind="sphere"))
    drawing = PathsLayer().compute(of, view(of, Globe()), Marks(selected=(0, 1, 2)), {})
    np.testing.assert_array_equal(drawing.behind[1], codes(1, 3)[:3, 2] < 0)


def test_an_epoch_that_is_not_among_them_is_not_marked():
    of = scene(shown=7)
    assert PathsLayer().compute(of, view(of), Marks(), {}).now is None


def test_what_moved_goes_from_a_to_b():
    of = scene(ends=(3, 0))
    drawing = MovesLayer().compute(of, view(of), Marks(selected=(2, 6)), MOST)
    np.testing.assert_allclose(drawing.start, codes(3)[[2, 6]])
    np.testing.assert_allclose(drawing.goal, codes(0)[[2, 6]])
    assert drawing.names == ("A: epoch 3", "B: epoch 0")
    assert len(MovesLayer().compute(of, view(of), Marks(), {"most": 20}).start) == 20


@pytest.mark.parametrize(
    ("layer", "of", "reason"),
    [
        (PathsLayer(), scene(epochs=(2,)), "only one epoch"),
        (PathsLayer(), scene(space=LatentSpace(2, kind="codebook", slots=1)), "entries of the codebook"),
        (MovesLayer(), scene(), "Choose two epochs"),
        (MovesLayer(), scene(ends=(1, None)), "Choose two epochs"),
        (MovesLayer(), scene(ends=(1, 9)), "cannot be read"),
        (MovesLayer(), scene(epochs=(1,), ends=(1, 1)), "only one epoch"),
    ],
)
def test_where_there_can_be_none_the_reason_is_said(layer, of, reason):
    assert reason in layer.why_not(of)
    assert layer.compute(of, view(of), Marks(), MOST) is None


def test_codes_of_another_length_are_no_part_of_it():
    of = scene()
    other = replace(of, paths=of.paths.with_codes({0: codes(0), 9: codes(9)}))
    assert PathsLayer().why_not(other) == ""
    assert PathsLayer().why_not(replace(of, paths=CodePaths({0: codes(0, 3), 1: codes(1, 3)}))) != ""


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_early_and_late_are_told_apart_and_the_epoch_shown_is_marked(theme):
    of = scene()
    drawing = PathsLayer().compute(of, view(of), Marks(selected=(3,)), {})
    shown = painted(drawing, theme)
    pixels = PixelMap(ViewWindow(0, 0, 3, 3), 300, 300).to_pixels(drawing.places[:, 0])
    first, last = ((pixels[start] + pixels[start + 1]) / 2 for start in (0, 2))
    (x0, y0), (x1, y1) = first.round().astype(int), last.round().astype(int)
    assert abs(shown[y0, x0] - shown[y1, x1]).sum() > 60
    x, y = pixels[2].round().astype(int)
    ground = painted(replace(drawing, now=None, kept=KeptPicture(), kept_words=KeptPicture()), theme)
    assert abs(shown - ground)[max(0, y - 6) : y + 7, max(0, x - 6) : x + 7].sum() > 0


def test_a_ring_stands_at_a_and_a_dot_at_b():
    of = scene(ends=(0, 1))
    drawing = MovesLayer().compute(of, view(of), Marks(selected=(3,)), MOST)
    shown = painted(drawing)
    pixel_map = PixelMap(ViewWindow(0, 0, 3, 3), 300, 300)
    x, y = pixel_map.to_pixels(drawing.goal)[0].round().astype(int)
    assert abs(shown[y, x] - shown[0, 0]).sum() > 60
