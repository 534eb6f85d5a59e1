"""The one schema of a run: command-line flags, the form in the window and ``config.json`` all follow from it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

SettingValue = bool | int | float | str


class ConfigError(ValueError):
    """A setting that cannot be used. The message says which, why, and what would be right."""


def setting(
    default: Any, label: str, help: str, *, unit: str = "", only_if: str = "", live: bool = False, **bounds: Any
) -> Any:
    """A field with everything its three faces need.

    ``label`` stands beside the form field, ``help`` is its tooltip and the flag's help text, ``unit`` follows the
    number, and ``only_if`` (``"network=conv"``) names the choice under which the field means anything. ``live``: it can
    be changed while a training runs, and holds from the next step on.
    """
    extra: dict[str, Any] = {"unit": unit, "only_if": only_if, "live": live}
    return Field(default, title=label, description=help, json_schema_extra=extra, **bounds)


class Schema(BaseModel):
    """Strict about names and ranges: an unknown key is an error, and so is a NaN."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


S = TypeVar("S", bound=Schema)


class RunConfig(Schema):
    """Everything that makes one run: the same values give the same run again."""

    data: str = setting(
        "digits", "Data set", "what is learned from; `ae-studio data` lists them; or the path of a .npy file of images"
    )
    model: str = setting(
        "vae", "Family", "who learns; `ae-studio models` lists them; or the path of a .py file with a model of your own"
    )
    latent_dim: int = setting(
        2, "Latent dimensions", "numbers in a code; 2 can be seen at once, more keep more detail", ge=1, le=256
    )
    settings: dict[str, SettingValue] = setting({}, "Model settings", "the model's own settings, as --set name=value")
    epochs: int = setting(20, "Epochs", "passes over the training images", ge=1, le=100_000)
    batch_size: int = setting(
        128, "Batch size", "images a training step averages over, per process", unit="images", ge=1, le=65_536
    )
    lr: float = setting(
        1e-3, "Learning rate", "size of Adam's steps; too large explodes, too small crawls", gt=0, le=10, live=True
    )
    schedule: Literal["none", "step", "cosine", "plateau"] = setting(
        "none",
        "Schedule",
        "how the learning rate falls: none, step (x factor every few epochs), cosine (to zero at the last epoch), "
        "plateau (x factor when the validation loss stalls)",
    )
    schedule_epochs: int = setting(
        10, "Every", "epochs between two steps, or of patience on a plateau", unit="epochs", ge=1, le=100_000
    )
    schedule_factor: float = setting(
        0.5, "Factor", "what the learning rate is multiplied by, at a step or on a plateau", gt=0, lt=1
    )
    early_stopping: int = setting(
        0,
        "Early stopping",
        "stop after so many epochs without a better validation loss; 0 is off",
        unit="epochs",
        ge=0,
        le=100_000,
    )
    clip: float = setting(
        0.0, "Gradient clipping", "largest norm of the whole gradient in a step; 0 is off", ge=0, le=1e6, live=True
    )
    weight_decay: float = setting(
        0.0, "Weight decay", "Adam's L2 penalty on the weights; 0 is off", ge=0, le=1, live=True
    )
    validation_fraction: float = setting(
        0.1, "Validation share", "part of the training images held back to watch the loss on", ge=0.001, le=0.5
    )
    seed: int = setting(0, "Seed", "the same seed on the CPU gives the same numbers", ge=0, le=2**31 - 1)
    device: Literal["auto", "cpu", "cuda", "mps"] = setting("auto", "Device", "auto takes CUDA, then MPS, then the CPU")
    precision: Literal["auto", "32", "bf16"] = setting(
        "auto", "Precision", "bf16 computes in 16 bits where that is safe; auto uses it where it is faster"
    )
    devices: int = setting(
        1, "Devices", "processes on each machine, one a device; each takes batch_size images a step", ge=1, le=1024
    )
    nodes: int = setting(1, "Machines", "machines that train together, under torchrun or Slurm", ge=1, le=4096)
    strategy: Literal["auto", "ddp"] = setting(
        "auto", "Strategy", "how several processes train one model; auto takes ddp, which averages their gradients"
    )


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One setting as a flag or a form field sees it. ``low`` and ``high`` are included unless marked open."""

    name: str
    label: str
    help: str
    kind: Literal["int", "float", "bool", "choice", "text"]
    default: Any
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    only_if: tuple[str, str] | None = None
    live: bool = False

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def range_text(self) -> str:
        """The range in words: ``1 to 256``, ``above 0``; empty where anything goes."""
        if self.choices:
            return " | ".join(self.choices)
        if self.low is None:
            return ""
        low = f"above {self.low:g}" if self.low_open else f"{self.low:g}"
        if self.high is None:
            return low if self.low_open else f"at least {low}"
        return f"{low} {'and below' if self.high_open else 'to'} {_plain(self.high)}"


def _plain(number: float) -> str:
    """``256``, ``0.5``, ``2147483647``: never ``2.14748e+09``."""
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def field_specs(schema: type[Schema]) -> dict[str, FieldSpec]:
    """Every simple field of a schema, in order; fields that hold several values are left out."""
    return {name: _spec(name, info) for name, info in schema.model_fields.items() if _kind(info.annotation)}


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return "choice"
    return {int: "int", float: "float", bool: "bool", str: "text"}.get(annotation, "")


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    bounds: dict[str, float] = {}
    for item in info.metadata:
        for key in ("ge", "gt", "le", "lt"):
            if getattr(item, key, None) is not None:
                bounds[key] = getattr(item, key)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    condition = str(extra.get("only_if", ""))
    return FieldSpec(
        name=name,
        label=info.title or name,
        help=info.description or "",
        kind=_kind(info.annotation),  # type: ignore[arg-type]
        default=info.default,
        low=bounds.get("ge", bounds.get("gt")),
        high=bounds.get("le", bounds.get("lt")),
        low_open="gt" in bounds,
        high_open="lt" in bounds,
        choices=tuple(get_args(info.annotation)) if get_origin(info.annotation) is Literal else (),
        unit=str(extra.get("unit", "")),
        only_if=tuple(condition.split("=", 1)) if condition else None,  # type: ignore[arg-type]
        live=bool(extra.get("live", False)),
    )


def check(schema: type[S], values: Mapping[str, Any], where: str = "") -> S:
    """The schema's object made of these values.

    Raises :class:`ConfigError` with one line for each wrong value; ``where`` (a file, say) is put before them.
    """
    try:
        return schema.model_validate(dict(values))
    except ValidationError as error:
        lines = [_in_words(schema, problem) for problem in error.errors()]
        raise ConfigError("; ".join(f"{where}: {line}" if where else line for line in lines)) from None


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """``unknown model 'vea': did you mean 'vae'? Known: linear, vae``"""
    names = list(known)
    if not names:
        return f"unknown {kind} {name!r}: there is none to set here"
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown {kind} {name!r}: {hint}Known: {', '.join(names)}"


def _in_words(schema: type[Schema], problem: Any) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    if problem["type"] == "extra_forbidden":
        return unknown_name("setting", name, schema.model_fields)
    value = problem.get("input")
    spec = field_specs(schema).get(name)
    wanted = spec.range_text if spec else ""
    if not spec or problem["type"] == "value_error" or not wanted:
        return f"{name}: {problem['msg'].removeprefix('Value error, ')}, got {value!r}"
    kind = {"int": "a whole number, ", "float": "a number, "}.get(spec.kind, "one of ")
    return f"{name} must be {kind}{wanted}, got {value!r}"


def read_config(path: Path) -> dict[str, Any]:
    """The values in a ``config.json``: a bare one, or a run's, where they stand under ``"config"``.

    Raises :class:`ConfigError` where the file cannot be read, is not JSON, or holds anything but settings.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigError(f"{path}: not a JSON file: {error}") from None
    if isinstance(values, dict) and isinstance(values.get("config"), dict):
        values = values["config"]
    if not isinstance(values, dict):
        raise ConfigError(f'{path}: must hold an object of settings, like {{"model": "vae"}}')
    check(RunConfig, values, where=str(path))
    return values
