"""The canvas's layers, in the order in which they are painted: a line each."""

from __future__ import annotations

from ae_studio.gui.layers.built_in import Gliding, Grid, Points
from ae_studio.gui.layers.code_paths import MovesLayer, PathsLayer
from ae_studio.gui.layers.density import DensityLayer
from ae_studio.gui.layers.distortion import Distortion
from ae_studio.gui.layers.drawing import DrawnCode
from ae_studio.gui.layers.ellipses import ClassEllipses, PosteriorEllipses
from ae_studio.gui.layers.indicatrices import IndicatricesLayer
from ae_studio.gui.layers.lattice import LatticeLayer
from ae_studio.gui.layers.layer import Layer
from ae_studio.gui.layers.prior import Prior
from ae_studio.gui.layers.thumbnails import Thumbnails

LAYERS: tuple[Layer, ...] = (
    Grid(),
    LatticeLayer(),
    DensityLayer(),
    Distortion(),
    IndicatricesLayer(),
    Prior(),
    ClassEllipses(),
    MovesLayer(),
    Points(),
    PathsLayer(),
    Thumbnails(),
    PosteriorEllipses(),
    DrawnCode(),
    Gliding(),
)

BY_KEY = {layer.key: layer for layer in LAYERS}


class Preset:
    """Which layers are on, with a name for it. ``hint`` says what the picture is then good for."""

    def __init__(self, title: str, hint: str, *keys: str) -> None:
        self.title, self.hint, self.keys = title, hint, frozenset(keys)


PRESETS: dict[str, Preset] = {
    "points": Preset("Just points", "The codes of real images, and nothing else", "grid", "points", "gliding"),
    "map": Preset(
        "Map of digits",
        "What the model makes of every place, faded where no data is",
        "lattice",
        "points",
        "drawing",
        "gliding",
    ),
    "honest": Preset(
        "Honest",
        "Only what follows from the data: nothing that the decoder invents, no point where no code ever was",
        "grid",
        "points",
        "thumbnails",
        "density",
        "posterior_ellipses",
        "drawing",
    ),
}
