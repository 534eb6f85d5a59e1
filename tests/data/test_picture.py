import io

import numpy as np
import pytest
from PIL import Image

from ae_studio.data import picture
from ae_studio.data.dataset import DataError
from ae_studio.data.drawing import as_data, measured_proportions, usual_proportions
from ae_studio.data.images import load
from ae_studio.data.picture import KEPT, ink_of, ink_on_sheet, picture_on_sheet, read_picture


def saved(image, form="PNG", **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def stroke(size=200):
    """Ink from 0 to 1: a thick vertical bar, left of the middle."""
    ink = np.zeros((size, size))
    ink[size // 5 : -size // 5, size // 4 : size // 3] = 1
    return ink


def grey(values):
    return Image.fromarray(np.rint(255 * values).astype(np.uint8))


def rgb(values):
    return np.asarray(grey(values).convert("RGB"))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_usual_formats_are_read(form):
    read = read_picture(saved(grey(stroke()).convert("RGB"), form))
    assert read.shape == (200, 200, 3)
    assert np.abs(read[..., 0] / 255 - stroke()).mean() < 0.02


def test_a_file_is_read(tmp_path):
    path = tmp_path / "seven.png"
    path.write_bytes(saved(grey(stroke())))
    assert read_picture(path).shape == (200, 200, 3)


@pytest.mark.parametrize("colour", [0, 255])
def test_strokes_on_nothing_get_a_ground_on_which_they_are_seen(colour):
    rgba = np.full((200, 200, 4), colour, dtype=np.uint8)
    rgba[..., 3] = np.rint(255 * stroke())
    ink = ink_of(read_picture(saved(Image.fromarray(rgba))))
    np.testing.assert_allclose(ink, stroke(), atol=0.02)


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.float32])
def test_more_than_eight_bits_are_read(kind):
    shades = stroke() * np.linspace(0.2, 1, 200)[:, None]
    deep = Image.fromarray((shades * 40_000).astype(kind))
    np.testing.assert_allclose(ink_of(read_picture(saved(deep, "TIFF"))) * shades.max(), shades, atol=0.02)


def test_a_photograph_stands_upright():
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright
    read = read_picture(saved(grey(stroke()), "JPEG", exif=turned))
    np.testing.assert_allclose(read[..., 0] / 255, np.rot90(stroke(), -1), atol=0.3)


