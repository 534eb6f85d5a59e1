import numpy as np
import pytest
import torch
from scipy.linalg import sqrtm

from ae_studio.latent.measures.metric import Undefined
from ae_studio.latent.measures.samples import METRICS, frechet_distance, share_inside, total_variation

FIND = {metric.about.name: metric.measure for metric in METRICS}


@pytest.fixture
def features():
    torch.manual_seed(0)
    return torch.randn(300, 6) @ torch.randn(6, 6)


def test_the_frechet_distance_of_a_set_from_itself_is_nothing(features):
    assert frechet_distance(features, features) == pytest.approx(0, abs=1e-6)


def test_of_a_shifted_set_it_is_the_squared_shift(features):
    shift = torch.tensor([3.0, 0, 0, -4.0, 0, 0])
    assert frechet_distance(features, features + shift) == pytest.approx(25, rel=1e-5)


def test_it_is_the_formula_with_scipys_root(features):
    other = torch.randn(200, 6) * 2 + 1
    a, b = features.double().numpy(), other.double().numpy()
    cov_a, cov_b = np.cov(a.T), np.cov(b.T)
    expected = np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(cov_a + cov_b - 2 * sqrtm(cov_a @ cov_b).real)
    assert frechet_distance(features, other) == pytest.approx(expected, rel=1e-6)


def test_features_that_never_move_break_nothing(features):
    still = torch.cat([features, torch.zeros(300, 2)], dim=1)
    assert frechet_distance(still, still) == pytest.approx(0, abs=1e-6)


def test_points_are_inside_by_the_definition(features):
    points = features[:50] * 1.5
    radii = [sorted((centre - other).norm() for other in features)[3] for centre in features]
    inside = sum(
        any((point - centre).norm() <= radius for centre, radius in zip(features, radii, strict=True))
        for point in points
    )
    assert 0 < inside < 50
    assert share_inside(points, features) == pytest.approx(inside / 50)


def test_a_set_lies_inside_itself_and_far_outside_another(features):
    assert share_inside(features, features) == 1
    assert share_inside(features + 1000, features) == 0


def test_a_generator_of_one_mode_is_precise_but_recalls_half():
    torch.manual_seed(0)
    left, right = torch.randn(200, 2), torch.randn(200, 2) + 100
    real, made = torch.cat([left, right]), left + 0.01
    assert share_inside(made, real) > 0.99
    assert share_inside(real, made) == pytest.approx(0.5, abs=0.05)


def test_classes_are_compared_by_what_would_have_to_be_moved():
    assert total_variation(torch.tensor([0.5, 0.5, 0]), torch.tensor([0.5, 0.2, 0.3])) == pytest.approx(0.3)


def test_real_images_for_samples_are_as_good_as_it_gets(subject):
    made = subject()
    learned, _ = made.images.taken(made.images.train_sample[: len(made.images.sample)])
    made.samples = learned
    found = FIND["frechet_cnn"](made)
    assert found.value == pytest.approx(found.parts["training images themselves"])
    assert FIND["precision"](made).value > 0.9
    assert FIND["recall"](made).value > 0.7
    assert FIND["sample_classes"](made).value < 0.1
    made = subject()  # a decoder that has learned nothing
    assert FIND["frechet_cnn"](made).value > 20 * found.value
    assert FIND["sample_classes"](made).value > 0.5


def test_without_classes_there_is_no_classifier(subject):
    for find in FIND.values():
        with pytest.raises(Undefined, match="one class"):
            find(subject(one_class=True))
