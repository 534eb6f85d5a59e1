import numpy as np
import torch

from ae_studio.latent.measured import Options


def test_no_more_test_images_are_compared_than_were_asked_for_and_always_the_same(subject):
    few, again = subject(options=Options(most=50)), subject(options=Options(most=50))
    assert len(few.images.sample) == 50
    np.testing.assert_array_equal(few.images.sample, again.images.sample)
    assert set(few.images.sample) <= set(few.images.data.test)
    assert not set(few.images.train_sample) & set(few.images.data.test)


def test_what_several_metrics_need_is_computed_once(subject):
    made = subject(options=Options(most=40))
    assert made.codes is made.codes
    assert made.images.distances is made.images.distances
    assert made.images.distances.shape == (40, 40)
    assert torch.equal(made.images.distances, made.images.distances.T)


def test_a_subject_knows_the_terms_of_its_loss(subject):
    assert subject().terms == {"loss", "reconstruction", "kl"}
    assert subject(model="deep").terms == {"loss"}
