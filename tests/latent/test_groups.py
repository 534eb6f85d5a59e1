import json

import numpy as np
import pytest
from matplotlib.path import Path as Polygon

from ae_studio.latent.groups import (
    Group,
    as_text,
    by_error,
    combined,
    free_name,
    from_text,
    inside,
    named,
    of_classes,
    read_only,
    renamed,
    with_group,
    without,
)

SQUARE = np.array([[0, 0], [2, 0], [2, 2], [0, 2]], dtype=np.float32)


def test_inside_a_ragged_line_is_what_matplotlib_calls_inside():
    random = np.random.default_rng(0)
    points = random.normal(size=(2000, 2)).astype(np.float32)
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    radius = random.uniform(0.3, 2.0, 200)  # a star without symmetry, which does not cross itself
    star = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    found = inside(points, star)
    np.testing.assert_array_equal(found, Polygon(star, closed=False).contains_points(points))
    assert 200 < found.sum() < 1800


def test_what_a_line_goes_around_twice_is_not_inside():
    twice = np.concatenate([SQUARE, SQUARE * 3 - 2])  # a small square, then a larger one around it
    points = np.array([[1, 1], [3, 3], [9, 9]], dtype=np.float32)
    np.testing.assert_array_equal(inside(points, twice), [False, True, False])


@pytest.mark.parametrize("corners", [0, 1, 2])
def test_a_line_of_too_few_corners_has_no_inside(corners):
    assert not inside(SQUARE, SQUARE[:corners]).any()


def test_no_points_are_inside_of_nothing():
    assert inside(np.zeros((0, 2), dtype=np.float32), SQUARE).shape == (0,)


def test_a_finding_replaces_adds_takes_away_or_must_hold_too():
    before, found = read_only([1, 2, 3]), np.array([3, 4, 4])
    assert combined(before, found, "replace").tolist() == [3, 4]
    assert combined(before, found, "add").tolist() == [1, 2, 3, 4]
    assert combined(before, found, "remove").tolist() == [1, 2]
    assert combined(before, found, "intersect").tolist() == [3]
    assert not combined(before, found, "add").flags.writeable


def test_images_are_found_by_class_and_by_error():
    labels = np.array([0, 1, 2, 1])
    np.testing.assert_array_equal(of_classes(labels, {1, 2}), [False, True, True, True])
    errors = np.array([0.1, 0.2, 0.3], dtype=np.float32)
    np.testing.assert_array_equal(by_error(errors, np.float32(0.2), above=True), [False, True, True])
    np.testing.assert_array_equal(by_error(errors, np.float32(0.2), above=False), [True, True, False])


def test_no_two_groups_have_one_name():
    groups = with_group(with_group((), Group("sevens", (1,))), Group("sevens", (2,)))
    assert [group.name for group in groups] == ["sevens", "sevens 2"]
    assert free_name(groups, "  ") == "Group"
    assert [group.name for group in renamed(groups, "sevens 2", "sevens")] == ["sevens", "sevens 2"]
    assert [group.name for group in renamed(groups, "sevens 2", " ones ")] == ["sevens", "ones"]
    assert renamed(groups, "sevens", "") == groups
    assert [group.name for group in without(groups, "sevens")] == ["sevens 2"]
    assert named(groups, "sevens 2").indices.tolist() == [2]
    assert named(groups, "eights") is None


def test_groups_come_back_from_their_text():
    groups = (Group("sevens, crossed", (0, 5, 7)), Group("leer ∅", ()))
    assert from_text(as_text(groups, sample=8), sample=8) == groups


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        json.dumps({"version": 9, "sample": 8, "groups": []}),
        json.dumps({"version": 1, "sample": 8, "groups": [{"name": "a", "members": [8]}]}),
        json.dumps({"version": 1, "sample": 8, "groups": [{"name": "a", "members": [-1]}]}),
        json.dumps({"version": 1, "sample": 8, "groups": [{"name": "a"}]}),
        json.dumps({"version": 1, "sample": 8, "groups": [{"name": "a", "members": ["x"]}]}),
        '{"version": 1, "sample": 8, "groups": [{"name": "a", "members": [Infinity]}]}',
        as_text((), sample=9),
    ],
)
def test_what_is_no_list_of_groups_of_this_sample_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  (each with words of its own)
        from_text(text, sample=8)
