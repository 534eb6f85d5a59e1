import numpy as np
import pytest

from ae_studio.events import USAGE_LEVELS, Codebook, LatentSpace, Switch
from ae_studio.latent.explorer import PCA, Explorer, spread_over_y
from ae_studio.latent.fitted_planes import NoPlane
from ae_studio.latent.plane import LatentPlane, dimension_plane


def explorer(latent_dim: int) -> Explorer:
    rng = np.random.default_rng(0)
    made = Explorer(LatentSpace(latent_dim), rng.integers(0, 3, 50))
    made.show(rng.standard_normal((50, latent_dim)).astype(np.float32))
    return made


def test_the_handle_keeps_its_full_code_when_the_plane_changes():
    made = explorer(5)
    made.handle = np.arange(5, dtype=np.float32)
    made.choose((3, 1))
    assert made.handle_position() == (3.0, 1.0)
    made.choose(PCA)
    np.testing.assert_array_equal(made.handle, np.arange(5))


def test_dragging_on_two_dimensions_leaves_the_others_alone():
    made = explorer(5)
    made.handle = np.arange(5, dtype=np.float32)
    made.choose((0, 4))
    np.testing.assert_allclose(made.code_at(-1, -2), [-1, 1, 2, 3, -2])


def test_codes_of_one_number_are_spread_by_class():
    points = explorer(1).cloud().points
    assert points.shape == (50, 2)
    assert len(np.unique(points[:, 1])) == 3


def test_the_nearest_code_is_found():
    made = explorer(4)
    index, distance = made.nearest(made.codes[17])
    assert (index, distance) == (17, 0.0)


def test_before_any_look_there_is_nothing_near():
    assert Explorer(LatentSpace(2), np.zeros(0, dtype=np.int64)).nearest(np.zeros(2, dtype=np.float32)) is None


def unit(codes):
    return (codes / np.linalg.norm(codes, axis=1, keepdims=True)).astype(np.float32)


def made_in(space: LatentSpace, codes=None) -> Explorer:
    rng = np.random.default_rng(0)
    made = Explorer(space, rng.integers(0, 3, 50))
    made.show(rng.standard_normal((50, space.size)).astype(np.float32) if codes is None else codes)
    return made


def test_a_sphere_of_three_dimensions_is_a_globe_and_the_handle_stays_on_it():
    made = made_in(LatentSpace(3, "sphere"), unit(np.random.default_rng(0).standard_normal((50, 3))))
    cloud = made.cloud()
    assert 10 < cloud.behind.sum() < 40
    assert len(cloud.outline) > 1
    code = made.code_at(0.3, 0.4)
    assert np.linalg.norm(code) == pytest.approx(1, abs=1e-6)
    made.handle = code
    assert not made.handle_is_behind()
    np.testing.assert_allclose(made.handle_position(), (0.3, 0.4), atol=1e-6)
    made.turn(np.pi, 0)
    assert made.handle_is_behind()
    np.testing.assert_array_equal(made.handle, code)


def test_a_drag_over_a_larger_sphere_stays_on_it():
    made = made_in(LatentSpace(5, "sphere"), unit(np.random.default_rng(0).standard_normal((50, 5))))
    assert np.linalg.norm(made.code_at(0.9, -2.0)) == pytest.approx(1, abs=1e-5)


def test_a_drag_never_leaves_the_ball_and_its_rim_is_shown():
    made = made_in(LatentSpace(2, "ball", radius=1.5))
    assert np.linalg.norm(made.code_at(30, 40)) < 1.5
    assert np.abs(made.cloud().outline[0]).max() == pytest.approx(1.5)


def test_dragging_leaves_the_switches_alone_and_a_switch_leaves_the_rest():
    made = made_in(LatentSpace(2, switches=(Switch("class", ("a", "b", "c"), given=True),)))
    np.testing.assert_array_equal(made.handle, [0, 0, 1, 0, 0])
    made.handle = made.with_option(0, 2)
    np.testing.assert_array_equal(made.code_at(0.5, -1), [0.5, -1, 0, 0, 1])
    assert made.options() == [2]
    ((part, told),) = made.given()
    assert part == slice(2, 5)
    np.testing.assert_array_equal(told, [0, 0, 1])
    made.choose(PCA)
    np.testing.assert_array_equal(made.code_at(3, 1)[2:], [0, 0, 1])