def test_a_large_picture_is_kept_small():
    read = read_picture(saved(Image.new("L", (4000, 1000), 9)))
    assert read.shape == (KEPT // 4, KEPT, 3)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = saved(Image.new("1", (30_000, 30_000)))
    assert len(bomb) < 2**20
    with pytest.raises(DataError, match="too many pixels: pictures may have up to 64 million"):
        read_picture(bomb)


def test_a_huge_picture_is_refused_with_its_size():
    with pytest.raises(DataError, match="9,000×9,000"):
        read_picture(saved(Image.new("1", (9_000, 9_000))))


def test_a_huge_file_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(picture, "LARGEST_FILE", 100)
    path = tmp_path / "huge.png"
    path.write_bytes(saved(grey(stroke())))
    with pytest.raises(DataError, match=r"huge\.png has"):
        read_picture(path)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_broken_file_is_refused_in_words(form):
    whole = saved(grey(np.random.default_rng(0).random((64, 64))).convert("RGB"), form)
    with pytest.raises(DataError, match="damaged"):
        read_picture(whole[: len(whole) // 2])


def test_whatever_a_file_holds_it_is_a_picture_or_refused():
    chance = np.random.default_rng(1)
    whole = np.frombuffer(saved(grey(stroke(40)).convert("RGB")), dtype=np.uint8)
    refused = []
    for _ in range(200):
        spoilt = whole.copy()
        spoilt[chance.integers(len(whole), size=3)] = chance.integers(256, size=3)
        try:
            assert read_picture(spoilt.tobytes()).dtype == np.uint8
        except DataError as error:
            refused.append(str(error))
    assert refused
    assert all(message.startswith("The picture is") for message in refused)


def test_words_are_no_picture(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader")
    with pytest.raises(DataError, match=r"letter\.txt is no picture that can be read: PNG, JPEG"):
        read_picture(path)


def test_a_folder_and_nothing_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "missing.png"):
        with pytest.raises(DataError, match="is no file"):
            read_picture(path)


def test_dark_on_light_becomes_ink():
    np.testing.assert_allclose(ink_of(rgb(1 - stroke())), stroke(), atol=1e-6)


def test_light_on_dark_is_ink_already():
    np.testing.assert_allclose(ink_of(rgb(stroke())), stroke(), atol=1e-6)


def test_a_stroke_that_reaches_the_border_does_not_turn_the_picture():
    long = np.zeros((100, 100))
    long[:, 40:60] = 1
    np.testing.assert_allclose(ink_of(rgb(1 - long)), long, atol=0.02)


def test_strokes_that_leave_the_picture_on_one_side_leave_the_ground_as_it_is():
    ink = np.zeros((100, 100))
    ink[:, 90:] = ink[:40, 60:] = 1
    np.testing.assert_allclose(ink_of(rgb(0.9 - 0.9 * ink)), ink, atol=0.02)


def test_a_photograph_of_paper_in_slanting_light_gives_the_same_image_as_the_drawing():
    y, x = np.mgrid[0:200, 0:200] / 200
    paper = 0.85 - 0.2 * x + 0.1 * y + np.random.default_rng(0).normal(0, 0.015, (200, 200))
    photograph = np.where(stroke() > 0, 0.2, paper).clip(0, 1)
    ink = ink_of(rgb(photograph))
    assert not ink[stroke() == 0].any() or np.mean(ink[stroke() == 0] > 0) < 1e-3
    assert ink[stroke() > 0].min() > 0.7
    from_photograph, drawn = (as_data(i, usual_proportions((28, 28))) for i in (ink, stroke().astype(np.float32)))
    assert np.abs(from_photograph.astype(float) - drawn).mean() < 6


def test_an_even_picture_has_no_ink():
    for value in (0.0, 0.4, 1.0):
        assert not ink_of(rgb(np.full((50, 50), value))).any()


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (2, 3)])
def test_tiny_pictures_are_no_trouble(size):
    assert ink_of(rgb(np.ones(size))).shape == size


def test_a_small_stroke_on_a_large_sheet_of_paper_is_shown_as_large_as_a_hand_draws():
    paper = np.ones((600, 400))
    paper[100:120, 50:60] = 0
    sheet = ink_on_sheet(rgb(paper), 560)
    rows, columns = (np.flatnonzero((sheet > 0.5).any(axis=axis)) for axis in (1, 0))
    assert np.ptp(rows) + 1 == pytest.approx(0.72 * 560, abs=3)
    assert (rows[0] + rows[-1]) / 2 == pytest.approx(280, abs=2)
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(280, abs=2)


def test_a_pasted_image_of_the_data_comes_out_as_it_was(mnist_root):
    data = load("mnist", mnist_root)
    images = data.images[data.test[:100], 0]
    proportions = measured_proportions(images)
    pasted = [ink_on_sheet(np.stack([image] * 3, axis=-1), 560) for image in images]
    again = np.stack([as_data(ink, proportions) for ink in pasted])
    assert np.abs(again.astype(float) - images).mean() < 0.5  # of 255: faint rims of a few are cut


def test_an_empty_picture_leaves_the_sheet_empty():
    assert not ink_on_sheet(rgb(np.ones((30, 30))), 560).any()


def test_a_colour_picture_is_cropped_to_the_sheet():
    wide = np.zeros((100, 300, 3), dtype=np.uint8)
    wide[:, 100:200] = (9, 200, 30)
    sheet = picture_on_sheet(wide, 560)
    assert sheet.shape == (560, 560, 3)
    assert (sheet[:, 10:-10] == (9, 200, 30)).all()
