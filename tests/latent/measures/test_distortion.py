import numpy as np
import pytest
import torch

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.measures.distortion import METRICS
from ae_studio.latent.measures.metric import Undefined
from ae_studio.latent.measures.stretching import pulled_back


def find(name, subject):
    """As an evaluation does it, without gradients of the weights."""
    measure = next(metric.measure for metric in METRICS if metric.about.name == name)
    with torch.no_grad():
        return measure(subject)


def test_of_a_linear_decoder_it_is_numpys(subject):
    made = subject(model="linear", latent_dim=4)
    w = made.model.decoder.weight.detach().double().numpy()  # (D, d)
    _, log_det = np.linalg.slogdet(w.T @ w)
    assert find("log_det_metric", made).value == pytest.approx(log_det, rel=1e-5)
    assert find("log_det_spread", made).value == pytest.approx(0, abs=1e-5)
    assert find("condition_number", made).value == pytest.approx(np.linalg.cond(w), rel=1e-5)


def test_of_a_curved_decoder_it_is_autograds(subject):
    made = subject(model="deep", latent_dim=3)
    found = pulled_back(made.model, made.space, made.codes[:5])
    for z, values in zip(made.codes[:5], found, strict=True):
        jacobian = torch.autograd.functional.jacobian(lambda each: made.model.decode(each[None]).flatten(), z).double()
        assert torch.allclose(values, torch.linalg.svdvals(jacobian).square().flip(0), rtol=1e-4)


def test_a_direction_that_changes_nothing_leaves_no_volume(subject):
    made = subject(model="linear", latent_dim=4)
    with torch.no_grad():
        made.model.decoder.weight[:, 2] = 0
    with pytest.raises(Undefined, match="at 64 of 64 codes the decoder does not react"):
        find("log_det_metric", made)


def test_switches_stay_and_the_spheres_radius_does_not_count(subject):
    made = subject(model="linear", latent_dim=4)
    w = made.model.decoder.weight.detach().double()
    two = LatentSpace(2, switches=(Switch("class", ("a", "b")),))
    assert torch.allclose(pulled_back(made.model, two, made.codes)[0], torch.linalg.svdvals(w[:, :2]).square().flip(0))
    assert pulled_back(made.model, LatentSpace(4, kind="sphere"), made.codes).shape[1] == 3


def test_between_the_entries_of_a_codebook_there_is_nothing(subject):
    made = subject(model="linear")
    made.space = LatentSpace(2, kind="codebook")
    with pytest.raises(Undefined, match="one of several entries"):
        find("condition_number", made)
