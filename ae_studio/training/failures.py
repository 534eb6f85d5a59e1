"""Why a run could not go on, in the user's words."""

from __future__ import annotations

import errno

import torch

from ae_studio.config import ConfigError, RunConfig
from ae_studio.models.own import loaded
from ae_studio.models.own_file import place

STORY = "The whole story is in the run's log.txt."


class TrainingDiverged(Exception):
    """The loss is no number any more, or has left every scale. The message says at which step."""


def in_words(error: BaseException, config: RunConfig) -> str:
    """One or two sentences: what happened, and what to change."""
    if isinstance(error, TrainingDiverged | ConfigError):
        return str(error)
    if _is_out_of_memory(error):
        return (
            f"Out of memory. A smaller batch (now {config.batch_size} images) or a smaller network needs less; "
            "what was trained so far is kept."
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        where = f" ({error.filename})" if error.filename else ""
        return f"The disk is full{where}. Free some space and train again; everything up to the last epoch is kept."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Everything up to the last epoch is kept."
    own = loaded(config.model)  # of a model of the user's own the line is told that stands in their file
    return f"{type(error).__name__}: {error} ({place(error, own.file if own else '')}). {STORY}"


def a_process_died(how: str, processes: int) -> str:
    """``how`` is what is known of it; empty where it ran on another machine, or was started from outside."""
    which = f" ({how})" if how else ""
    return (
        f"One of the {processes} processes of this run is lost{which}, so the others cannot go on. Everything up to "
        "the last whole epoch is kept, and --resume goes on from there."
    )


def lost_another_process(error: BaseException) -> bool:
    """Whether this is what is seen of another process's death: a broken connection, an answer that never came."""
    text = str(error).lower()
    signs = ("closed by peer", "reset by peer", "broken pipe", "gloo", "nccl", "timed out", "tcpstore", "wait timeout")
    return isinstance(error, RuntimeError) and any(sign in text for sign in signs)


def _is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()  # the CPU's allocator raises a plain RuntimeError
    return isinstance(error, RuntimeError) and ("can't allocate memory" in text or "out of memory" in text)
