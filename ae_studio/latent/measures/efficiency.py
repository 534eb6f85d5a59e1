"""What does it cost? Times are of this machine, as it was just then."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import torch

from ae_studio.latent.measured import About, Found
from ae_studio.latent.measures.metric import Metric
from ae_studio.latent.measures.subject import Subject
from ae_studio.models.stacks import parameter_count

BATCH = 500
ROUNDS = 5  # whose median counts: the first one warms up, another may be disturbed
SINGLE_ROUNDS = 50


def parameters(subject: Subject) -> Found:
    opponent = parameter_count(subject.model.opponent) if subject.model.opponent is not None else 0
    note = f"and {opponent:,} of the opponent, which only training needs" if opponent else ""
    return Found(float(parameter_count(subject.model) - opponent), note=note)


def encoded_per_second(subject: Subject) -> Found:
    x, y = subject.images.x[:BATCH], torch.tensor(subject.images.labels[:BATCH])
    seconds = _median(lambda: subject.model.encode_given(x, y), ROUNDS)
    return Found(len(x) / seconds, note=f"{len(x)} at once, CPU, {_threads()}")


def decode_milliseconds(subject: Subject) -> Found:
    z = subject.codes[:1]
    return Found(1000 * _median(lambda: subject.model.decode(z), SINGLE_ROUNDS), note=f"one code, CPU, {_threads()}")


def _median(work: Callable[[], object], rounds: int) -> float:
    """Seconds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return max(1e-9, statistics.median(taken))


def _threads() -> str:
    count = torch.get_num_threads()
    return "1 thread" if count == 1 else f"{count} threads"


METRICS = (
    Metric(
        About("parameters", "Parameters", "", "Numbers that training has learned.", "neither", "a count"),
        parameters,
        beside_pca=True,
    ),
    Metric(
        About("encode_rate", "Encoding", "images/s", "Images that the encoder takes in a second.", "higher", "a clock"),
        encoded_per_second,
    ),
    Metric(
        About("decode_ms", "Decoding", "ms", "Time to decode a single code.", "lower", "a clock"),
        decode_milliseconds,
    ),
)
