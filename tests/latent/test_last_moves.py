import numpy as np

from ae_studio.latent.last_moves import SHARE, LastMoves

CODES = np.array([[0, 0], [4, 0], [0, 3], [4, 3]], dtype=np.float32)
SPREAD = np.sqrt(4 + 2.25)  # root of the total variance


def moved(index, by):
    codes = CODES.copy()
    codes[index, 0] += by
    return codes


def test_at_first_all_have_moved_just_now_and_those_that_rest_grow_older():
    moves = LastMoves()
    assert moves.see(0, 0, CODES).tolist() == [0, 0, 0, 0]
    assert moves.see(3, 30, CODES).tolist() == [3, 3, 3, 3]


def test_what_moves_by_more_than_the_share_is_young_again():
    moves = LastMoves()
    moves.see(0, 0, CODES)
    assert moves.see(2, 20, moved(1, 1.3 * SHARE * SPREAD)).tolist() == [2, 0, 2, 2]
    assert moves.see(5, 50, moved(1, 1.3 * SHARE * SPREAD)).tolist() == [5, 3, 5, 5]


def test_small_steps_add_up_to_a_move():
    moves = LastMoves()
    moves.see(0, 0, CODES)
    step = 0.6 * SHARE * SPREAD
    assert moves.see(1, 10, moved(2, step))[2] == 1
    assert moves.see(2, 20, moved(2, 2 * step))[2] == 0
    assert moves.see(3, 30, moved(2, 2.5 * step))[2] == 1


def test_going_back_in_time_or_another_run_begins_anew():
    moves = LastMoves()
    moves.see(0, 0, CODES)
    moves.see(9, 90, CODES)
    assert moves.see(4, 40, CODES).tolist() == [0, 0, 0, 0]
    assert moves.see(5, 50, CODES[:2]).tolist() == [0, 0]
    assert moves.see(6, 60, CODES[:0]).tolist() == []
