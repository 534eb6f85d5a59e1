"""A hand and a laboratory with codes of three classes in ``dim`` dimensions, of which the last is not used."""

import numpy as np

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.hand import Hand
from ae_studio.gui.laboratory import Laboratory

COUNT = 60


def decoder(codes):
    """An image (2, 2) of the sum of the code's numbers."""
    values = np.clip(codes.sum(axis=1) * 20 + 120, 0, 255).astype(np.uint8)
    return np.repeat(values, 4).reshape(-1, 2, 2)


def look(dim=5, seed=0, **changes):
    rng = np.random.default_rng(seed)
    codes = (rng.standard_normal((COUNT, dim)) + np.arange(COUNT)[:, None] % 3).astype(np.float32)
    codes[:, -1] = 0.001 * codes[:, -1]
    kl = np.linspace(0.5, 2.5, dim).astype(np.float32)
    kl[-1] = 0
    values = {
        "spread": np.full((COUNT, dim), 0.5, np.float32),
        "kl": kl,
        "derivatives": lambda codes: None,
        **changes,
    }
    return Look(1, 10, codes, np.zeros((1, 2, 2), np.uint8), decoder, **values)


class World:
    """Both of them; ``show`` tells a look to the one after the other, as the window does."""

    def __init__(self, dim=5, **changes):
        self.hand = Hand()
        self.laboratory = Laboratory(self.hand)
        self.begin(changes.pop("space", LatentSpace(dim)))

    def begin(self, space):
        self.hand.begin(space, np.arange(COUNT) % 3, ("a", "b", "c"))
        self.laboratory.begin(None)

    def show(self, moment=None):
        moment = moment or look(self.hand.explorer.space.size)
        self.hand.show(moment)
        self.laboratory.show(moment)

    @property
    def handle(self):
        return self.hand.explorer.handle

    def end(self):
        self.laboratory.end()
        self.hand.end()
