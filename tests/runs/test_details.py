import io
import os
import sys
import zipfile

import numpy as np
import pytest

from ae_studio.runs import details
from ae_studio.runs.details import read_details, read_pictures
from ae_studio.runs.library import read_run
from tests.runs.made_runs import edit, make_run


def settings_of(folder):
    return dict(read_details(folder.parent, read_run(folder.parent, folder.name), 4).settings)


def test_the_settings_are_told_as_the_form_says_them(tmp_path):
    told = settings_of(make_run(tmp_path, lr=0.0005, batch_size=64, clip=1.0))
    assert told["Learning rate"] == "0.0005"
    assert told["Batch size"] == "64 images"
    assert told["Gradient clipping"] == "1"
    assert told["Hidden layers"] == "512-256"
    assert told["Parameters"] == "12,345"
    assert "Weight decay" not in told  # off, as ever
    assert "Channels" not in told  # means nothing without a convolutional network


def test_settings_of_a_model_that_is_not_known_have_their_own_names(tmp_path):
    folder = make_run(tmp_path)
    edit(folder, lambda record: record["config"].update(model="my_model.py", settings={"rings": 3, "soft": True}))
    told = settings_of(folder)
    assert (told["rings"], told["soft"]) == ("3", "yes")


def test_without_a_record_the_pictures_are_still_there(tmp_path):
    folder = make_run(tmp_path)
    (folder / "config.json").unlink()
    found = read_details(tmp_path, read_run(tmp_path, folder.name), 4)
    assert found.settings == ()
    assert found.pictures.originals.shape == (4, 8, 8)


@pytest.mark.parametrize("values", [{"settings": 3}, {"lr": [1]}, {"model": ["vae"]}, {"settings": {"beta": {}}}])
def test_a_record_with_anything_in_it_does_no_harm(tmp_path, values):
    folder = make_run(tmp_path)
    edit(folder, lambda record: record["config"].update(values))
    settings_of(folder)


# Pictures


def test_the_pictures_are_those_of_the_last_look(tmp_path):
    folder = make_run(tmp_path)
    pictures = read_pictures(folder, 2, 3)
    with np.load(folder / "looks" / "0002.npz") as arrays:
        np.testing.assert_array_equal(pictures.originals, arrays["probes"][:3])
        np.testing.assert_array_equal(pictures.reconstructions, arrays["reconstructions"][:3])


def test_where_the_epoch_has_none_the_last_there_is_is_taken(tmp_path):
    folder = make_run(tmp_path)
    os.rename(folder / "looks" / "0002.npz", folder / "looks" / "0001.npz")
    assert read_pictures(folder, 2, 3) is not None
    (folder / "looks" / "0001.npz").unlink()
    (folder / "looks" / "notes.npz").touch()
    assert read_pictures(folder, 2, 3) is None


def test_large_pictures_are_thinned_out(tmp_path):
    folder = make_run(tmp_path)
    large = np.zeros((2, 1000, 500, 3), dtype=np.uint8)
    np.savez(folder / "looks" / "0002.npz", probes=large, reconstructions=large)
    shape = read_pictures(folder, 2, 3).originals.shape
    assert shape[0] == 2
    assert max(shape[1:3]) <= details.LARGEST_SIDE


def npy(header):
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, header)
    return file.getvalue()


HUGE = {"descr": "|u1", "fortran_order": False, "shape": (10**12, 8, 8)}
OBJECTS = {"descr": "|O", "fortran_order": False, "shape": (1, 8, 8)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no array",
        npy(HUGE),
        npy(OBJECTS) + b"\x80\x04K\x01.",
        npy({**HUGE, "shape": (0, 8, 8)}),
        npy({**HUGE, "shape": (1, 0, 0)}),
        npy({**HUGE, "shape": (4, 4)}) + bytes(16),
        npy({**HUGE, "descr": "<f8", "shape": (1, 2, 2)}) + bytes(32),
    ],
)
def test_a_look_that_holds_anything_else_gives_no_pictures_and_takes_no_memory(tmp_path, content):
    folder = make_run(tmp_path)
    with zipfile.ZipFile(folder / "looks" / "0002.npz", "w") as archive:
        for name in ("probes.npy", "reconstructions.npy"):
            archive.writestr(name, content)
    found = read_pictures(folder, 2, 3)
    assert found is None or not found.originals.size


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(details, "LARGEST_ARRAY", 1000)
    folder = make_run(tmp_path)
    many = np.zeros((100, 8, 8), dtype=np.uint8)
    np.savez_compressed(folder / "looks" / "0002.npz", probes=many, reconstructions=many)
    assert read_pictures(folder, 2, 3) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes among files")
def test_a_pipe_is_not_waited_for(tmp_path):
    folder = make_run(tmp_path)
    (folder / "looks" / "0002.npz").unlink()
    os.mkfifo(folder / "looks" / "0002.npz")
    assert read_pictures(folder, 2, 3) is None


def test_changes_are_told_from_what_to_what(tmp_path):
    folder = make_run(tmp_path)
    (folder / "changes.jsonl").write_text(
        '{"step": 1200, "values": {"beta": 4}}\n{"step": 1300, "values": {"beta": 0}}'
    )
    run = read_run(tmp_path, folder.name)
    assert read_details(tmp_path, run, 4).changes == ("step 1,201: β 1 → 4", "step 1,301: β 4 → 0")
    (folder / "changes.jsonl").write_text("damaged")
    [told] = read_details(tmp_path, run, 4).changes
    assert told.startswith("Not known:")
    assert "line 1: must read like" in told
    (folder / "changes.jsonl").unlink()
    assert read_details(tmp_path, run, 4).changes == ()


def test_a_branch_names_its_parent_and_says_where_that_is_gone(tmp_path):
    folder = make_run(tmp_path, "child")
    edit(folder, lambda record: record.update(parent={"run": "before", "epoch": 3, "exact": False}))
    assert settings_of(folder)["Branch of"] == "before, behind epoch 3; that run is not here any more"
    assert settings_of(folder)["Began with"] == "the weights alone, Adam anew"
    make_run(tmp_path, "before")
    assert settings_of(folder)["Branch of"] == "before, behind epoch 3"
