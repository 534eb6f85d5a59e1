import numpy as np
import pytest

from benchmarks.drawing import PAD, nearest_distances, penned


def test_a_pen_leaves_all_ink_or_none_with_smooth_edges():
    image = np.zeros((28, 28), dtype=np.uint8)
    image[4:24, 12:15] = 255
    ink = penned(image)
    assert ink.shape == (PAD, PAD)
    assert ((ink == 0) | (ink == 1)).mean() > 0.98
    assert ink.sum() == pytest.approx(200 * 30, rel=0.02)


def test_the_nearest_other_code_is_found():
    codes = np.array([[0, 0], [3, 4], [3, 5]], dtype=np.float32)
    np.testing.assert_allclose(nearest_distances(codes), [5, 1, 1])
