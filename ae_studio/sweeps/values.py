"""The values that a setting goes through in a sweep: a list, a range, or a range of equal ratios. Knows no torch."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from ae_studio.config import ConfigError, FieldSpec, SettingValue

MOST = 1000  # values: nobody looks at more runs than that
DIGITS = 12  # of a value in a range: 0.01, not 0.010000000000000002
HOW = "a list like 1,4,16, a range like 1:16:4 (from:to:how many), or 1:100:3:log"


@dataclass(frozen=True, slots=True)
class Axis:
    """A setting and the values that it goes through. ``log``: they are far apart by their ratio."""

    name: str
    label: str
    values: tuple[SettingValue, ...]
    unit: str = ""
    log: bool = False

    @property
    def symbol(self) -> str:
        """``β`` of "KL weight β"; the label where it has no Greek letter."""
        return next((word for word in self.label.split() if len(word) == 1 and "α" <= word <= "ω"), self.label)

    def of(self, value: SettingValue) -> str:
        """``β = 4``"""
        return f"{self.symbol} = {as_text(value)}"


def parse_axis(spec: FieldSpec, text: str) -> Axis:
    """``4,8``, ``1:16:4`` and ``1:100:3:log`` to the values of this setting, each once, in the order given.

    Whole numbers stay whole: those of a range are rounded. Raises :class:`ConfigError` that names setting and value.
    """
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        raise ConfigError(f"{spec.name}: there is nothing between two commas of {text!r}; write {_how(spec)}")
    values: list[SettingValue] = []
    log = False
    for part in parts:
        if spec.kind in ("int", "float") and ":" in part:
            log = log or part.endswith(":log")
            values += _range(spec, part)
        else:
            values.append(parse_value(spec, part))
    values = list(dict.fromkeys(values))
    if len(values) > MOST:
        raise ConfigError(f"{spec.name}: {len(values):,} values are more than the {MOST:,} that a sweep may have")
    for value in values:
        _refuse_outside(spec, value)
    return Axis(spec.name, spec.label, tuple(values), spec.unit, log or far_apart(values))


def parse_value(spec: FieldSpec, text: str) -> SettingValue:
    """One value of this setting. Raises :class:`ConfigError`."""
    if spec.kind == "choice":
        if text not in spec.choices:
            raise ConfigError(f"{spec.name} must be one of {spec.range_text}, got {text!r}")
        return text
    if spec.kind == "bool":
        known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if text.casefold() not in known:
            raise ConfigError(f"{spec.name} must be true or false, got {text!r}")
        return known[text.casefold()]
    if spec.kind == "text":
        return text
    try:
        return int(text) if spec.kind == "int" else _finite(text)
    except ValueError:
        raise ConfigError(f"{spec.name} must be {_number(spec)}, got {text!r}") from None


def as_text(value: SettingValue) -> str:
    """``4``, ``0.001``, ``conv``: as it is typed."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _range(spec: FieldSpec, text: str) -> list[SettingValue]:
    words = [word.strip() for word in text.split(":")]
    log = words[-1] == "log"
    if len(words) != 3 + log:
        raise ConfigError(f"{spec.name}: {text!r} is no range; write {_how(spec)}")
    low, high = (float(parse_value(spec, word)) for word in words[:2])
    if not words[2].isdecimal() or not 2 <= int(words[2]) <= MOST:
        raise ConfigError(f"{spec.name}: a range has 2 to {MOST:,} values, got {words[2]!r} in {text!r}")
    count = int(words[2])
    if log and min(low, high) <= 0:
        raise ConfigError(f"{spec.name}: a log range lies above 0, got {text!r}")
    shares = [step / (count - 1) for step in range(count)]
    if log:
        found = [math.exp(math.log(low) + share * (math.log(high) - math.log(low))) for share in shares]
    else:
        found = [low + share * (high - low) for share in shares]
    return [round(value) if spec.kind == "int" else float(f"{value:.{DIGITS}g}") for value in found]


def _refuse_outside(spec: FieldSpec, value: SettingValue) -> None:
    if isinstance(value, str | bool):
        return
    below = spec.low is not None and (value < spec.low or (spec.low_open and value == spec.low))
    above = spec.high is not None and (value > spec.high or (spec.high_open and value == spec.high))
    if below or above:
        raise ConfigError(f"{spec.name} must be {_number(spec)}, got {as_text(value)}")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError
    return value


def far_apart(values: Sequence[SettingValue], least: int = 3) -> bool:
    """Whether a logarithmic axis shows them apart: at least so many numbers above zero, a decade and more wide, that
    are evener by their ratios than by their differences."""
    numbers = sorted(value for value in values if not isinstance(value, str | bool))
    if len(numbers) != len(values) or len(numbers) < least or numbers[0] <= 0 or numbers[-1] / numbers[0] < 10:
        return False
    gaps = [math.log(after / before) for before, after in itertools.pairwise(numbers)]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    return len(numbers) == 2 or max(gaps) / min(gaps) < max(steps) / min(steps)


def _number(spec: FieldSpec) -> str:
    kind = "a whole number" if spec.kind == "int" else "a number"
    return f"{kind}, {spec.range_text}" if spec.range_text else kind


def _how(spec: FieldSpec) -> str:
    return HOW if spec.kind in ("int", "float") else "a list, with commas between the values"
