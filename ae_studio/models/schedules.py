"""Weights and limits that change with the epochs."""

from __future__ import annotations


def ramp(epochs_done: float, epochs: float) -> float:
    """From 0 to 1 in a straight line over so many epochs, then 1; 1 at once where there are none."""
    return min(1.0, epochs_done / epochs) if epochs > 0 else 1.0
