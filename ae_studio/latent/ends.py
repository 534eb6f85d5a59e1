"""Where a path begins and ends: a code, the middle of a class, or an image. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ae_studio.events import Codes
from ae_studio.latent.paths import centroid
from ae_studio.latent.scene import Scene


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """An image or the middle of a class goes where each look puts it; a code (d,) stays."""

    what: Literal["code", "class", "image"]
    number: int = 0
    code: Codes | None = None

    def in_scene(self, scene: Scene) -> Codes | None:
        """Its code (d,) at this moment; None where there is no such class or image, or the code is of another run."""
        if self.what == "class":
            return centroid(scene.space, scene.codes, scene.labels, self.number)
        if self.what == "image":
            return scene.codes[self.number] if 0 <= self.number < len(scene.codes) else None
        return self.code if self.code is not None and len(self.code) == scene.space.size else None


def first_ends(scene: Scene) -> tuple[End, End]:
    """The middles of the first two classes, or the first and the last image."""
    classes = np.unique(scene.labels[: len(scene.codes)])
    if len(classes) > 1:
        return End("class", int(classes[0])), End("class", int(classes[1]))
    return End("image", 0), End("image", max(0, len(scene.codes) - 1))
