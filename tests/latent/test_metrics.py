import pytest
import torch
import torch.nn.functional as F

from ae_studio.latent import metrics
from ae_studio.latent.measured import About, Options
from ae_studio.latent.measures.metric import Metric, Undefined
from ae_studio.latent.metrics import METRICS, measure
from ae_studio.models.catalog import MODELS
from ae_studio.models.pixels import to_unit

BASIC = ("mse_per_pixel", "reconstruction_nats", "kl_nats", "nats_per_image")
FEW = Options(most=150, samples=5)


def found(subject, *names):
    return {each.about.name: each for each in measure(subject, names or tuple(METRICS))}


def test_nats_per_image_are_the_negative_elbo(subject):
    values = found(subject(), *BASIC)
    assert values["nats_per_image"].value == pytest.approx(
        values["reconstruction_nats"].value + values["kl_nats"].value, rel=1e-6
    )


def test_the_metrics_of_a_bernoulli_vae_are_its_own_terms(subject):
    from ae_studio.latent.evaluation import mean_terms

    made = subject()
    values, terms = found(made, *BASIC), mean_terms(made.model, made.images.batches())
    assert values["nats_per_image"].value == pytest.approx(terms["loss"], rel=1e-4)
    assert values["kl_nats"].value == pytest.approx(terms["kl"], rel=1e-4)
    assert values["mse_per_pixel"].value == pytest.approx(terms["mse_per_pixel"], rel=1e-5)


def test_a_model_without_a_posterior_has_no_kl(subject):
    made = subject(model="linear")
    values = found(made, *BASIC)
    assert values["kl_nats"].value is None
    assert "no posterior" in values["kl_nats"].reason
    data = made.images.data
    x = to_unit(torch.tensor(data.images[data.test]))
    expected = F.mse_loss(made.model.decode(made.model.encode(x)), x).item()
    assert values["mse_per_pixel"].value == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", MODELS)
def test_every_family_has_a_value_or_a_reason_in_words(subject, name):
    for each in measure(subject(model=name, options=FEW)):
        assert bool(each.numbers) != bool(each.reason), each
        assert not each.reason.startswith("could not be computed"), each


@pytest.mark.parametrize("name", ["vae", "deep"])
def test_the_basic_metrics_of_a_model_alone_are_those_of_the_registry(subject, name):
    made = subject(model=name)
    alone = metrics.metrics(made.model, made.images.batches())
    expected = {name: each.value for name, each in found(made, *BASIC).items() if each.value is not None}
    assert alone == pytest.approx(expected, rel=1e-5)


def test_pca_stands_beside_what_it_can_be_compared_in(subject):
    values = found(subject(model="linear", latent_dim=8), "mse_per_pixel", "knn_accuracy", "kl_nats")
    assert 0.01 < values["mse_per_pixel"].baseline < 0.03
    assert 0.9 < values["knn_accuracy"].baseline <= 1
    assert values["kl_nats"].baseline is None


def test_metrics_come_one_by_one_and_only_as_far_as_asked(subject, monkeypatch):
    asked = []
    for name in ("mse_per_pixel", "psnr", "stress"):
        monkeypatch.setitem(METRICS, name, Metric(METRICS[name].about, lambda s, name=name: asked.append(name) or 1.0))
    one_by_one = measure(subject(), ("mse_per_pixel", "psnr", "stress"))
    next(one_by_one), next(one_by_one)
    assert asked == ["mse_per_pixel", "psnr"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Undefined("there is none"), "there is none"),
        (RuntimeError("out of range"), "could not be computed: out of range"),
        (float("nan"), "is no finite number"),
    ],
)
def test_what_has_no_value_says_why_and_holds_up_nothing(subject, monkeypatch, error, reason):
    def fail(_):
        if isinstance(error, Exception):
            raise error
        return error

    about = About("bad", "Bad", "", "", "lower", "")
    monkeypatch.setitem(metrics.METRICS, "bad", Metric(about, fail))
    values = found(subject(), "bad", "mse_per_pixel")
    assert values["bad"].reason.startswith(reason)
    assert values["mse_per_pixel"].value > 0


def test_every_metric_is_described():
    for name, metric in METRICS.items():
        about = metric.about
        assert name == about.name
        assert about.label
        assert about.meaning.endswith((".", "?"))
        assert about.source
