import pytest

from ae_studio.models.catalog import MODELS

CODES = {"vq-vae": (2, 32), "categorical": (3, 30), "joint-vae": (2, 12), "hyperspherical": (3, 3), "poincare": (2, 2)}


@pytest.mark.parametrize(("name", "sizes"), CODES.items(), ids=CODES)
def test_a_code_has_the_numbers_of_its_make(name, sizes):
    latent_dim, size = sizes
    assert MODELS[name].settings().space(latent_dim, ()).size == size


def test_a_sphere_needs_two_dimensions():
    settings = MODELS["hyperspherical"].settings()
    assert "2" in settings.problem(1, ())
    assert settings.problem(2, ()) == ""


def test_a_balls_radius_follows_from_its_curvature():
    settings = MODELS["poincare"].settings
    assert settings(curvature=0.25).space(2, ()).radius == pytest.approx(2.0)
    assert settings().space(2, ()).radius == pytest.approx(0.7**-0.5)
