"""The nearest code that a model knows what to do with. Knows neither torch nor Qt."""

from __future__ import annotations

import numpy as np

from ae_studio.events import Codes, LatentSpace

INSIDE = 0.999  # of a ball's radius: at its edge distances are infinite


def nearest_valid(space: LatentSpace, code: Codes) -> Codes:
    """The code (size,) itself, put back onto the sphere, into the ball, or between the options of its switches."""
    if space.kind == "sphere":
        length = float(np.linalg.norm(code[: space.dim]))
        code = code / length if length > 1e-9 else _pole(space)
    elif space.kind == "ball":
        length = float(np.linalg.norm(code[: space.dim]))
        code = code * np.float32(min(1.0, INSIDE * space.radius / max(length, 1e-9)))
    return _on_switches(space, code) if space.switches else code.astype(np.float32)


def _pole(space: LatentSpace) -> Codes:
    """What stands for the middle of a sphere, which has none: the end of its last axis."""
    return np.eye(space.dim, dtype=np.float32)[-1]


def _on_switches(space: LatentSpace, code: Codes) -> Codes:
    """Every switch's numbers as probabilities: none below 0, 1 in all."""
    code = code.astype(np.float32)
    for part in switch_parts(space):
        weights = np.clip(code[part], 0, None)
        total = weights.sum()
        code[part] = weights / total if total > 0 else np.eye(len(weights), dtype=np.float32)[0]
    return code


def switch_parts(space: LatentSpace) -> list[slice]:
    """Where each switch's numbers stand in a code."""
    start = space.dim * space.slots
    parts = []
    for switch in space.switches:
        parts.append(slice(start, start + len(switch.options)))
        start += len(switch.options)
    return parts
