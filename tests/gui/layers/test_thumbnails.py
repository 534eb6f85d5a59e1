import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.layers.thumbnails import BORDER, Pictures, Thumbnails, resized
from ae_studio.gui.theme import DARK, LIGHT, class_colours, white_on_black
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.globe import Globe
from ae_studio.latent.plane import dimension_plane
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View

CODES = np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32)
IMAGES = np.random.default_rng(1).integers(0, 256, (200, 8, 8)).astype(np.uint8)
LABELS = np.arange(200) % 4
FLAT = LatentSpace(2)
VALUES = {"size": "36"}


def scene(space=FLAT, codes=CODES, images=IMAGES):
    look = Look(1, 1, codes, IMAGES[:1], lambda z: z)
    return Scene(space, LABELS[: len(codes)], tuple("abcd"), images, look)


def view(half, x=0.0, y=0.0, plane=None, space=FLAT):
    plane = plane or dimension_plane(space.size, 0, min(1, space.size - 1))
    handle = np.zeros(space.size, dtype=np.float32)
    return View(space, plane, x - half, x + half, y - half, y + half, 400, 400, handle)


PLANE = dimension_plane(2, 0, 1)


def test_from_afar_there_are_points_and_from_near_pictures():
    layer = Thumbnails()
    assert layer.compute(scene(), view(40), Marks(), VALUES) is None
    assert isinstance(layer.compute(scene(), view(0.5), Marks(), VALUES), Pictures)


@pytest.mark.parametrize("half", [2.0, 1.0, 0.3])
def test_pictures_never_overlap(half):
    made = Thumbnails().compute(scene(), view(half), Marks(), VALUES)
    corners = made._corners(PixelMap(ViewWindow(0, 0, half, half), 400, 400))
    apart = np.abs(corners[:, None] - corners[None]).max(axis=2) + 1e9 * np.eye(len(corners))
    assert apart.min() >= 36


def test_a_pan_keeps_every_picture_that_is_still_seen():
    layer, moment = Thumbnails(), scene()
    before = layer.compute(moment, view(0.5, plane=PLANE), Marks(), VALUES)
    assert layer.compute(moment, view(0.5, x=0.1, plane=PLANE), Marks(), VALUES) is before  # there already
    after = layer.compute(moment, view(0.5, x=0.9, plane=PLANE), Marks(), VALUES)
    both_see = (np.abs(CODES[:, 0] - 0.45) < 0.5) & (np.abs(CODES[:, 1]) < 0.4)
    seen = set(np.flatnonzero(both_see).tolist())
    assert seen & set(before.indices.tolist()) == seen & set(after.indices.tolist())


def test_hidden_classes_make_room_for_others():
    layer, moment = Thumbnails(), scene()
    everything = layer.compute(moment, view(0.5, plane=PLANE), Marks(), VALUES)
    made = layer.compute(moment, view(0.5, plane=PLANE), Marks(hidden=frozenset({0})), VALUES)
    assert not (LABELS[made.indices] == 0).any()
    assert set(everything.indices[LABELS[everything.indices] != 0].tolist()) != set(made.indices.tolist())


def test_where_no_point_is_near_there_are_no_pictures():
    assert Thumbnails().compute(scene(), view(0.5), Marks(hidden=frozenset(range(4))), VALUES) is None
    assert Thumbnails().compute(scene(), view(0.5, x=1000.0), Marks(), VALUES) is None


def test_a_new_look_is_placed_anew():
    layer = Thumbnails()
    layer.compute(scene(), view(0.5, plane=PLANE), Marks(), VALUES)
    made = layer.compute(scene(codes=CODES + 0.25), view(0.5, plane=PLANE), Marks(), VALUES)
    assert np.array_equal(made.points, (CODES + 0.25)[made.indices])


def test_each_picture_is_its_image_in_a_frame_of_its_class(qapp):
    made = Thumbnails().compute(scene(), view(0.5), Marks(), VALUES)
    pixel_map = PixelMap(ViewWindow(0, 0, 0.5, 0.5), 400, 400)
    at = int(np.abs(made.points).max(axis=1).argmin())
    x, y = made._corners(pixel_map)[at].astype(int)
    assert made.index_at(pixel_map, x + 1, y + 1) == made.indices[at]
    for theme in (DARK, LIGHT):
        image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        made.paint(painter, pixel_map, theme)
        painter.end()
        assert image.pixelColor(int(x), int(y)).name() == class_colours(theme, 4)[LABELS[made.indices[at]]]
        shades = [image.pixelColor(int(x) + BORDER + 4 * c + 2, int(y) + BORDER + 2).lightnessF() for c in range(8)]
        ink = IMAGES[made.indices[at], 0] / 255
        assert np.corrcoef(shades, ink if theme is DARK else -ink)[0, 1] > 0.99


