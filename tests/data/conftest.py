"""Small data sets on disk, and a mirror on this machine that misbehaves as it is told."""

from __future__ import annotations

import gzip
import hashlib
import os
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

from ae_studio.data.dataset import Archive, DataSet

REPOSITORY = Path(__file__).resolve().parents[2]
TRAIN = ("Tiny/raw/train-images", "Tiny/raw/train-labels")
TEST = ("Tiny/raw/test-images", "Tiny/raw/test-labels")


class Tiny:
    """A data set of three classes of 4×4 images, labelled 1 to 3 on disk: 30 to learn from and 9 to test."""

    @staticmethod
    def idx(values):
        """A uint8 array as the bytes of an IDX file."""
        return bytes([0, 0, 8, values.ndim]) + struct.pack(f">{values.ndim}I", *values.shape) + values.tobytes()

    @staticmethod
    def data(archives=(), **changes):
        """Its entry in the catalog."""
        entry = {
            "name": "tiny", "title": "Tiny", "summary": "", "image_shape": (1, 4, 4), "class_names": ("a", "b", "c"),
            "train_images": 30, "test_images": 9, "source": "", "licence": "", "train": TRAIN, "test": TEST,
            "archives": tuple(archives), "first_label": 1,
        }  # fmt: skip
        return DataSet(**{**entry, **changes})

    @classmethod
    def files(cls):
        """Its four files: every pixel of image i has value i, except the first row, which is 255."""
        files = {}
        for (images, labels), count in ((TRAIN, 30), (TEST, 9)):
            pixels = np.repeat(np.arange(count, dtype=np.uint8), 16).reshape(count, 4, 4)
            pixels[:, 0] = 255
            files[images] = cls.idx(pixels)
            files[labels] = cls.idx((np.arange(count) % 3 + 1).astype(np.uint8))
        return files

    @staticmethod
    def put(root, files):
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)

    @staticmethod
    def archive(path, packed, urls, members):
        return Archive(path, tuple(urls), hashlib.md5(packed).hexdigest(), len(packed), members)

    @classmethod
    def gz_archive(cls, path, content, *urls):
        """One gzipped file as it would stand in the catalog, and its bytes."""
        packed = gzip.compress(content, mtime=0)
        return cls.archive(f"{path}.gz", packed, urls, {f"{path.rpartition('/')[2]}.gz": path}), packed


@pytest.fixture
def tiny():
    return Tiny


@dataclass
class Served:
    """How the mirror answers for one path.

    ``break_after`` lists, for each answer in turn, the bytes until it hangs up; ``shift`` answers with a later part
    than was asked for.
    """

    body: bytes
    ranges: bool = True
    status: int = 200
    shift: int = 0
    break_after: list[int] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        served = self.server.files.get(self.path, Served(b"", status=404))
        asked = self.headers.get("Range")
        self.server.asked.append((self.path, asked))
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and served.ranges else 0
        start += served.shift
        if start and start >= len(served.body):
            self._head(416, 0)
        elif served.status != 200:
            self._head(served.status, 0)
        else:
            self._send(served, start)

    def _send(self, served, start):
        body = served.body[start:]
        self._head(206 if start else 200, len(body), start, len(served.body))
        self.wfile.write(body[: served.break_after.pop(0)] if served.break_after else body)

    def _head(self, status, length, start=0, total=0):
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.end_headers()

    def log_message(self, *args):
        pass


class Mirror(HTTPServer):
    """``files`` is what it serves, ``asked`` every request as (path, Range header)."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = {}
        self.asked = []

    def serve(self, path, body, **how):
        """Serves these bytes; returns the address."""
        self.files[path] = Served(body, **how)
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request, client_address):
        pass  # a client that cancels hangs up; that is no failure of the test


@pytest.fixture
def mirror(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Mirror()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def closed_port():
    """An address where nobody listens."""
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.server_close()
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="session")
def mnist_root():
    root = Path(os.environ.get("AE_STUDIO_DATA") or REPOSITORY.parent / "shared" / "data")
    if not (root / "MNIST" / "raw").is_dir():
        pytest.skip(f"real MNIST is neither in AE_STUDIO_DATA nor at {root}")
    return root
