"""Errors that leave a method which Qt calls while Python waits for Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def raised_whole(method: Callable[P, R]) -> Callable[P, R]:
    """For overrides of Qt's methods that Qt calls within a call of ours, as a plot's items are painted.

    Below Python 3.12 an error from C, such as numpy's, is made whole only where it is caught. PySide (6.8 to 6.11) asks
    one that leaves such an override for its arguments, and one that is not whole ends the process.
    """

    @wraps(method)
    def caught_and_raised(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except Exception:
            raise

    return caught_and_raised
