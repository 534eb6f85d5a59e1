import numpy as np

from ae_studio.latent.code_paths import CodePaths, evenly


def codes(epoch):
    return np.full((3, 2), epoch, dtype=np.float32)


def paths(*epochs, ends=(None, None)):
    return CodePaths({epoch: codes(epoch) for epoch in epochs}, ends)


def test_the_way_between_two_epochs_goes_in_its_direction_without_the_ends():
    known = paths(0, 2, 4, 6, 8)
    assert [int(each[0, 0]) for each in known.between(2, 8)] == [4, 6]
    assert [int(each[0, 0]) for each in known.between(8, 0)] == [6, 4, 2]
    assert known.between(4, 6) == []


def test_the_way_of_some_images():
    assert paths(1, 2, 3).of([2, 0]).shape == (3, 2, 2)
    assert paths(1, 2, 3).of([2, 0])[:, 0, 0].tolist() == [1, 2, 3]


def test_epochs_that_come_later_stand_in_their_order():
    assert paths(3).with_codes({1: codes(1), 2: codes(2)}).epochs == (1, 2, 3)


def test_codes_of_other_images_begin_anew():
    assert paths(1, 2).with_codes({3: np.zeros((5, 2), np.float32)}).epochs == (3,)


def test_what_moved_is_known_when_both_ends_are():
    assert paths(1, 2).moved is None
    assert paths(1, 2, ends=(1, None)).moved is None
    assert paths(1, 2, ends=(1, 7)).moved is None
    start, goal = paths(1, 2, ends=(2, 1)).moved
    assert (start[0, 0], goal[0, 0]) == (2, 1)


def test_of_too_many_epochs_evenly_many_are_kept_with_the_ends():
    assert evenly(range(5), 9) == (0, 1, 2, 3, 4)
    assert evenly(range(101), 5) == (0, 25, 50, 75, 100)
    assert evenly(range(101), 5, (30, None, 400)) == (0, 25, 30, 50, 75, 100)
