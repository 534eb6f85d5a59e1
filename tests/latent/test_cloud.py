import numpy as np

from ae_studio.events import USAGE_LEVELS, Codebook
from ae_studio.latent.cloud import usage_levels


def test_entries_are_rare_below_half_of_an_even_share_and_often_above_twice():
    usage = np.array([0, 0.124, 0.126, 0.25, 0.499, 0.501], np.float32) * 4 / 6  # an even share is 1 / 6
    levels = usage_levels(Codebook(np.zeros((6, 2), np.float32), usage))
    assert [USAGE_LEVELS[level] for level in levels] == ["unused", "rare", "usual", "usual", "usual", "often"]
