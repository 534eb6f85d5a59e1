"""Runs that are compared, of which everything is known, without an engine: each decodes a code to its own numbers."""

from pathlib import Path

import numpy as np

from ae_studio.events import Encoded, LatentSpace, Look
from ae_studio.latent.scene import Scene
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.history import History
from ae_studio.runs.opening import Moment, OpenedRun
from ae_studio.training.defaults import default_config

LABELS = np.arange(40) % 4
NAMES = ("ant", "bee", "cat", "dog")
IMAGES = np.broadcast_to((np.arange(40) * 5).astype(np.uint8)[:, None, None], (40, 6, 6)).copy()
CORNERS = np.array([[-2, -1], [2, -1], [-2, 1], [2, 1]], dtype=np.float32)
CODES = CORNERS[LABELS] + np.random.default_rng(0).normal(0, 0.1, (40, 2)).astype(np.float32)
TURN = np.array([[0, 1], [-1, 0]], dtype=np.float32)
TURNED = (2 * CODES @ TURN + (5, 0)).astype(np.float32)
MIRRORED = (CODES * (1, -1)).astype(np.float32)


def decode(codes):
    """The numbers of a code as the first pixels, a tenth of a unit a grey level."""
    images = np.zeros((len(codes), 6, 6), dtype=np.uint8)
    images[:, 0, : codes.shape[1]] = np.clip(np.round(100 + 10 * codes), 0, 255)
    return images


def look(codes=CODES, decoder=decode, epoch=1):
    encode = lambda images, labels: Encoded(codes)  # noqa: E731
    return Look(epoch, 10, codes, IMAGES[:4], decoder, encoder=encode)


def scene(codes=CODES, images=IMAGES, space=None, decoder=decode):
    return Scene(space or LatentSpace(codes.shape[1]), LABELS, NAMES, images, look(codes, decoder))


def compared(
    codes=CODES, path="run", images=IMAGES, data="digits", space=None, decoder=decode, epochs=(0, 1), **config
):
    moment = Moment(look(codes, decoder, epochs[-1]), LABELS, IMAGES[:4])
    settings = default_config(data, config.pop("model", "vae")).model_copy(update=config)
    opened = OpenedRun(
        Path(path),
        settings,
        NAMES,
        space or LatentSpace(codes.shape[1]),
        tuple(epochs),
        History(),
        moment,
        "nats per image",
        ("finished", ""),
        (),
        images=images,
    )
    return ComparedRun(opened, moment, Path(path).name)