def test_codes_of_switches_alone_are_seen_on_their_principal_plane():
    space = LatentSpace(0, switches=(Switch("c1", ("1", "2", "3")), Switch("c2", ("1", "2"))))
    codes = np.random.default_rng(0).dirichlet(np.ones(5), 50).astype(np.float32)
    made = made_in(space, codes)
    assert made.choice == PCA
    assert np.ptp(made.cloud().points, axis=0).min() > 0.1
    code = made.code_at(0.4, 0.2)
    assert code[:3].sum() == pytest.approx(1)
    assert code[3:].sum() == pytest.approx(1)
    assert code.min() >= 0


@pytest.fixture
def with_codebook():
    entries = np.array([[0, 0], [1, 0], [0, 1], [5, 5]], dtype=np.float32)
    codes = entries[np.random.default_rng(0).integers(0, 3, (50, 3))].reshape(50, 6)
    made = Explorer(LatentSpace(2, "codebook", slots=3), np.zeros(50, dtype=np.int64))
    made.show(codes, Codebook(entries, np.array([0.9, 0.09, 0.01, 0], np.float32)))
    return made


def test_a_codebooks_entries_are_the_points_coloured_by_their_use(with_codebook):
    cloud = with_codebook.cloud()
    np.testing.assert_array_equal(cloud.points, with_codebook.codebook.entries)
    assert [USAGE_LEVELS[level] for level in cloud.classes] == ["often", "rare", "rare", "unused"]


def test_the_hand_moves_one_slot_to_the_nearest_entry(with_codebook):
    first = with_codebook.codes[0]
    np.testing.assert_array_equal(with_codebook.handle, first)
    with_codebook.slot = 1
    code = with_codebook.code_at(4, 4.5)
    np.testing.assert_array_equal(code, [*first[:2], 5, 5, *first[4:]])
    with_codebook.handle = code
    assert with_codebook.handle_position() == (5.0, 5.0)


def test_while_a_codebook_learns_the_handle_keeps_its_entries(with_codebook):
    moved = Codebook(with_codebook.codebook.entries + 10, with_codebook.codebook.usage)
    with_codebook.show(with_codebook.codes + 10, moved)
    np.testing.assert_array_equal(with_codebook.handle, with_codebook.codes[0])  # it was not touched: the first image
    with_codebook.handle = with_codebook.code_at(15, 15)
    chosen = with_codebook.handle
    with_codebook.show(with_codebook.codes - 10, Codebook(moved.entries - 10, moved.usage))
    np.testing.assert_array_equal(with_codebook.handle, chosen - 10)


def test_of_many_dimensions_the_principal_plane_is_seen_first():
    assert explorer(2).choice == (0, 1)
    assert explorer(5).choice == PCA
    assert Explorer(LatentSpace(1), np.zeros(0, dtype=np.int64)).choice == (0, 0)


def test_every_fitted_plane_leaves_the_handle_its_full_code_and_comes_back_to_it():
    made = explorer(5)
    made.show(made.codes, kl=np.array([0.1, 2, 0, 1, 0.3], np.float32))
    made.handle = np.arange(5, dtype=np.float32)
    made.candidates = (4, 8, 15)
    for choice in ("kl", "lda", "points", "pca", (2, 4)):
        made.choose(choice)
        np.testing.assert_array_equal(made.handle, np.arange(5))
        np.testing.assert_allclose(made.code_at(*made.handle_position()), np.arange(5), atol=1e-5)
    made.choose("kl")
    assert made.handle_position() == (1.0, 3.0)


