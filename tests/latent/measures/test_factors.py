import pytest

from ae_studio.latent.measures.factors import METRICS
from ae_studio.latent.measures.metric import Undefined


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.about.name)
def test_what_needs_the_true_factors_says_so(subject, metric):
    with pytest.raises(Undefined, match="needs the true factors"):
        metric.measure(subject())


def test_the_three_of_the_field_are_named():
    assert [metric.about.name for metric in METRICS] == ["mig", "dci", "sap"]
