import pytest
import torch

from ae_studio.latent.measures.matching import ITSELF, METRICS
from ae_studio.latent.measures.metric import Undefined

FIND = {metric.about.name: metric.measure for metric in METRICS}


@pytest.mark.parametrize("name", FIND)
def test_codes_from_the_prior_match_it_and_others_do_not(subject, name):
    made = subject(latent_dim=3)
    torch.manual_seed(1)
    made.drawn = torch.randn(359, 3)
    found = FIND[name](made)
    assert found.value < 0.01 if name == "mmd" else found.value < 2 * found.parts[ITSELF]
    made.drawn = torch.randn(359, 3) + 3
    far = FIND[name](made)
    assert far.value > 10 * abs(found.value)
    if name == "sliced_wasserstein":  # the shift's length over sqrt(d), seen along all directions
        assert far.value == pytest.approx(3, rel=0.1)


def test_what_is_compared_are_samples_of_the_posterior_not_its_means(subject):
    """With fresh weights all means are near 0, but every posterior is nearly the prior."""
    made = subject(latent_dim=3)
    assert FIND["mmd"](made).value < 0.01
    made.drawn = made.codes
    assert FIND["mmd"](made).value > 0.1


def test_a_model_without_a_prior_has_nothing_to_match(subject):
    with pytest.raises(Undefined, match="no prior"):
        FIND["mmd"](subject(model="deep"))
