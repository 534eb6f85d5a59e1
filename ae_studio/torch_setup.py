"""Makes torch, torchvision and Lightning importable together. Called before the first import of any of them."""

from __future__ import annotations

import functools
from typing import Any

# What torchvision registers Python kernels for, but declares in its compiled extension.
_MISSING_OPERATORS = {
    "nms": "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms": "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
}

_kept_libraries: list[Any] = []  # a torch.library.Library takes its operators with it when it is collected


@functools.cache
def prepare() -> None:
    """Declares the operators without which ``import torchvision`` fails beside a torch of another build.

    A CPU torch with the index's torchvision is such a pair: the extension does not load, and torchvision, and through
    torchmetrics Lightning too, stop with "operator torchvision::nms does not exist". AE Studio uses none of these
    operators. Where the extension loads, nothing is declared.
    """
    import torch

    compute_threads()
    if not _extension_loads():
        library = torch.library.Library("torchvision", "FRAGMENT")
        for schema in _MISSING_OPERATORS.values():
            library.define(schema)
        _kept_libraries.append(library)


@functools.cache
def compute_threads() -> int:
    """How many threads torch computes with where nobody has said anything else.

    Asked when torch is loaded, since the answer changes: ``set_num_threads`` is for the calling thread, but leaves its
    number as the one that every later thread begins with.
    """
    import torch

    return torch.get_num_threads()


def compute_on_all_threads(processes: int = 1) -> None:
    """For the thread that trains; ``processes`` that train on this machine share its cores."""
    import torch

    torch.set_num_threads(max(1, compute_threads() // processes))


def compute_on_one_thread() -> None:
    """For every thread beside the one that trains: the other cores are the training's.

    A second thread with helpers of its own would also slow the training itself: once OpenMP counts more threads than
    cores, its helpers fall asleep behind every operation, and waking them costs a small model half its speed.
    """
    import torch

    torch.set_num_threads(1)


def guarded() -> bool:
    """Whether :func:`prepare` had to declare anything."""
    return bool(_kept_libraries)


def _extension_loads() -> bool:
    """Whether torchvision's compiled part fits this torch. Loading it here is what torchvision does itself later."""
    import importlib.util
    from pathlib import Path

    import torch

    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None:
        return True  # nothing to repair
    extensions = [path for path in Path(spec.origin).parent.glob("_C*") if path.suffix in (".so", ".pyd")]
    try:
        for path in extensions:
            torch.ops.load_library(str(path))
    except OSError:
        return False
    return bool(extensions)
