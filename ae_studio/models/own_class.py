"""What the app wants to know of a class of the user's: that it is a whole model, its settings and its card."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ae_studio.config import ConfigError, RunConfig, Schema, check, field_specs
from ae_studio.models.cards import Card
from ae_studio.models.settings import ModelSettings, StackSettings

if TYPE_CHECKING:
    from ae_studio.models.base import Autoencoder

CHOICE = "MODEL"  # the name by which a file with several models says which
BEGIN = "`from ae_studio.models.base import Autoencoder`, then `class Mine(Autoencoder): ...`"


def the_model(module: ModuleType, file: str) -> type[Autoencoder[Any]]:
    """``MODEL`` where the file says which, else the one complete subclass of Autoencoder that it defines."""
    from ae_studio.models.base import Autoencoder

    chosen = getattr(module, CHOICE, None)
    if chosen is not None:
        if not isinstance(chosen, type) or not issubclass(chosen, Autoencoder):
            raise ConfigError(f"{file}: {CHOICE} must be a class derived from Autoencoder, got {chosen!r}")
        return _complete(chosen, file)
    defined = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
    models = list(dict.fromkeys(each for each in defined if issubclass(each, Autoencoder)))
    if not models:
        raise ConfigError(f"{file}: {_what_there_is(defined)}. A model begins with {BEGIN}")
    whole = [each for each in models if not inspect.isabstract(each)]
    if len(whole) > 1:
        names = [each.__name__ for each in whole]
        raise ConfigError(
            f"{file}: defines {len(whole)} models, {_listed(names)}; say which by a last line `{CHOICE} = {names[-1]}`"
        )
    return whole[0] if whole else _complete(models[-1], file)


def _what_there_is(defined: list[type]) -> str:
    networks = [each.__name__ for each in defined if any(base.__name__ == "Module" for base in each.__mro__)]
    if networks:
        return (
            f"{_listed(networks)} {'is' if len(networks) == 1 else 'are'} derived from nn.Module, none from Autoencoder"
        )
    return "defines no class derived from Autoencoder"


def _complete(model: type[Autoencoder[Any]], file: str) -> type[Autoencoder[Any]]:
    """Raises :class:`ConfigError` that names the methods which a class lacks."""
    if inspect.isabstract(model):
        missing = sorted(model.__abstractmethods__)
        raise ConfigError(f"{class_place(model, file)}: {model.__name__} lacks {_listed(missing)}; see {BEGIN}")
    return model


def class_place(model: type, file: str) -> str:
    """``my_model.py, line 7``: where the class begins."""
    try:
        return f"{file}, line {inspect.getsourcelines(model)[1]}"
    except (OSError, TypeError):
        return file


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def described(model: type[Autoencoder[Any]], file: str) -> tuple[type[Schema], Card]:
    """Its settings and its card. Raises :class:`ConfigError` for what could be no form, no flag or no card."""
    where = class_place(model, file)
    _check_constructor(model, where)
    settings = settings_of(model)
    _check_settings(settings, where)
    return settings, check(Card, _told(model, file), where=where)


def _check_constructor(model: type[Autoencoder[Any]], where: str) -> None:
    from ae_studio.models.base import LearnsFromLabels

    given = ["image_shape", "latent_dim", "settings"] + ["classes"] * issubclass(model, LearnsFromLabels)
    try:
        inspect.signature(model).bind(*given)
    except TypeError as error:
        wanted = f"__init__(self, {', '.join(given)})"
        raise ConfigError(f"{where}: {model.__name__} must be made by {wanted}; as it is: {error}") from None


def settings_of(model: type[Autoencoder[Any]]) -> type[Schema]:
    """Its class ``Settings``, or what stands in the brackets of its base (``Autoencoder[Mine]``); else inherited."""
    from ae_studio.models.base import StackedAutoencoder
    from ae_studio.models.catalog import MODELS

    of_the_app = {f"{__package__}.{known.where}": known.settings for known in MODELS.values()}
    for each in model.__mro__:
        named = vars(each).get("Settings") or of_the_app.get(f"{each.__module__}:{each.__name__}")
        if isinstance(named, type):
            return named
        for base in vars(each).get("__orig_bases__", ()):
            for argument in getattr(base, "__args__", ()):
                if isinstance(argument, type) and issubclass(argument, Schema):
                    return argument
    return StackSettings if issubclass(model, StackedAutoencoder) else ModelSettings


def _check_settings(settings: type[Schema], where: str) -> None:
    """That each of them can be a flag, a form's field and a key in ``config.json``."""
    where = f"{where}: Settings"
    if not issubclass(settings, Schema):
        raise ConfigError(f"{where} must be derived from ModelSettings or StackSettings (ae_studio.models.settings)")
    specs = field_specs(settings)
    for name, field in settings.model_fields.items():
        if name not in specs:
            raise ConfigError(f"{where}: {name} must be an int, float, bool, str or a Literal of texts")
        if name in RunConfig.model_fields:
            raise ConfigError(f"{where}: {name} is a setting of every run already; take another name")
        if field.is_required():
            raise ConfigError(f"{where}: {name} needs a value to begin with, like `{name}: float = setting(1.0, ...)`")
        if specs[name].only_if and specs[name].only_if[0] not in specs:  # type: ignore[index]
            raise ConfigError(f"{where}: {name} depends on {specs[name].only_if[0]!r}, which there is not")  # type: ignore[index]
    check(settings, {name: spec.default for name, spec in specs.items()}, where=where)


def _told(model: type[Autoencoder[Any]], file: str) -> Mapping[str, Any]:
    """The card: the docstring's first paragraph is the summary, the rest the purpose; the class may say more."""
    first, _, rest = inspect.cleandoc(model.__doc__ or "").partition("\n\n")
    summary = " ".join(first.split()) or f"A model of your own, from {file}."
    return {
        "short": model.__name__,
        "title": getattr(model, "title", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", model.__name__)),
        "group": "Your own",
        "summary": summary,
        "purpose": " ".join(rest.split()) or summary,
        "formula": getattr(model, "formula", ""),
        "tex": (),
        "attempts": (),
        "paper": getattr(model, "paper", f"Your own: {file}"),
    }
