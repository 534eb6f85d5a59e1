"""The layers that the canvas sees to itself."""

from __future__ import annotations

from ae_studio.gui.layers.layer import Layer


class Grid(Layer):
    key = "grid"
    title = "Grid"
    hint = "Lines at round numbers of the code"
    on_at_first = True


class Points(Layer):
    key = "points"
    title = "Points"
    hint = "The codes of the fixed sample's images, coloured by class"
    on_at_first = True


class Gliding(Layer):
    key = "gliding"
    title = "Gliding points"
    hint = "Points glide from look to look, so that the eye can follow; on their way they are where no code ever was"
    on_at_first = True
