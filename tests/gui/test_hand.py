import numpy as np
import pytest

from ae_studio.events import LatentSpace, Look, Switch
from ae_studio.gui.hand import SAMPLES, Hand


def decoder(codes):
    """An image (2, 2) whose pixels are the first number of the code."""
    values = np.clip(codes[:, 0] * 10 + 100, 0, 255).astype(np.uint8)
    return np.repeat(values, 4).reshape(-1, 2, 2)


def sampler(count, seed):
    return np.random.default_rng(seed).standard_normal((count, 3)).astype(np.float32)


def look(codes, decode=decoder):
    return Look(0, 0, np.asarray(codes, dtype=np.float32), np.zeros((1, 2, 2), dtype=np.uint8), decode, sampler)


CODES = [[0, 0, 0], [1, 2, 3], [-1, 0, 2]]


@pytest.fixture
def hand(qapp):
    made = Hand()
    made.begin(LatentSpace(3), np.array([0, 1, 2]))
    made.choose_plane((0, 1))
    yield made
    made.end()


def test_a_look_moves_the_points_and_decodes_under_the_handle(hand, qtbot):
    with qtbot.waitSignals([hand.points_changed, hand.handle_decoded]):
        hand.show(look(CODES))


def test_a_newer_decoder_changes_the_image_under_a_handle_that_rests(hand, qtbot):
    with qtbot.waitSignal(hand.handle_decoded) as first:
        hand.show(look(CODES))
    with qtbot.waitSignal(hand.handle_decoded) as second:
        hand.show(look(CODES, lambda codes: decoder(codes) + 7))
    assert int(second.args[0].image[0, 0]) == int(first.args[0].image[0, 0]) + 7
    np.testing.assert_array_equal(first.args[0].code, second.args[0].code)


def test_dragging_decodes_the_code_under_the_hand(hand, qtbot):
    hand.show(look(CODES))
    with qtbot.waitSignal(hand.handle_decoded, check_params_cb=lambda decoded: decoded.code[0] == 2):
        hand.move_to(2.0, -1.0)
    np.testing.assert_allclose(hand.explorer.handle, [2, -1, 0])


def test_dragging_keeps_what_the_plane_does_not_show(hand):
    hand.show(look(CODES))
    hand.put([5, 6, 7])
    hand.choose_plane((0, 1))
    hand.move_to(0, 0)
    np.testing.assert_allclose(hand.explorer.handle, [0, 0, 7])


def test_arrow_keys_move_the_handle_by_what_they_ask(hand):
    hand.show(look(CODES))
    hand.nudge(0.05, -0.5)
    np.testing.assert_allclose(hand.explorer.handle, [0.05, -0.5, 0], atol=1e-6)


def test_hovering_decodes_without_moving_the_handle_and_leaving_restores_it(hand, qtbot):
    hand.show(look(CODES))
    with qtbot.waitSignal(hand.preview_decoded) as preview:
        hand.hover(3.0, 3.0)
    assert preview.args[0].code[0] == 3
    np.testing.assert_array_equal(hand.explorer.handle, [0, 0, 0])
    with qtbot.waitSignal(hand.handle_decoded) as restored:
        hand.leave()
    np.testing.assert_array_equal(restored.args[0].code, [0, 0, 0])


def test_sampling_decodes_codes_of_the_prior(hand, qtbot):
    hand.show(look(CODES))
    with qtbot.waitSignal(hand.samples_decoded) as samples:
        hand.sample()
    images = samples.args[0]
    assert len(images) == SAMPLES
    values = (images[:, 0, 0].astype(float) - 100) / 10  # the first number of each code
    assert abs(values.mean()) < 1
    assert 0.5 < values.std() < 1.6


