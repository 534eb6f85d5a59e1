"""The lattice: which image stands where, in which ink, how strong; and that it does not swim."""

import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.gui.layers.lattice import FAINTEST, LatticeLayer, ink_ramp, on_a_sheet
from ae_studio.gui.layers.layer import Marks
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.globe import Globe
from tests.gui.layers.seen import HALF, PIXEL_MAP, SIZE, STANDARD, codes_of, painted, scene_of, view_of

VALUES = {"spacing": "linear", "cell": "large", "fade": "full", "opacity": 1.0}


def right_is_white(codes):
    """White where the first number is positive, black elsewhere."""
    return np.where(codes[:, 0, None, None] > 0.01, 255, 0).astype(np.uint8) * np.ones((1, 8, 8), dtype=np.uint8)


def all_white(codes):
    return np.full((len(codes), 8, 8), 255, dtype=np.uint8)


def lattice(scene, view=None, **values):
    return LatticeLayer().compute(scene, view or view_of(scene), Marks(), {**VALUES, **values})


def test_images_stand_where_they_are_decoded(qapp):
    alpha = painted(lattice(scene_of(decoder=right_is_white)))[..., 3]
    assert (alpha[:, 250:] > 250).mean() > 0.75  # the rest is free between the images
    assert (alpha[:, :150] == 0).all()


def test_up_is_up(qapp):
    def top_is_white(codes):
        return right_is_white(codes[:, ::-1])

    alpha = painted(lattice(scene_of(decoder=top_is_white)))[..., 3]
    assert (alpha[:150] > 250).mean() > 0.75  # the rest is free between the images
    assert (alpha[250:] == 0).all()


def test_images_that_are_wider_than_high_stand_in_the_middle_of_their_cells(qapp):
    def wide(codes):
        return np.full((len(codes), 4, 8), 255, dtype=np.uint8)

    drawing = lattice(scene_of(decoder=wide))
    rows, _ = np.nonzero(painted(drawing, pixel_map=PixelMap(ViewWindow(0, 0, 0.5, 0.5), SIZE, SIZE))[..., 3])
    assert (rows.min(), rows.max()) == pytest.approx((110, 290), abs=4)  # nine tenths of the cell, and half as high


def test_in_a_ball_every_image_is_that_of_its_own_place(qapp):
    def as_far_as_its_code(codes):
        return np.full((len(codes), 8, 8), 100 * np.linalg.norm(codes, axis=1)[:, None, None], dtype=np.uint8)

    scene = scene_of(codes_of() * 0.3, decoder=as_far_as_its_code, space=LatentSpace(2, "ball", radius=2.0))
    found = lattice(scene).lattice
    away = np.hypot(*(found.squares[:, :2] + found.squares[:, 2:] / 2).T)
    assert len(found.images) == len(found.squares) == len(found.sureness)
    assert found.images[:, 0, 0][away < 1.9] == pytest.approx(100 * away[away < 1.9], abs=1)
    assert away.max() < 2 + found.squares[0, 2]


def test_the_ink_is_the_themes_over_nothing(qapp):
    drawing = lattice(scene_of(decoder=all_white))
    dark, light = (painted(drawing, theme)[205, 205] for theme in (DARK, LIGHT))
    assert dark.tolist() == [255, 255, 255, 255]
    assert light.tolist() == [0x12, 0x0D, 0x0B, 255]


