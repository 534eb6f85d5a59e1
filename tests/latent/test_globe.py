import numpy as np
import pytest

from ae_studio.latent.globe import Globe, circle


@pytest.fixture
def codes():
    made = np.random.default_rng(0).standard_normal((50, 3))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def globe():
    return Globe().turned(0.4, -0.7)


def test_a_point_of_the_front_is_lifted_to_the_code_it_shows(globe, codes):
    for code in codes[~globe.behind(codes)]:
        np.testing.assert_allclose(globe.lift(*globe.project(code[None])[0], code), code, atol=1e-5)


def test_beside_the_globe_the_hand_is_on_its_rim(globe, codes):
    code = globe.lift(3, 4, codes[0])
    np.testing.assert_allclose(globe.project(code[None]), [[0.6, 0.8]], atol=1e-6)


def test_a_globe_rolls_the_way_the_hand_goes():
    front = np.array([[0, 0, 1]], dtype=np.float32)
    assert Globe().turned(0.1, 0).project(front)[0, 0] == pytest.approx(np.sin(0.1), rel=1e-5)
    assert Globe().turned(0, 0.1).project(front)[0, 1] == pytest.approx(np.sin(0.1), rel=1e-5)


def test_after_a_thousand_turns_it_is_still_a_rotation(globe):
    for step in range(1000):
        globe = globe.turned(0.1, 0.01 * step)
    np.testing.assert_allclose(globe.axes @ globe.axes.T, np.eye(3), atol=1e-5)
    assert np.linalg.det(globe.axes) == pytest.approx(1, abs=1e-5)


def test_a_code_can_be_brought_to_the_front(globe, codes):
    for code in codes:
        turned = globe.towards(code)
        np.testing.assert_allclose(turned.project(code[None]), [[0, 0]], atol=1e-5)
        assert not turned.behind(code[None])[0]


def test_the_outline_is_the_rim_and_lines_of_the_front(globe):
    rim, *lines = globe.outline()
    np.testing.assert_allclose(np.linalg.norm(rim, axis=1), 1, atol=1e-6)
    assert len(lines) > 10
    assert all(np.linalg.norm(line, axis=1).max() <= 1 + 1e-5 for line in lines)


def test_a_circle_has_its_radius():
    (line,) = circle(3.0)
    np.testing.assert_allclose(np.linalg.norm(line, axis=1), 3, rtol=1e-6)
