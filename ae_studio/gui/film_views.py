"""A film as it is shown: a strip of frames, and a path on the canvas."""

from __future__ import annotations

from typing import Any

import numpy as np

from ae_studio.events import Codes
from ae_studio.gui.film_strip import Frames
from ae_studio.gui.path_drawing import PathDrawing
from ae_studio.latent.film import Film, grade
from ae_studio.latent.globe import Globe
from ae_studio.latent.scene import Scene
from ae_studio.latent.view import View


def frames_of(scene: Scene, film: Film) -> Frames:
    """With real images beside them where those are known."""
    nearest = scene.images[film.nearest] if scene.images is not None and (film.nearest >= 0).all() else None
    shares = film.near.share if film.near is not None else np.zeros(len(film.codes))
    grades = tuple(grade(share) for share in shares.tolist())
    return Frames(film.images, nearest, shares, grades, tuple(_hint(scene, film, n) for n in range(len(film.codes))))


def _hint(scene: Scene, film: Film, index: int) -> str:
    """All of one frame in words."""
    lines = [f"Frame {index + 1} of {len(film.codes)}"]
    if film.near is not None:
        lines.append(film.near.words(index).capitalize())
    if film.nearest[index] >= 0:
        number = int(film.nearest[index])
        lines.append(f"Nearest: image no. {number + 1}, {scene.class_of(number)}")
    return "\n".join(lines)


def drawing_of(view: View, film: Film) -> PathDrawing:
    """On the plane that is seen."""
    line, dots = view.project(film.line), view.project(film.codes)
    return PathDrawing(line, dots, _behind(view, film.line), _behind(view, film.codes))


def _behind(view: View, codes: Codes) -> Any:
    return view.plane.behind(codes) if isinstance(view.plane, Globe) else np.zeros(len(codes), dtype=np.bool_)
