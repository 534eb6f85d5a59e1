"""What a layer says of itself holds: what makes its drawing old, and that it draws of nothing else."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from ae_studio.events import Encoded, LatentSpace, Look, Prior
from ae_studio.gui.layers.catalog import LAYERS
from ae_studio.gui.layers.layer import Layer, Marks
from ae_studio.gui.theme import DARK
from ae_studio.latent.code_paths import CodePaths
from ae_studio.latent.scene import Scene
from tests.gui.layers.seen import PIXEL_MAP, SIZE, codes_of, view_of

pytestmark = pytest.mark.usefixtures("qapp")

COUNT = 60
CODES = codes_of(COUNT, 3, seed=1)
DRAWN = [layer for layer in LAYERS if type(layer).compute is not Layer.compute]
MARKS = Marks(selected=(1, 2, 3), focus=7)
CHANGES = {
    "selection": (view_of, Marks(selected=(4, 5, 6, 8, 9), focus=7)),
    "focus": (view_of, Marks(selected=(1, 2, 3), focus=20)),
    "hidden": (view_of, Marks(selected=(1, 2, 3), focus=7, hidden=frozenset({1}))),
    "base": (lambda scene: view_of(scene, handle=np.array([0, 0, 2], np.float32)), MARKS),  # the third is off the plane
    "handle": (lambda scene: view_of(scene, handle=np.array([1, -1, 0], np.float32)), MARKS),
}


def decode(codes):
    shades = np.clip(128 + 40 * codes.sum(axis=1), 0, 255).astype(np.uint8)
    return np.repeat(shades, 64).reshape(-1, 8, 8)


def derivatives(codes, along):
    """Of (x, y, z) to (e^x, y e^z)."""
    x, y, z = codes.T
    jacobians = np.zeros((len(codes), 2, 3))
    jacobians[:, 0, 0], jacobians[:, 1, 1], jacobians[:, 1, 2] = np.exp(x), np.exp(z), y * np.exp(z)
    return codes[:, :2], np.einsum("npd,nkd->npk", jacobians, along)


@pytest.fixture
def scene():
    """All that a layer can want."""
    look = Look(
        1,
        1,
        CODES,
        decode(CODES[:4]),
        decode,
        sampler=lambda count, seed: np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32),
        encoder=lambda images, labels: Encoded(np.zeros((len(images), 3), np.float32)),
        derivatives=derivatives,
        spread=np.full((COUNT, 3), 0.3, np.float32),
        prior=Prior(1.0),
    )
    paths = CodePaths({epoch: CODES * np.float32(epoch + 1) for epoch in (0, 1)}, (0, 1))
    return Scene(LatentSpace(3), np.arange(COUNT) % 3, ("a", "b", "c"), decode(CODES), look, paths=paths)


def usual(layer):
    return {option.name: option.default for option in layer.options}


def picture(drawing):
    """Every pixel; empty where nothing is drawn."""
    if drawing is None:
        return b""
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    drawing.paint(painter, PIXEL_MAP, DARK)
    painter.end()
    return bytes(image.constBits())


def made(layer, scene, view, marks):
    return picture(type(layer)().compute(scene, view, marks, usual(layer)))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("layer", DRAWN, ids=lambda layer: layer.key)
def test_what_changes_a_drawing_is_what_its_layer_follows(layer, change, scene):
    """Else what is seen would stay as it was before."""
    assert not layer.why_not(scene)
    view, marks = CHANGES[change]
    before, after = made(layer, scene, view_of(scene), MARKS), made(layer, scene, view(scene), marks)
    told = {change, "handle"} if change == "base" else {change}  # the handle moves off the plane too
    assert before == after or told & layer.follows


@pytest.mark.parametrize("layer", DRAWN, ids=lambda layer: layer.key)
def test_the_same_is_drawn_of_the_same(layer, scene):
    """A drawing that is made anew does not flicker."""
    assert made(layer, scene, view_of(scene), MARKS) == made(layer, scene, view_of(scene), MARKS)


def test_most_layers_can_be_drawn_of_such_a_scene(scene):
    empty = {layer.key for layer in DRAWN if not made(layer, scene, view_of(scene), MARKS)}
    assert len(empty) < len(DRAWN) / 3, empty


def test_what_is_not_marked_otherwise_is_the_same_to_a_layer():
    assert Marks((1, 2), 3) == Marks((1, 2), 3, frozenset())
    assert Marks((1, 2), 3) != Marks((2, 1), 3)
