import numpy as np

from ae_studio.events import LatentSpace
from ae_studio.latent.explorer import PCA, Explorer


def explorer(latent_dim: int) -> Explorer:
    rng = np.random.default_rng(0)
    made = Explorer(LatentSpace(latent_dim), rng.integers(0, 3, 50))
    made.show(rng.standard_normal((50, latent_dim)).astype(np.float32))
    return made


def test_the_handle_keeps_its_full_code_when_the_plane_changes():
    made = explorer(5)
    made.handle = np.arange(5, dtype=np.float32)
    made.choose((3, 1))
    assert made.handle_position() == (3.0, 1.0)
    made.choose(PCA)
    np.testing.assert_array_equal(made.handle, np.arange(5))


def test_dragging_on_two_dimensions_leaves_the_others_alone():
    made = explorer(5)
    made.handle = np.arange(5, dtype=np.float32)
    made.choose((0, 4))
    np.testing.assert_allclose(made.code_at(-1, -2), [-1, 1, 2, 3, -2])


def test_codes_of_one_number_are_spread_by_class():
    points = explorer(1).positions()
    assert points.shape == (50, 2)
    assert len(np.unique(points[:, 1])) == 3


def test_the_nearest_code_is_found():
    made = explorer(4)
    index, distance = made.nearest(made.codes[17])
    assert (index, distance) == (17, 0.0)


def test_before_any_look_there_is_nothing_near():
    assert Explorer(LatentSpace(2), np.zeros(0, dtype=np.int64)).nearest(np.zeros(2, dtype=np.float32)) is None
