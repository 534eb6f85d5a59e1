import numpy as np
import pytest

from ae_studio.latent.spaced import Spacing, spaced


def cloud(count=600, seed=0):
    return np.random.default_rng(seed).normal(size=(count, 2)).astype(np.float32)


def gaps(points):
    apart = np.abs(points[:, None].astype(np.float64) - points[None]).max(axis=2)
    return apart + np.where(np.eye(len(points), dtype=bool), np.inf, 0)


@pytest.mark.parametrize("spacing", [0.05, 0.3, 2.0])
def test_chosen_squares_never_overlap_and_none_that_had_room_is_left_out(spacing):
    points = cloud()
    chosen = spaced(points, spacing, np.arange(600))
    assert gaps(points[chosen]).min() >= spacing
    apart = np.abs(points[:, None] - points[chosen][None]).max(axis=2).min(axis=1)
    assert (apart < spacing).all()  # every point is chosen, or has a chosen one too near


def test_the_first_in_the_order_is_chosen_first():
    points = np.array([[0, 0], [0.5, 0], [1, 0]], dtype=np.float32)
    assert spaced(points, 0.8, np.array([0, 1, 2])).tolist() == [0, 2]
    assert spaced(points, 0.8, np.array([1, 0, 2])).tolist() == [1]


def test_coming_nearer_only_adds_pictures():
    points = cloud()
    spacing = Spacing(points, np.arange(600))
    before: set[int] = set()
    for wished in 3.0 * 0.8 ** np.arange(40):
        chosen = spacing.chosen(float(wished))
        assert before <= set(chosen.tolist())
        if len(chosen) > 1:
            assert gaps(points[chosen]).min() >= wished
        before = set(chosen.tolist())
    assert len(before) > 500


def test_the_choice_is_the_same_in_whatever_order_the_zooms_are_seen():
    points = cloud()
    one, other = Spacing(points, np.arange(600)), Spacing(points, np.arange(600))
    one.chosen(1.0)
    assert one.chosen(0.1).tolist() == other.chosen(0.1).tolist()
    assert one.chosen(1.0).tolist() == other.chosen(1.0).tolist()


def test_points_at_one_place_and_no_points_at_all_are_no_matter():
    assert len(Spacing(np.ones((5, 2), dtype=np.float32), np.arange(5)).chosen(0.01)) == 1
    assert len(Spacing(np.zeros((0, 2), dtype=np.float32), np.arange(0)).chosen(0.1)) == 0


def test_how_many_have_room_at_most_is_known_without_choosing():
    points = cloud()
    for wished in 3.0 * 0.8 ** np.arange(40):
        fresh = Spacing(points, np.arange(600))
        most = fresh.most(float(wished))
        assert len(fresh.chosen(float(wished))) <= most <= 600
    assert Spacing(points, np.arange(600)).most(100.0) <= 4, "one on either side of zero"
    assert Spacing(points[:0], np.arange(0)).most(1.0) == 0
