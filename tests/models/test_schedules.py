import pytest

from ae_studio.models.schedules import ramp


@pytest.mark.parametrize(("done", "expected"), [(0.0, 0.0), (2.5, 0.25), (10.0, 1.0), (99.0, 1.0)])
def test_a_ramp_goes_straight_from_zero_to_one_and_stays(done, expected):
    assert ramp(done, 10) == expected


def test_a_ramp_over_no_epochs_is_up_at_once():
    assert ramp(0.0, 0) == 1.0
