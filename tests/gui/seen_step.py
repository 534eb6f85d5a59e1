"""A training step from the inside that never happened: what the tests of slow motion share."""

from dataclasses import replace

import numpy as np

from ae_studio.events import LayerStep, StepSeen

CODES = np.array([[-1, 0], [1, 0.5], [0, -1]], dtype=np.float32)
SPREAD = np.array([[0.5, 0.25], [0.1, 0.2], [1, 1]], dtype=np.float32)
NOISE = np.array([[1, -1], [2, 0], [0.5, 0.5]], dtype=np.float32)


def seen_step(**changes):
    images = np.arange(3 * 8 * 8, dtype=np.uint8).reshape(3, 8, 8)
    step = StepSeen(
        epoch=2,
        step=41,
        images=images,
        labels=np.array([0, 1, 2]),
        batch_size=32,
        codes=CODES,
        spread=SPREAD,
        samples=CODES + SPREAD * NOISE,
        decoded=images // 2,
        noise="posterior",
        terms={"loss": 32.0, "reconstruction": 20.0, "kl": 3.0, "sigma": 0.2},
        weights={"reconstruction": 1.0, "kl": 4.0},
        gradient=5.0,
        clip=1.0,
        learning_rate=1e-3,
        layers=(
            LayerStep("encoder 1", 100, 3.0, 10.0, 0.01),
            LayerStep("decoder 1", 50, 4.0, 5.0, 0.02),
        ),
    )
    return replace(step, **changes)


def deterministic(**changes):
    """Of a model that decodes the codes themselves."""
    return seen_step(**{"spread": None, "samples": CODES, "noise": "none"} | changes)