def test_another_plane_moves_the_points_and_not_the_code(hand, qtbot):
    hand.show(look(CODES))
    hand.put([1, 2, 3])
    with qtbot.waitSignal(hand.plane_changed) as changed:
        hand.choose_plane((2, 0))
    np.testing.assert_array_equal(changed.args[0].points, [[0, 0], [3, 1], [2, -1]])
    np.testing.assert_array_equal(hand.explorer.handle, [1, 2, 3])


def test_the_plane_stays_from_run_to_run_where_the_codes_have_it(hand):
    hand.choose_plane((2, 0))
    hand.begin(LatentSpace(3), np.array([0, 1, 2]))
    assert hand.explorer.choice == (2, 0)
    hand.begin(LatentSpace(2), np.array([0, 1, 2]))
    assert hand.explorer.choice == (0, 1)


def test_a_decoder_that_fails_is_said_and_the_hand_goes_on(hand, qtbot):
    def broken(codes):
        raise RuntimeError("no memory")

    with qtbot.waitSignal(hand.decoding_failed) as failed:
        hand.show(look(CODES, broken))
    assert failed.args == ["no memory"]
    with qtbot.waitSignal(hand.handle_decoded):
        hand.show(look(CODES))


def test_before_there_is_a_decoder_the_hand_does_nothing(hand):
    hand.hover(1, 1)
    hand.sample()
    hand.move_to(1, 1)


def test_samples_have_the_class_that_the_handle_holds(hand, qtbot):
    seen = []

    def decode(codes):
        seen.append(codes)
        return decoder(codes)

    hand.begin(LatentSpace(1, switches=(Switch("class", ("a", "b"), given=True),)), np.array([0, 1, 2]))
    hand.show(look(CODES, decode))
    hand.switch(0, 1)
    with qtbot.waitSignal(hand.samples_decoded):
        hand.sample()
    np.testing.assert_array_equal(seen[-1][:, 1:], [[0, 1]] * SAMPLES)


def test_a_switch_moves_the_code_and_is_told(hand, qtbot):
    hand.begin(LatentSpace(1, switches=(Switch("class", ("a", "b"), given=True),)), np.array([0, 1, 2]))
    with qtbot.waitSignal(hand.switches_changed) as told:
        hand.switch(0, 1)
    assert told.args == [[1]]


def test_a_globe_rolls_and_the_handle_with_it(hand, qtbot):
    hand.begin(LatentSpace(3, "sphere"), np.array([0, 1, 2]))
    hand.show(look([[0, 0, 1], [0, 1, 0], [1, 0, 0]]))
    with qtbot.waitSignal(hand.turned), qtbot.waitSignal(hand.handle_moved) as told:
        hand.turn(np.pi, 0)
    assert told.args[3] is True


def test_a_plane_that_cannot_be_is_refused_with_the_reason_and_the_one_before_stays(hand, qtbot):
    hand.show(look(CODES))
    with qtbot.waitSignal(hand.plane_refused) as refused:
        hand.choose_plane("points")
    assert "Three images are needed" in refused.args[0]
    assert hand.explorer.choice == (0, 1)


def test_a_fitted_plane_of_very_many_dimensions_comes_from_another_thread(qtbot):
    hand = Hand()
    codes = np.random.default_rng(0).standard_normal((40, 100)).astype(np.float32)
    hand.begin(LatentSpace(100), np.arange(40) % 3)
    with qtbot.waitSignals([hand.points_changed] * 2):  # where they are on the plane of before, and on the new one
        hand.show(look(codes))
    assert hand.explorer.plane.labels == ("PC₁", "PC₂")
    hand.end()


def test_the_plane_through_three_images_ends_with_their_run(hand):
    hand.show(look([[0, 0, 0], [1, 2, 3], [-1, 0, 2]]))
    for index in range(3):
        hand.explorer.pick(index)
    hand.choose_plane("points")
    assert hand.explorer.choice == "points"
    hand.begin(LatentSpace(3), np.array([0, 1, 2]))
    assert hand.explorer.choice == "pca"
