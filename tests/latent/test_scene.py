import numpy as np
import pytest

from ae_studio.events import LatentSpace, Look
from ae_studio.latent.scene import Scene


def scene(kind="flat", images=None, **of_look):
    look = Look(1, 10, np.zeros((3, 2), dtype=np.float32), np.zeros((1, 8, 8), dtype=np.uint8), lambda z: z, **of_look)
    return Scene(LatentSpace(2, kind), np.array([0, 2, 1]), ("cat", "dog"), images, look)


def test_a_class_without_a_name_is_called_by_its_number():
    assert [scene().class_of(index) for index in range(3)] == ["cat", "2", "dog"]


@pytest.mark.parametrize("what", ["images", "encoder", "derivatives", "spread", "kl"])
def test_what_is_missing_is_explained_and_what_is_there_is_not(what):
    there = np.zeros((3, 2), dtype=np.float32)
    assert getattr(scene(), f"why_no_{what}")
    assert not getattr(scene(**{what: there}), f"why_no_{what}")


@pytest.mark.parametrize(
    ("kind", "words"), [("flat", ""), ("sphere", "sphere"), ("ball", "ball"), ("codebook", "codebook")]
)
def test_codes_that_do_not_lie_anywhere_are_named_by_their_place(kind, words):
    assert words in scene(kind).why_not_flat
    assert bool(words) == bool(scene(kind).why_not_flat)
