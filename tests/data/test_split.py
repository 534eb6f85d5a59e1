from __future__ import annotations

import numpy as np
import pytest

from ae_studio.data.split import stratified

LABELS = np.repeat(np.arange(4), [100, 50, 7, 2])
EVERY = np.arange(len(LABELS))


@pytest.mark.parametrize("fraction", [0.01, 0.1, 0.25, 0.5, 0.9])
def test_every_image_is_on_one_side_and_every_class_on_both(fraction):
    kept, taken = stratified(LABELS, EVERY, fraction)
    assert np.array_equal(np.sort(np.concatenate((kept, taken))), EVERY)
    assert set(LABELS[kept]) == set(LABELS[taken]) == {0, 1, 2, 3}


def test_each_class_gives_its_share():
    _, taken = stratified(LABELS, EVERY, 0.2)
    assert np.bincount(LABELS[taken]).tolist() == [20, 10, 2, 1]


def test_the_shares_add_up_to_the_fraction_of_all():
    labels = np.repeat(np.arange(10), 104)
    _, taken = stratified(labels, np.arange(1040), 0.1)
    assert len(taken) == 104


def test_a_class_with_one_image_keeps_it():
    kept, taken = stratified(np.array([0, 0, 1]), np.arange(3), 0.5)
    assert 2 in kept
    assert len(taken) == 1


def test_only_the_images_given_are_parted():
    among = np.arange(20, 100)
    kept, taken = stratified(LABELS, among, 0.25)
    assert set(kept) | set(taken) == set(among)
    assert (np.diff(kept) > 0).all()
    assert (np.diff(taken) > 0).all()


def test_the_split_is_the_same_on_every_machine_and_in_every_version():
    _, taken = stratified(LABELS, EVERY, 0.05)
    assert taken.tolist() == [7, 52, 75, 81, 94, 104, 134, 135, 153, 158]


def test_the_images_are_drawn_not_cut_off():
    _, taken = stratified(np.zeros(1000, np.int64), np.arange(1000), 0.5)
    assert 450 < taken.mean() < 550
    assert (np.diff(taken) > 1).any()


def test_no_images_give_two_empty_parts():
    kept, taken = stratified(np.empty(0, np.int64), np.empty(0, np.int64), 0.1)
    assert len(kept) == len(taken) == 0