def test_the_plane_through_three_images_follows_their_codes():
    made = explorer(5)
    made.candidates = (4, 8, 15)
    made.choose("points")
    made.pick(20)  # looked at, but not yet asked for
    made.show(made.codes[::-1].copy())
    corners = made.codes[[4, 8, 15]]
    np.testing.assert_allclose(corners, made.plane.origin + made.plane.project(corners) @ made.plane.axes, atol=1e-5)


def test_a_plane_that_does_not_exist_is_refused_and_all_stays():
    made = explorer(5)
    before = made.plane
    for choice in ("kl", "points"):
        assert made.why_not(choice)
        with pytest.raises(NoPlane):
            made.choose(choice)
    assert made.choice == PCA
    assert made.plane is before
    made.candidates = (3, 3, 7)
    with pytest.raises(NoPlane, match="same code"):
        made.choose("points")


def test_a_plane_that_a_later_look_no_longer_allows_stays_where_it_was():
    made = explorer(5)
    made.candidates = (0, 1, 2)
    made.choose("points")
    before = made.plane
    made.show(np.zeros_like(made.codes))
    assert made.plane is before
    assert made.choice == "points"


def test_a_plane_that_is_chosen_before_there_are_codes_comes_with_them():
    made = Explorer(LatentSpace(5), np.arange(50) % 3)
    made.choose("lda")
    made.show(np.random.default_rng(0).standard_normal((50, 5)).astype(np.float32))
    assert made.plane.labels == ("LD₁", "LD₂")


def test_entries_of_a_codebook_have_neither_classes_nor_images(with_codebook):
    for choice in ("lda", "points"):
        assert "codebook" in with_codebook.why_not(choice)


def test_the_last_three_different_images_span_the_plane():
    made = explorer(5)
    for index in (4, 8, 8, 15, 4, 16):
        made.pick(index)
    assert made.candidates == (15, 4, 16)
    made.choose("points")
    assert made.corners == (15, 4, 16)
    made.pick(23)
    made.choose("points")
    corners = made.codes[[4, 16, 23]]
    np.testing.assert_allclose(corners, made.plane.origin + made.plane.project(corners) @ made.plane.axes, atol=1e-5)


def test_codes_of_very_many_numbers_are_fitted_elsewhere():
    made = explorer(100)
    made.choose(PCA)
    before = made.plane
    made.show(made.codes[:, ::-1].copy())
    assert made.plane is before
    choice, plane = made.fit()()
    assert made.take_plane(choice, plane)
    assert made.plane is plane
    later = made.fit()
    made.choose((3, 5))
    assert not made.take_plane(*later())
    assert made.plane.dimensions == (3, 5)
    assert made.fit() is None
    assert made.fits_later
    assert not explorer(5).fits_later


def test_where_such_codes_allow_no_plane_the_one_before_stays():
    made = explorer(100)
    made.candidates = (0, 1, 2)
    made.choose("points")
    made.show(np.zeros_like(made.codes))
    assert not made.take_plane(*made.fit()())


def test_on_a_line_classes_stand_above_one_another_around_its_middle():
    points = np.array([[0, 0], [8, 0], [4, 0]], dtype=np.float32)
    spread = spread_over_y(points, np.array([0, 1, 2]))
    assert spread.tolist() == [[0, -2], [8, 0], [4, 2]]
    assert not points[:, 1].any()


def test_a_plane_of_another_kind_is_seen_as_it_is_fitted_and_one_seen_before_as_it_was():
    made = explorer(5)
    made.choose("lda")
    first = made.chosen
    made.choose((0, 1))
    made.choose("lda")
    np.testing.assert_allclose(made.plane.axes, first[2].axes, atol=1e-5)
    turned = LatentPlane(first[2].origin, np.stack([-first[2].axes[1], first[2].axes[0]]), first[2].labels)
    made.choose((0, 1))
    made.choose_again("lda", (), turned)
    np.testing.assert_allclose(made.plane.axes, turned.axes, atol=1e-5)
    assert made.choice == "lda"
    made.choose_again((0, 1), (), dimension_plane(5, 0, 1))
    assert made.handle_position() == (0.0, 0.0)
