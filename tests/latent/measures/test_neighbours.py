import pytest
import torch
from sklearn.manifold import trustworthiness as sklearn_trustworthiness

from ae_studio.latent.measured import Options
from ae_studio.latent.measures.distances import euclidean, ranks
from ae_studio.latent.measures.metric import Undefined
from ae_studio.latent.measures.neighbours import (
    METRICS,
    continuity,
    density_kl,
    mrre_data,
    mrre_latent,
    stress,
    trustworthiness,
)

FIND = {metric.about.name: metric.measure for metric in METRICS}


@pytest.fixture
def spaces():
    """30 points and what a bad projection makes of them."""
    torch.manual_seed(0)
    x = torch.randn(30, 5)
    return x, x[:, :2] + 0.3 * torch.randn(30, 2)


def brute_ranks(points):
    """By the definition: position in the list of the others, sorted by distance; itself 0."""
    found = []
    for i, here in enumerate(points):
        others = sorted((j for j in range(len(points)) if j != i), key=lambda j: float((points[j] - here).norm()))
        found.append({j: place for place, j in enumerate(others, 1)} | {i: 0})
    return found


def brute_false_neighbours(rx, rz, k):
    """The sum of (r_x - k) over those near in z and not near in x, over the largest that it can be."""
    n = len(rx)
    total = sum(rx[i][j] - k for i in range(n) for j in range(n) if i != j and rz[i][j] <= k and rx[i][j] > k)
    return 1 - 2 * total / (n * k * (2 * n - 3 * k - 1))


def brute_rank_error(ra, rb, k):
    n = len(ra)
    total = sum(abs(ra[i][j] - rb[i][j]) / ra[i][j] for i in range(n) for j in range(n) if 1 <= ra[i][j] <= k)
    return total / sum(n * abs(n - 2 * rank + 1) / rank for rank in range(1, k + 1))


@pytest.mark.parametrize("k", [1, 4, 14])
def test_a_space_is_perfect_beside_itself(spaces, k):
    same = ranks(euclidean(spaces[0]))
    assert trustworthiness(same, same, k) == continuity(same, same, k) == 1
    assert mrre_latent(same, same, k) == mrre_data(same, same, k) == 0


def test_distances_of_the_same_space_differ_in_nothing(spaces):
    same = euclidean(spaces[0])
    assert density_kl(same, same, 0.1) == density_kl(same, same, 0.01) == 0
    assert stress(same, same) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("k", [1, 4, 14])
def test_the_measures_are_those_of_their_definitions(spaces, k):
    rx, rz = (brute_ranks(points) for points in spaces)
    x, z = (ranks(euclidean(points)) for points in spaces)
    assert trustworthiness(x, z, k) == pytest.approx(brute_false_neighbours(rx, rz, k), rel=1e-6)
    assert continuity(x, z, k) == pytest.approx(brute_false_neighbours(rz, rx, k), rel=1e-6)
    assert mrre_latent(x, z, k) == pytest.approx(brute_rank_error(rz, rx, k), rel=1e-6)
    assert mrre_data(x, z, k) == pytest.approx(brute_rank_error(rx, rz, k), rel=1e-6)


@pytest.mark.parametrize("k", [1, 4, 14])
def test_trustworthiness_is_scikit_learns(spaces, k):
    x, z = spaces
    found = trustworthiness(ranks(euclidean(x)), ranks(euclidean(z)), k)
    assert found == pytest.approx(sklearn_trustworthiness(x.numpy(), z.numpy(), n_neighbors=k), rel=1e-6)


def test_the_worst_order_has_a_rank_error_of_one():
    """Each one's nearest are its farthest: the normalisation is that of this case."""
    n = 12
    forwards = torch.cat([torch.zeros(n, 1, dtype=torch.int64), torch.arange(1, n).expand(n, -1)], dim=1)
    backwards = torch.cat([torch.zeros(n, 1, dtype=torch.int64), torch.arange(n - 1, 0, -1).expand(n, -1)], dim=1)
    assert mrre_data(forwards, backwards, 5) == pytest.approx(
        sum(abs(n - 2 * k) / k for k in range(1, 6)) / sum(abs(n - 2 * k + 1) / k for k in range(1, 6))
    )


def test_density_is_kl_of_the_two_by_hand():
    dx = torch.tensor([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]])
    dz = torch.tensor([[0.0, 3.0, 1.0], [3.0, 0.0, 2.0], [1.0, 2.0, 0.0]])

    def density(distances):
        kernel = torch.exp(-((distances / distances.max()) ** 2) / 0.1).sum(1)
        return kernel / kernel.sum()

    p, q = density(dx), density(dz)
    assert density_kl(dx, dz, 0.1) == pytest.approx(float((p * (p / q).log()).sum()), rel=1e-5)


def test_stress_does_not_mind_the_scale_but_a_fold(spaces):
    x, _ = spaces
    assert stress(euclidean(x), euclidean(100 * x)) == pytest.approx(0, abs=1e-6)
    folded = x.clone()
    folded[:, 0] = folded[:, 0].abs()
    assert stress(euclidean(x), euclidean(folded)) > 0.05


def test_too_many_neighbours_are_refused_in_words(subject):
    with pytest.raises(Undefined, match="200 neighbours need more than 400 images, there are 359"):
        FIND["continuity"](subject(options=Options(neighbours=200)))


def test_codes_that_all_agree_have_no_neighbours(subject):
    dead = subject(model="linear")
    with torch.no_grad():
        dead.model.encoder.weight.zero_()
    with pytest.raises(Undefined, match="all codes agree"):
        FIND["trustworthiness"](dead)
    with pytest.raises(Undefined, match="all codes agree"):
        FIND["stress"](dead)
