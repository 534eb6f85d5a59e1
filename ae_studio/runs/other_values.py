"""In which settings a branch differs from its parent, and in which it cannot. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass

from ae_studio.config import FieldSpec, RunConfig, field_specs
from ae_studio.events import SettingValue
from ae_studio.models.catalog import family
from ae_studio.training.live import live_specs

SCHEDULE = ("schedule", "schedule_epochs", "schedule_factor", "early_stopping")  # may be others in a branch
MACHINE = ("device", "precision", "devices", "nodes", "strategy")  # where it is trained is no matter of what it learns


@dataclass(frozen=True, slots=True)
class OtherValue:
    """A setting, by its name and as the form calls it, with its value in the parent and in the branch."""

    name: str
    label: str
    before: SettingValue
    after: SettingValue

    @property
    def told(self) -> str:
        """``KL weight β 4 → 1``"""
        return f"{self.label} {_plain(self.before)} → {_plain(self.after)}"


@dataclass(frozen=True, slots=True)
class Compared:
    """``others`` are what a branch can take over; ``fixed`` the labels of settings that stay as the parent's."""

    others: tuple[OtherValue, ...] = ()
    fixed: tuple[str, ...] = ()


def branchable(config: RunConfig) -> set[str]:
    """The settings that a branch may have others of than its parent."""
    return {"epochs", *SCHEDULE, *live_specs(config.model)}


def compared(form: RunConfig, filled: RunConfig, now: RunConfig) -> Compared:
    """What the user has made other in a form that was ``filled`` with a run's settings, which were these ``now``.

    Not how many epochs, which is asked for by itself. Of another model or other data nothing is taken over.
    """
    for name in ("model", "data"):
        if getattr(form, name) != getattr(now, name):
            return Compared(fixed=(field_specs(RunConfig)[name].label,))
    allowed = branchable(now) - {"epochs"}
    others: list[OtherValue] = []
    fixed: list[str] = []
    for name, spec in _specs(now).items():
        wanted, was = _value(form, name), _value(now, name)
        if wanted is None or was is None or name in ("epochs", *MACHINE):
            continue
        if wanted in (was, _value(filled, name)):
            continue
        if name in allowed:
            others.append(OtherValue(name, spec.label, was, wanted))
        else:
            fixed.append(spec.label)
    return Compared(tuple(others), tuple(fixed))


def _specs(config: RunConfig) -> dict[str, FieldSpec]:
    return {**field_specs(RunConfig), **field_specs(family(config.model).settings)}


def _value(config: RunConfig, name: str) -> SettingValue | None:
    value: SettingValue | None = (
        config.settings.get(name) if name not in RunConfig.model_fields else getattr(config, name)
    )
    return value


def _plain(value: SettingValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
