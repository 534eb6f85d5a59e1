"""The layers that the canvas paints itself."""

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