def test_colour_images_keep_their_colours(qapp):
    def orange(codes):
        return np.tile(np.array([255, 128, 0], dtype=np.uint8), (len(codes), 8, 8, 1))

    drawing = lattice(scene_of(decoder=orange), opacity=0.5)
    x, y, size = drawing.lattice.squares[len(drawing.lattice.squares) // 2]
    row, column = int(200 - 50 * (y + size / 2)), int(200 + 50 * (x + size / 2))
    assert painted(drawing)[row, column] == pytest.approx([0, 64, 128, 128], abs=2)


def test_it_is_faint_where_no_codes_are(qapp):
    scene = scene_of(codes_of() * 0.5, decoder=all_white)
    drawing = lattice(scene, fade="faded", opacity=0.8)
    middles = drawing.lattice.squares[:, :2] + drawing.lattice.squares[:, 2:] / 2
    away = np.hypot(*middles.T)
    assert drawing.strength[away < 0.4] == pytest.approx(0.8)
    assert drawing.strength[away > 4] == pytest.approx(0.8 * FAINTEST, rel=0.2)
    assert lattice(scene, opacity=0.8).strength == pytest.approx(0.8)


def test_images_stay_in_the_world_while_the_window_moves(qapp):
    scene = scene_of(decoder=right_is_white)
    places = [
        {tuple(square) for square in lattice(scene, view_of(scene, x=x)).lattice.squares} for x in (0.0, 0.37, -1.9)
    ]
    assert len(set.intersection(*places)) > 20


def test_zooming_in_gives_more_images_between_the_old_ones(qapp):
    scene = scene_of(decoder=right_is_white)
    sizes = [lattice(scene, view_of(scene, half=HALF / zoom)).lattice.squares[0, 2] for zoom in (1, 2, 4)]
    assert sizes == pytest.approx([sizes[0], sizes[0] / 2, sizes[0] / 4])


def test_an_old_picture_is_shown_scaled_until_the_new_one_is_there(qapp):
    drawing = lattice(scene_of(decoder=right_is_white))
    nearer = painted(drawing, pixel_map=PixelMap(ViewWindow(1, 0, 1, 1), SIZE, SIZE))[..., 3]
    assert (nearer[:, 100:] > 250).mean() > 0.75  # the rest is free between the images
    assert (painted(drawing, pixel_map=PIXEL_MAP)[:, :150, 3] == 0).all()  # and what was kept is not shown again


def test_quantile_cells_hold_equal_shares_of_the_prior_and_need_one(qapp):
    scene = scene_of(decoder=right_is_white, prior=STANDARD)
    sizes = lattice(scene, spacing="quantile").lattice.squares[:, 2]
    assert sizes.max() > 1.2 * sizes.min()
    without = lattice(scene_of(decoder=right_is_white), spacing="quantile").lattice.squares[:, 2]
    assert without == pytest.approx(without[0])


def test_in_many_dimensions_the_handle_says_what_lies_off_the_plane(qapp):
    seen = []

    def noting(codes):
        seen.append(codes)
        return all_white(codes)

    scene = scene_of(codes_of(dim=4), decoder=noting)
    lattice(scene, view_of(scene, handle=np.array([9, 9, 2, -1], dtype=np.float32)))
    codes = np.concatenate(seen)
    assert (codes[:, 2:] == [2, -1]).all()
    assert len(np.unique(codes[:, 0])) > 5


def test_a_line_has_one_row_and_a_globe_only_what_it_shows(qapp):
    line = scene_of(codes_of(dim=1), decoder=all_white)
    assert len(np.unique(lattice(line).lattice.squares[:, 1])) == 1
    on_sphere = codes_of(dim=3)
    on_sphere /= np.linalg.norm(on_sphere, axis=1, keepdims=True)
    globe = scene_of(on_sphere, decoder=all_white, space=LatentSpace(3, "sphere"))
    squares = lattice(globe, view_of(globe, plane=Globe(), half=1.5), cell="small").lattice.squares
    middles = squares[:, :2] + squares[:, 2:] / 2
    assert len(middles) > 10
    assert np.hypot(*middles.T).max() < 1.2  # and half a cell


def test_a_codebook_has_none_and_says_why(qapp):
    scene = scene_of(space=LatentSpace(2, "codebook"))
    assert "codebook" in LatticeLayer().why_not(scene)
    assert not LatticeLayer().why_not(scene_of())


def test_the_sheet_keeps_every_image_apart_from_the_next():
    images = np.ones((23, 3, 4), dtype=np.uint8)
    sheet = on_a_sheet(images)
    assert sheet.shape == (2 * 4, 20 * 5)
    assert sheet.sum() == images.sum()
    assert not sheet[3::4].any()
    assert not sheet[:, 4::5].any()


def test_the_ramp_goes_from_nothing_to_full_ink():
    assert [hex(ink_ramp(LIGHT)[each]) for each in (0, 255)] == ["0x0", "0xff0b0d12"]
