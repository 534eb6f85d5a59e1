import pytest
import torch

from ae_studio.events import LatentSpace, Switch
from ae_studio.latent.measures.classes import METRICS
from ae_studio.latent.measures.metric import Undefined

FIND = {metric.about.name: metric.measure for metric in METRICS}


@pytest.mark.parametrize("name", ["knn_accuracy", "probe_accuracy"])
def test_codes_that_hold_the_class_tell_it_and_others_only_guess(subject, name):
    made = subject(latent_dim=2)
    data, images = made.images.data, made.images
    made.codes = torch.nn.functional.one_hot(torch.tensor(data.labels[images.sample]), 10)[:, :2].float()
    made.train_codes = torch.nn.functional.one_hot(torch.tensor(data.labels[images.train_sample]), 10)[:, :2].float()
    telling = FIND[name](made).value
    assert 0.25 < telling < 0.35  # 0 and 1 are told, the other eight are guessed
    made.codes, made.train_codes = torch.zeros_like(made.codes), torch.zeros_like(made.train_codes)
    assert FIND[name](made).value < 0.12


def test_the_digits_themselves_are_told_apart(subject):
    made = subject()
    assert FIND["knn_accuracy_pixels"](made).value > 0.9
    assert FIND["probe_accuracy_pixels"](made).value > 0.85


def test_one_class_cannot_be_told_apart(subject):
    with pytest.raises(Undefined, match="one class"):
        FIND["knn_accuracy"](subject(one_class=True))


def test_a_class_that_the_model_was_told_does_not_count(subject):
    made = subject(latent_dim=2)
    made.space = LatentSpace(0, switches=(Switch("class", ("a", "b"), given=True),))
    with pytest.raises(Undefined, match="what the model was told"):
        FIND["probe_accuracy"](made)
