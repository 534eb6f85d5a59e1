import numpy as np
import pytest

from ae_studio.events import LatentSpace, Prior
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.layers.prior import Prior as PriorLayer
from ae_studio.latent.plane import LatentPlane
from tests.gui.layers.seen import STANDARD, codes_of, painted, scene_of, view_of


def prior(scene, **view):
    return PriorLayer().compute(scene, view_of(scene, **view), Marks(), {})


def test_the_circles_lie_about_zero_wherever_the_plane_begins(qapp):
    plane = LatentPlane(np.array([1, -1], dtype=np.float32), np.eye(2, dtype=np.float32), ("", ""))
    drawing = prior(scene_of(prior=STANDARD), plane=plane)
    row = np.flatnonzero(painted(drawing)[150, :, 3])  # at y = 1, the middle's height: they cross it at -1 +- 1, 2, 3
    for x in (-4 + 0.02, -3, -2, 0, 1, 2):
        assert np.abs(row - (200 + 50 * x)).min() <= 4  # a gap of the dashes


def test_the_circles_have_the_width_of_the_prior(qapp):
    (ring, *_) = prior(scene_of(prior=Prior(0.5))).rings
    assert np.hypot(*ring.lines[0].T) == pytest.approx(0.5, rel=1e-5)


def test_every_ring_has_its_word(qapp):
    assert painted(prior(scene_of(prior=STANDARD)), legend=True)[..., 3].any()


def test_a_prior_of_another_form_is_seen_by_what_is_drawn_from_it(qapp):
    def square(count, seed):
        return np.random.default_rng(seed).uniform(-1, 1, (count, 2)).astype(np.float32)

    _, most = prior(scene_of(prior=Prior(None), sampler=square)).rings
    assert most.label == "95 %"
    assert np.abs(max(most.lines, key=len)).max() == pytest.approx(1.0, abs=0.1)


def test_of_one_number_there_are_marks(qapp):
    alpha = painted(prior(scene_of(codes_of(dim=1), prior=STANDARD)))[100:, :, 3]  # below the words
    columns = np.flatnonzero(alpha.any(axis=0))
    for x in (-3, -2, -1, 1, 2, 3):
        assert np.abs(columns - (200 + 50 * x)).min() <= 1
    assert not alpha[:, 195:206].any()


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        ({"prior": None}, "learns no prior"),
        ({"prior": Prior(None), "space": LatentSpace(2, "sphere")}, "all over the sphere"),
        ({"prior": STANDARD, "space": LatentSpace(2, "codebook")}, "codebook"),
    ],
)
def test_where_there_is_nothing_to_draw_there_is_a_reason(scene, words):
    assert words in PriorLayer().why_not(scene_of(**scene))


def test_a_normal_prior_is_possible():
    assert not PriorLayer().why_not(scene_of(prior=STANDARD))
