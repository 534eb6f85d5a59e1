import csv

import numpy as np
import pytest
from matplotlib.image import imread

from ae_studio.export.selection import Selected, save, sheet_of
from ae_studio.latent.groups import read_only

RANDOM = np.random.default_rng(0)
SELECTED = Selected(
    indices=read_only([2, 5, 9]),
    labels=np.array([0, 1, 0]),
    class_names=("cat, tabby", "dog"),
    codes=RANDOM.normal(size=(3, 2)).astype(np.float32),
    errors=np.array([0.25, 1e-7, 1 / 3], dtype=np.float32),
    images=RANDOM.integers(0, 256, (3, 8, 8), dtype=np.uint8),
)


def test_the_table_holds_every_number_as_it_was(tmp_path):
    with open(save(SELECTED, tmp_path / "some.csv"), newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["class"] for row in rows] == ["cat, tabby", "dog", "cat, tabby"]
    assert [int(row["index"]) for row in rows] == [2, 5, 9]
    codes = np.array([[row["z1"], row["z2"]] for row in rows], dtype=np.float32)
    np.testing.assert_array_equal(codes, SELECTED.codes)
    np.testing.assert_allclose([float(row["error"]) for row in rows], SELECTED.errors, rtol=1e-6)


def test_the_arrays_come_back(tmp_path):
    with np.load(save(SELECTED, tmp_path / "some.NPZ"), allow_pickle=False) as arrays:
        assert set(arrays) == {"indices", "labels", "class_names", "codes", "errors", "images"}
        np.testing.assert_array_equal(arrays["images"], SELECTED.images)
        np.testing.assert_array_equal(arrays["codes"], SELECTED.codes)
        assert arrays["class_names"].tolist() == ["cat, tabby", "dog"]


def test_without_images_and_errors_the_rest_is_kept(tmp_path):
    some = Selected(SELECTED.indices, SELECTED.labels, (), SELECTED.codes)
    with np.load(save(some, tmp_path / "some.npz"), allow_pickle=False) as arrays:
        assert set(arrays) == {"indices", "labels", "class_names", "codes"}
    assert save(some, tmp_path / "some.csv").read_text().splitlines()[1].startswith("2,0,,")
    with pytest.raises(ValueError, match="no images"):
        save(some, tmp_path / "some.png")


def test_the_sheet_shows_each_image_enlarged_by_a_whole_number(tmp_path):
    picture = imread(save(SELECTED, tmp_path / "some.png"))[..., :3]
    np.testing.assert_allclose(picture[:56:7, :56:7, 0] * 255, SELECTED.images[0], atol=0.01)
    assert picture.shape == (2 * 70 - 14, 2 * 70 - 14, 3)
    assert not picture[70:, 70:].any()  # there is no fourth image


def test_a_sheet_of_large_colour_images_keeps_their_pixels():
    images = RANDOM.integers(0, 256, (1, 64, 64, 3), dtype=np.uint8)
    np.testing.assert_array_equal(sheet_of(images), images[0])


def test_another_name_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"end in \.csv, \.npz or \.png"):
        save(SELECTED, tmp_path / "some.txt")
    assert not list(tmp_path.iterdir())