def test_pictures_that_are_not_selected_are_pale(qapp):
    layer, moment, pixel_map = Thumbnails(), scene(), PixelMap(ViewWindow(0, 0, 0.5, 0.5), 400, 400)
    every = layer.compute(moment, view(0.5, plane=PLANE), Marks(), VALUES)
    at = int(np.abs(every.points).max(axis=1).argmin())
    middle = int(every.indices[at])
    others = tuple(index for index in range(200) if index != middle)
    pale = layer.compute(moment, view(0.5, plane=PLANE), Marks(selected=others), VALUES)
    clear = layer.compute(moment, view(0.5, plane=PLANE), Marks(selected=(middle,)), VALUES)
    opacities = [opacity(made, pixel_map, at) for made in (every, clear, pale)]
    assert opacities[0] == opacities[1] == 255
    assert opacities[2] < 100
    assert layer.compute(moment, view(0.5, plane=PLANE), Marks(), VALUES) is every


def opacity(made, pixel_map, at):
    """Of the frame of one picture."""
    image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    made.paint(painter, pixel_map, DARK)
    painter.end()
    x, y = made._corners(pixel_map)[at].astype(int)
    return image.pixelColor(int(x), int(y)).alpha()


def test_colour_images_keep_their_colours_and_white_on_black_is_another_ink(qapp):
    images = np.zeros((200, 8, 8, 3), dtype=np.uint8) + np.array([200, 100, 50], dtype=np.uint8)
    pixel_map = PixelMap(ViewWindow(0, 0, 0.5, 0.5), 400, 400)
    made = Thumbnails().compute(scene(images=images), view(0.5), Marks(), VALUES)
    assert inner_colour(made, pixel_map, LIGHT) == "#c86432"
    grey = Thumbnails().compute(scene(images=0 * IMAGES), view(0.5), Marks(), VALUES)
    assert inner_colour(grey, pixel_map, LIGHT) == LIGHT.image_ground
    assert inner_colour(grey, pixel_map, white_on_black(LIGHT)) == "#000000"


def inner_colour(made, pixel_map, theme):
    """Of the middle of the picture that is nearest to the middle."""
    image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    made.paint(painter, pixel_map, theme)
    painter.end()
    at = pixel_map.to_pixels(made.points)[int(np.abs(made.points).max(axis=1).argmin())]
    return image.pixelColor(int(at[0]), int(at[1])).name()


def test_the_far_side_of_a_globe_has_no_pictures():
    space = LatentSpace(3, "sphere")
    codes = np.random.default_rng(0).normal(size=(60, 3))
    codes = (codes / np.linalg.norm(codes, axis=1, keepdims=True)).astype(np.float32)
    made = Thumbnails().compute(
        scene(space, codes, IMAGES[:60]), view(1.2, plane=Globe(), space=space), Marks(), {"size": "24"}
    )
    assert (codes[made.indices, 2] >= 0).all()


def test_codes_of_one_number_have_their_pictures_where_the_canvas_has_the_points():
    from ae_studio.latent.explorer import Explorer

    space = LatentSpace(1)
    explorer = Explorer(space, LABELS, tuple("abcd"))
    explorer.show(CODES[:, :1])
    made = Thumbnails().compute(scene(space, CODES[:, :1]), view(0.5, space=space), Marks(), VALUES)
    assert np.allclose(made.points, explorer.cloud().points[made.indices])


def test_where_there_are_no_images_there_is_a_reason():
    layer = Thumbnails()
    assert layer.why_not(scene(images=None))
    assert "codebook" in layer.why_not(scene(LatentSpace(2, "codebook")))
    assert layer.why_not(scene()) == ""


def test_images_are_made_larger_and_smaller_by_what_each_pixel_covers():
    image = np.array([[[0, 100], [200, 40]]], dtype=np.uint8)
    assert resized(image, 4)[0].tolist() == [[0, 0, 100, 100]] * 2 + [[200, 200, 40, 40]] * 2
    assert resized(image, 1)[0].tolist() == [[85]]
    assert resized(image, 3)[0, 1].tolist() == [100, 85, 70]
    wide = np.zeros((2, 4, 8, 3), dtype=np.uint8)
    assert resized(wide, 32).shape == (2, 16, 32, 3)


def test_where_no_point_is_seen_nothing_is_painted_and_nothing_breaks(qapp):
    nothing = np.zeros(0, dtype=np.int64)
    made = Pictures(np.zeros((0, 2), np.float32), np.zeros((0, 8, 8), np.uint8), nothing, 4, nothing, nothing == 0)
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    made.paint(painter, PixelMap(ViewWindow(), 40, 40), DARK)
    painter.end()
    assert image.pixelColor(20, 20).alpha() == 0
