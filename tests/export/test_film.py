import numpy as np
import pytest
from PIL import Image

from ae_studio.export.film import GAP, SMALLEST, enlarged, save_gif, save_png

GREYS = np.stack([np.full((8, 8, 3), grey, dtype=np.uint8) for grey in (0, 80, 160, 240)])


def test_a_picture_holds_the_frames_side_by_side_on_its_ground(tmp_path):
    with Image.open(save_png(tmp_path / "strip.png", GREYS, (9, 8, 7))) as picture:
        pixels = np.asarray(picture)
    side = SMALLEST
    assert pixels.shape == (side, 4 * (side + GAP) - GAP, 3)
    for index, frame in enumerate(GREYS):
        assert (pixels[:, index * (side + GAP) : index * (side + GAP) + side] == frame[0, 0]).all()
    assert (pixels[:, side : side + GAP] == (9, 8, 7)).all()


@pytest.mark.parametrize(("back", "greys"), [(False, [0, 80, 160, 240]), (True, [0, 80, 160, 240, 160, 80])])
def test_a_film_plays_its_frames_in_order_at_their_pace_for_ever(tmp_path, back, greys):
    with Image.open(save_gif(tmp_path / "film.gif", GREYS, 124, there_and_back=back)) as film:
        seen = []
        for index in range(film.n_frames):
            film.seek(index)
            seen.append(np.asarray(film.convert("RGB"))[5, 5, 0])
            assert film.info["duration"] == 120
        assert film.info["loop"] == 0
    np.testing.assert_allclose(seen, greys, atol=2)


def test_pixels_stay_sharp_when_they_are_enlarged():
    two = np.zeros((1, 2, 2, 3), dtype=np.uint8)
    two[0, 0, 1] = 255
    large = enlarged(two)
    half = large.shape[1] // 2
    assert (large[0, :half, half:] == 255).all()
    assert large.sum() == 255 * 3 * half * half
    assert enlarged(np.zeros((1, 200, 300, 3), dtype=np.uint8)).shape == (1, 200, 300, 3)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(OSError, match="no"):
        save_png(tmp_path / "no" / "strip.png", GREYS, (0, 0, 0))
    assert not list(tmp_path.iterdir())
