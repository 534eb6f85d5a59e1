import numpy as np
import pytest

from ae_studio.runs.compared_images import same_images, sample_size
from ae_studio.runs.record import RunError
from tests.gui.compared_runs import COUNT, IMAGES, compared


def test_every_run_makes_the_same_images_of_the_first():
    runs = (compared("a", shift=1), compared("b", shift=30, images=255 - IMAGES))  # its own sample is another
    shown = same_images(runs, [5, 2])
    assert shown.indices.tolist() == [5, 2]
    assert shown.labels.tolist() == [1, 0]
    np.testing.assert_array_equal(shown.originals, IMAGES[[5, 2]])
    np.testing.assert_array_equal(shown.decoded[0], IMAGES[[5, 2]] + 1)
    np.testing.assert_array_equal(shown.decoded[1], IMAGES[[5, 2]] + 30)
    np.testing.assert_allclose(shown.errors, np.array([[1, 1], [30, 30]]) ** 2 / 255**2, rtol=1e-5)
    np.testing.assert_allclose(shown.differences, (29 / 255) ** 2, rtol=1e-5)


def test_of_more_runs_the_two_most_different_count():
    shown = same_images([compared(shift=shift) for shift in (0, 5, 2)], [0])
    np.testing.assert_allclose(shown.differences, (5 / 255) ** 2, rtol=1e-5)
    assert same_images([compared()], [0, 1]).differences.tolist() == [0, 0]


def test_images_of_another_size_are_said_and_keep_no_other_run_away():
    shown = same_images((compared("a"), compared("b", images=np.zeros((COUNT, 6, 5, 3), np.uint8))), [0])
    assert shown.decoded[1] is None
    assert shown.reasons == ("", "learned from images of 6 × 5, colour, these have 4 × 4, grey")
    assert np.isnan(shown.errors[1]).all()


def test_a_model_that_may_not_run_is_said():
    assert same_images((compared("a"), compared("b", encoder=False)), [0]).reasons[1] == "cannot encode images"


def test_a_first_run_without_images_is_an_error_in_words():
    runs = (compared("old", kept_images=False), compared("b"))
    with pytest.raises(RunError, match="old was kept without images: put another run first"):
        same_images(runs, [0])
    with pytest.raises(RunError):
        sample_size(())
