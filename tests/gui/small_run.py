"""A run of forty images, of which everything is known, without an engine: what the tests of selections share."""

from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from ae_studio.events import Encoded, LatentSpace, Look
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.undo import UndoStack

LABELS = np.arange(40) % 4
NAMES = ("ant", "bee", "cat", "dog")
GREYS = (np.arange(40) * 5).astype(np.uint8)  # image i is decoded to black: its error is (5 i / 255)^2
IMAGES = np.broadcast_to(GREYS[:, None, None], (40, 6, 6)).copy()
ERRORS = ((GREYS / 255.0) ** 2).astype(np.float32)
# Each class about a corner of a square.
CORNERS = np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]], dtype=np.float32)
CODES = CORNERS[LABELS] + np.random.default_rng(0).normal(0, 0.1, (40, 2)).astype(np.float32)


def look(codes=CODES, **changes):
    black = lambda z: np.zeros((len(z), 6, 6), dtype=np.uint8)  # noqa: E731
    encode = lambda images, labels: Encoded(np.zeros((len(images), codes.shape[1]), np.float32))  # noqa: E731
    return replace(Look(1, 10, codes, black(codes[:4]), black, encoder=encode), **changes)


class SmallRun:
    """The laboratory, the hand and the undo stack, with this run shown in them."""

    def __init__(self):
        self.hand = Hand()
        self.laboratory = Laboratory(self.hand)
        self.undo = UndoStack()

    def show(self, space=None, images=IMAGES, **changes):
        self.hand.begin(space or LatentSpace(2), LABELS, NAMES)
        self.laboratory.begin(images)
        self.show_look(look(**changes))

    def show_look(self, newer):
        self.hand.show(newer)
        self.laboratory.show(newer)

    @property
    def selected(self):
        return list(self.laboratory.marks.selected)


@contextmanager
def small_run(shown=True):
    run = SmallRun()
    if shown:
        run.show()
    try:
        yield run
    finally:
        run.laboratory.end()
        run.hand.end()
