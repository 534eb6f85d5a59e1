"""From files on disk to one array of images, whatever the format. One copy in memory, filled in place."""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ae_studio.data.cifar import read_batch
from ae_studio.data.dataset import DamagedFileError, DataSet, find_file
from ae_studio.data.idx import idx_shape, read_idx, read_idx_into
from ae_studio.data.npy import read_npy
from ae_studio.data.usps import read_usps

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int64]

TURN = 4096  # images turned at a time: their copy stays small beside the whole
DIGITS_FULL = 16  # full ink in scikit-learn's digits


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """Images (n, C, H, W) 0 to 255 and labels (n,) from 0, the training part first; ``train`` counts it.

    ``train`` is None where the source has no part of its own for tests; ``class_names`` are those that the source
    brings along, None where the catalog knows them.
    """

    images: Pixels
    labels: Labels
    train: int | None
    class_names: tuple[str, ...] | None = None


def read(data: DataSet, root: Path) -> Raw:
    """Everything that the data set's files hold. All of them must be there.

    Raises :class:`~ae_studio.data.dataset.DataError`.
    """
    readers = {"embedded": _read_digits, "idx": _read_idx, "usps": _read_usps, "cifar": _read_cifar, "npy": _read_own}
    return readers[data.reader](data, root)


def _read_digits(data: DataSet, root: Path) -> Raw:
    table = _digits_table()
    images = np.rint(table[:, :-1] * (255 / DIGITS_FULL)).astype(np.uint8)
    return Raw(images.reshape(-1, *data.image_shape), table[:, -1].astype(np.int64), None)


def _digits_table() -> npt.NDArray[np.float64]:
    """Scikit-learn's digits, shape (1797, 65): 64 pixels, 0 to 16, and the label.

    Read from scikit-learn's file without importing it, which takes longer than the rest of the first start's reading
    a hundred times over; through scikit-learn should the file ever move.
    """
    spec = importlib.util.find_spec("sklearn")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "datasets" / "data" / "digits.csv.gz"
        if path.is_file():
            with gzip.open(path, "rt", encoding="ascii") as file:
                return np.loadtxt(file, delimiter=",")
    from sklearn.datasets import load_digits

    digits = load_digits()
    return np.column_stack((digits.data, digits.target)).astype(np.float64)


def _read_idx(data: DataSet, root: Path) -> Raw:
    pairs = [_found(data, part, root) for part in (data.train, data.test)]
    counts = [_count(data, images) for images, _ in pairs]
    labels = [read_idx(path, dims=1) for _, path in pairs]
    for (image_file, label_file), images, names in zip(pairs, counts, labels, strict=True):
        _same_length(image_file, images, label_file, len(names))
    values = np.empty((sum(counts), *data.image_shape), np.uint8)
    start = 0
    for (image_file, _), count in zip(pairs, counts, strict=True):
        read_idx_into(image_file, values[start : start + count, 0])
        start += count
    if data.transposed:
        _turn(values)
    return Raw(values, np.concatenate(labels).astype(np.int64) - data.first_label, counts[0])


def _found(data: DataSet, part: Sequence[str], root: Path) -> list[Path]:
    return [find_file(data, path, root) or root / path for path in part]


def _count(data: DataSet, path: Path) -> int:
    """How many images the file holds, all of the data set's size."""
    count, *size = idx_shape(path, dims=3)
    if tuple(size) != data.image_shape[1:]:
        raise DamagedFileError(
            f"{path} holds images of {size[0]:,}×{size[1]:,} pixels, those of {data.title} are "
            f"{data.image_shape[1]}×{data.image_shape[2]}"
        )
    return count


def _same_length(image_file: Path, images: int, label_file: Path, labels: int) -> None:
    if images != labels:
        raise DamagedFileError(f"{image_file} holds {images:,} images, but {label_file.name} {labels:,} labels")


def _turn(values: Pixels) -> None:
    """Swaps rows and columns of every (square) image, in place."""
    for start in range(0, len(values), TURN):
        part = values[start : start + TURN]
        part[...] = part.swapaxes(-1, -2)  # numpy sees that they overlap, and copies


def _read_own(data: DataSet, root: Path) -> Raw:
    images, labels, names = read_npy(Path(data.train[0]))
    return Raw(images, labels, None, names)


def _read_usps(data: DataSet, root: Path) -> Raw:
    train, test = (read_usps(root / path) for path in data.files)
    values = np.concatenate((train[0], test[0])).reshape(-1, *data.image_shape)
    return Raw(values, np.concatenate((train[1], test[1])) - data.first_label, len(train[0]))


def _read_cifar(data: DataSet, root: Path) -> Raw:
    batches = [read_batch(root / path, data.md5.get(path)) for path in data.files]
    labels = np.concatenate([names for _, names in batches]) - data.first_label
    train = sum(len(names) for _, names in batches[: len(data.train)])
    values = np.empty((len(labels), *data.image_shape), np.uint8)
    start = 0
    while batches:  # each batch is let go once it is copied, so that the peak stays near one copy
        images, _ = batches.pop(0)
        values[start : start + len(images)] = images
        start += len(images)
    return Raw(values, labels, train)
