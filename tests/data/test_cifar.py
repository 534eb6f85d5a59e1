from __future__ import annotations

import hashlib
import os
import pickle
import struct

import numpy as np
import pytest

from ae_studio.data.cifar import read_batch
from ae_studio.data.dataset import DamagedFileError

PIXELS = np.arange(2 * 3072, dtype=np.uint32).astype(np.uint8).reshape(2, 3072)


def text2(text):
    """A Python 2 ``str`` in a pickle of protocol 2: SHORT_BINSTRING."""
    return b"U" + bytes([len(text)]) + text.encode("latin1")


def python2_batch(labels=(3, 9)):
    """The very opcodes that Python 2 and an old numpy wrote, with ``align`` and ``copy`` as 0 and 1."""
    raw = PIXELS.tobytes()
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85" + text2("b") + b"\x87R"
        b"(K\x01K\x02M\x00\x0c\x86cnumpy\ndtype\n" + text2("u1") + b"K\x00K\x01\x87R"
        b"(K\x03" + text2("|") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
        b"T" + struct.pack("<I", len(raw)) + raw + b"tb"
    )
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    return b"\x80\x02}(" + text2("data") + array + text2("labels") + numbers + b"u."


class Runs:
    """A pickle of this calls ``function`` when it is loaded carelessly."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


@pytest.fixture
def write(tmp_path):
    def written(content):
        path = tmp_path / "data_batch_1"
        path.write_bytes(content)
        return path

    return written


def test_a_batch_as_python_2_wrote_it_is_read(write):
    images, labels = read_batch(write(python2_batch()), md5=hashlib.md5(python2_batch()).hexdigest())
    assert np.array_equal(images.reshape(2, 3072), PIXELS)
    assert images.shape == (2, 3, 32, 32)
    assert labels.tolist() == [3, 9]


def test_a_batch_written_by_todays_python_and_numpy_is_read(write):
    batch = {"data": PIXELS, "labels": [3, 9]}
    images, _ = read_batch(write(pickle.dumps(batch, protocol=2)), md5=None)
    assert np.array_equal(images.reshape(2, 3072), PIXELS)


@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
@pytest.mark.parametrize("name", ["system", "eval", "open", "getattr"])
def test_a_malicious_pickle_is_refused_and_not_run(write, tmp_path, monkeypatch, name, protocol):
    monkeypatch.chdir(tmp_path)
    harm = {
        "system": Runs(os.system, "touch harmed"),
        "eval": Runs(eval, "__import__('pathlib').Path('harmed').touch()"),
        "open": Runs(open, "harmed", "w"),
        "getattr": Runs(getattr, "x", "upper"),
    }[name]
    content = pickle.dumps({"data": harm, "labels": [1]}, protocol=protocol)
    with pytest.raises(DamagedFileError, match=f"it asks for .*{name}, which no image needs; nothing was run"):
        read_batch(write(content), md5=None)
    assert not (tmp_path / "harmed").exists()


def test_the_test_above_would_see_a_pickle_that_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pickle.loads(pickle.dumps(Runs(os.system, "touch harmed")))
    assert (tmp_path / "harmed").exists()


def test_names_reached_through_an_allowed_module_are_refused(write):
    for module, name in (("numpy", "save"), ("numpy", "core.os.system"), ("_codecs", "decode"), ("numpy.f2py", "main")):
        with pytest.raises(DamagedFileError, match="nothing was run"):
            read_batch(write(b"\x80\x02c" + f"{module}\n{name}\n".encode() + b"."), md5=None)


def test_arrays_of_objects_and_other_codecs_are_refused(write):
    objects = pickle.dumps({"data": np.array([None, 1]), "labels": []}, protocol=2)
    with pytest.raises(DamagedFileError, match="an array of 'O8', images are bytes"):
        read_batch(write(objects), md5=None)
    zipped = b"\x80\x02c_codecs\nencode\n(" + b"X\x01\0\0\0a" + b"X\x03\0\0\0zip" + b"tR."
    with pytest.raises(DamagedFileError, match="the codec 'zip'"):
        read_batch(write(zipped), md5=None)


def test_a_changed_byte_fails_the_checksum_before_anything_is_unpickled(write):
    right = hashlib.md5(python2_batch()).hexdigest()
    path = write(pickle.dumps(Runs(os.system, "true")))
    with pytest.raises(DamagedFileError, match=f"damaged or not the original: its MD5 is .*right would be {right}"):
        read_batch(path, md5=right)


@pytest.mark.parametrize("length", [0, 1, 100, 6000, len(python2_batch()) - 1])
def test_a_truncated_batch_is_damaged(write, length):
    with pytest.raises(DamagedFileError, match="not a CIFAR-10 batch"):
        read_batch(write(python2_batch()[:length]), md5=None)


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ([], "no 'data'"),
        ({"data": PIXELS[:, :5], "labels": [1, 2]}, "no 'data'"),
        ({"data": PIXELS, "labels": [1, 2, 3]}, "2 images but 3 labels"),
        ({"data": PIXELS, "labels": [1, "x"]}, "no 'labels'"),
        ({"data": PIXELS, "labels": [1, 10**20]}, "no 'labels'"),
        ({"data": PIXELS}, "no 'labels'"),
    ],
)
def test_a_pickle_of_something_else_is_not_a_batch(write, batch, message):
    with pytest.raises(DamagedFileError, match=message):
        read_batch(write(pickle.dumps(batch, protocol=2)), md5=None)
